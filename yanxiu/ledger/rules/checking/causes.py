"""Single places that spoil everything after them: told alone, at their own line."""

from collections.abc import Iterator

from yanxiu.ledger.rules.amounts import exact, shown
from yanxiu.ledger.rules.checking.finding import CONTRADICTION, DOUBT, Finding
from yanxiu.ledger.rules.checking.numbers import covers, least
from yanxiu.ledger.rules.parts.requirements import YEAR_BAND
from yanxiu.ledger.rules.schemes import Limit, Scheme
from yanxiu.ledger.rules.values import Filter

_TODO = "改好再查一次，别处由它引起的不再列出。"


def band_upside_down(scheme: Scheme) -> Iterator[Finding]:
    """A year must not ask for more than it lets count."""
    floor = next((each for each in scheme.requirements if each.id == YEAR_BAND), None)
    cap = next((each for each in scheme.limits if each.id == f"{YEAR_BAND}_most"), None)
    if floor is None or cap is None or cap.maximum is None:
        return
    most = exact(cap.maximum.values[-1][1])
    if most < least(floor):
        sentence = f"year_band 每年至少 {shown(least(floor))}，却至多 {shown(most)}，写反了。"
        yield Finding("band-upside-down", "year_band", sentence, _TODO, CONTRADICTION)


def caps_of_nothing(scheme: Scheme) -> Iterator[Finding]:
    """A cap of 0 lets nothing count; over all records it leaves nothing at all."""
    for limit in scheme.limits:
        if limit.maximum is None or limit.maximum.values[-1][1]:
            continue
        if _over_all(limit):
            sentence = f"“{limit.title}”的上限是 0，什么记录都不计，什么要求都达不到。"
            yield Finding("cap-of-nothing", limit.id, sentence, _TODO, CONTRADICTION)
        elif limit.overflow == "drop":
            sentence = f"“{limit.title}”的上限是 0，符合它的记录一点都不计。"
            todo = "若本来就不计，把认定条目写成 rates: 0 更清楚。"
            yield Finding("cap-of-nothing", limit.id, sentence, todo, DOUBT)


def shares_of_themselves(scheme: Scheme) -> Iterator[Finding]:
    """A share of what is nothing but itself is always nothing."""
    for limit in scheme.limits:
        whole = limit.share_of or Filter()
        if limit.share is None or not covers(limit.applies_to, whole):
            continue
        share = shown(limit.share.values[-1][1])
        sentence = (
            f"“{limit.title}”所限的就是份额的全部，等于不超过自己的 {share}，结果什么都不计。"
        )
        todo = f"请用 for 写明是哪些记录不超过全部的 {share}；若是规定总数的 {share}，请写 max。"
        weight = CONTRADICTION if _over_all(limit) else DOUBT
        yield Finding("share-of-itself", limit.id, sentence, todo, weight)


def gates_that_need_themselves(scheme: Scheme) -> Iterator[Finding]:
    """A gate cannot open if everything that would open it waits behind it."""
    by_id = {each.id: each for each in scheme.requirements}
    filled = {each.taker for each in scheme.substitutions}
    for gate in scheme.gates:
        need = by_id[gate.need]
        if need.choices or need.is_share or not least(need) or need.id in filled:
            continue
        if any(covers(gate.applies_to, each) for each in (need.applies_to, *need.within)):
            sentence = (
                f"“{gate.title}”要等“{need.title}”达到才计，而能计入“{need.title}”的"
                "记录自己都要先等，永远达不到。"
            )
            todo = f"请把能计入“{need.title}”的记录放在 records 以外。{_TODO}"
            yield Finding("gate-needs-itself", gate.id, sentence, todo, CONTRADICTION)


def _over_all(limit: Limit) -> bool:
    own = limit.applies_to
    return own.everything and not (own.who or own.not_who)
