"""Makes the catalogues of the languages from the sources; `python3 run.py catalogues`."""
