"""Records, their recognition, awards, and the entries that are never changed."""

from yanxiu.ledger.models.amounts import amount_field
from yanxiu.ledger.models.closings import SnapshotsStay, YearClosing, YearSnapshot
from yanxiu.ledger.models.entries import ChainHead, EntriesStay, Entry, EntryQuerySet
from yanxiu.ledger.models.exemptions import Exemption
from yanxiu.ledger.models.reckonings import ReckonedLine, ReckonedTeacher, Reckoning
from yanxiu.ledger.models.records import Award, RecognitionStep, Record
from yanxiu.ledger.models.schemes import PublishedTextStays, SchemeAdoption, SchemeFile
from yanxiu.ledger.models.standings import StandingRow
from yanxiu.ledger.models.transfers import Transfer, TransferLine

__all__ = [
    "Award",
    "ChainHead",
    "EntriesStay",
    "Entry",
    "EntryQuerySet",
    "Exemption",
    "PublishedTextStays",
    "ReckonedLine",
    "ReckonedTeacher",
    "Reckoning",
    "RecognitionStep",
    "Record",
    "SchemeAdoption",
    "SchemeFile",
    "SnapshotsStay",
    "StandingRow",
    "Transfer",
    "TransferLine",
    "YearClosing",
    "YearSnapshot",
    "amount_field",
]
