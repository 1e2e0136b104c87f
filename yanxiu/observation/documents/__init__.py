"""The papers of observation: the form of one lesson, and the booklet of a term."""
