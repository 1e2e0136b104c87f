"""Which of several taps about one person counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from yanxiu.activities.models import Attendance, OfflineTap


@dataclass(frozen=True)
class Merged:
    """What the taps about one person come to.

    Attributes:
        winner: the tap that counts.
        losers: the last taps of other devices that said something else, unknown to the winner's.
        replaced: all other taps.
    """

    winner: OfflineTap
    losers: list[OfflineTap]
    replaced: list[OfflineTap]


def merge(taps: Iterable[OfflineTap]) -> Merged:
    """Return what counts among `taps`, all about one person in one session; at least one.

    Each device speaks with its last tap, by its own order. Among the devices the latest moment
    wins. A device that took its mark back has nothing to say while another one has. Whoever saw
    the other's mark and changed it has decided, so that is no disagreement.
    """
    last: dict[UUID, OfflineTap] = {}
    saw: dict[UUID, set[str]] = {}
    everything = sorted(taps, key=lambda tap: tap.order)
    for tap in everything:
        last[tap.device] = tap
        saw.setdefault(tap.device, set()).add(tap.saw)
    finals = [tap for tap in last.values() if tap.state] or list(last.values())
    winner = max(finals, key=lambda tap: (tap.tapped_at, tap.order))
    losers = [
        tap for tap in finals if tap.state != winner.state and tap.state not in saw[winner.device]
    ]
    set_apart = {winner.key, *(tap.key for tap in losers)}
    return Merged(winner, losers, [tap for tap in everything if tap.key not in set_apart])


def is_news(tap: OfflineTap, row: Attendance | None, taps: Iterable[OfflineTap]) -> bool:
    """Tell whether `row` holds something that the host did not know when tapping.

    Args:
        tap: the tap that counts.
        row: the mark that stands.
        taps: all taps about the person.
    """
    if row is None or row.state == tap.state:
        return False
    same_device = [each for each in taps if each.device == tap.device]
    if any(each.tapped_at == row.at for each in taps):
        return False
    return all(each.saw != row.state for each in same_device)
