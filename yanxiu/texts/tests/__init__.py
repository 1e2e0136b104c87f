"""Tests of the texts stone."""
