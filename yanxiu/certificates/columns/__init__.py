"""Registers as data: which columns another system takes, and what each is filled from."""

from yanxiu.certificates.columns.loading import load, shipped, shipped_text
from yanxiu.certificates.columns.registers import FIELDS, TOLD, Column, Register

__all__ = ["FIELDS", "TOLD", "Column", "Register", "load", "shipped", "shipped_text"]
