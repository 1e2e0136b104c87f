"""Tests of the documents stone."""
