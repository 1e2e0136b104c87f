"""Measurements that anyone can repeat: `python3 run.py bench NAME`."""
