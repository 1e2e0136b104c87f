"""`gates`, `substitutions`, `carry_over`, `make_up`: how requirements hang together."""

from yanxiu.ledger.rules.demands import CarryOver, Gate, MakeUp, Substitution
from yanxiu.ledger.rules.parts.filters import TEACHERS, filter_of
from yanxiu.ledger.rules.parts.requirements import CHOICE
from yanxiu.ledger.rules.parts.settings import PERIODS, Setting, dated_number
from yanxiu.ledger.rules.reading import Item


def asked(item: Item, setting: Setting) -> str:
    """Return the id of a requirement of this file."""
    name = item.text()
    if name not in setting.asked:
        there = "、".join(setting.asked) or "（还没有）"
        item.refuse(f"没有编号为“{name}”的要求", f"已有的要求：{there}")
    return name


def gates_of(item: Item, setting: Setting) -> tuple[Gate, ...]:
    """Read `gates`."""
    return tuple(_gate(each, setting) for each in item.items())


def _gate(item: Item, setting: Setting) -> Gate:
    found = item.keys(["gate", "title", "source", "records", "need"], ["except", *TEACHERS])
    return Gate(
        id=setting.new_id(found["gate"], "gate"),
        title=found["title"].text(),
        source=found["source"].text(),
        applies_to=filter_of(
            found["records"],
            setting,
            excluding=found.get("except"),
            who=found.get("who"),
            not_who=found.get("not_who"),
        ),
        need=asked(found["need"], setting),
    )


def substitutions_of(item: Item, setting: Setting) -> tuple[Substitution, ...]:
    """Read `substitutions`; refuses a ring."""
    read: list[Substitution] = []
    for each in item.items():
        one = _substitution(each, setting)
        if _reaches(read, one.taker, one.giver):
            right = "抵充只能单向；请删去其中一条"
            each.refuse(f"“{one.giver}”与“{one.taker}”互相抵充", right)
        read.append(one)
    return tuple(read)


def _substitution(item: Item, setting: Setting) -> Substitution:
    found = item.keys(["from", "to", "source"], ["max"])
    giver, taker = asked(found["from"], setting), asked(found["to"], setting)
    if giver == taker:
        found["to"].refuse(f"“{taker}”抵充它自己", "请写另一项要求")
    for key, name in (("from", giver), ("to", taker)):
        if setting.asked[name][1] == CHOICE:
            found[key].refuse(f"“{name}”数的是别的要求", "不能抵充，请写其中一项")
    if setting.asked[giver] != setting.asked[taker]:
        right = "请改为期间、单位都相同的两项要求"
        found["to"].refuse(f"“{giver}”与“{taker}”的期间或单位不同，无法抵充", right)
    most = found.get("max")
    return Substitution(
        giver, taker, dated_number(most, setting) if most else None, found["source"].text()
    )


def _reaches(known: list[Substitution], start: str, end: str) -> bool:
    """Say whether surplus of `start` comes to `end` by way of what is known."""
    if start == end:
        return True
    return any(_reaches(known, each.taker, end) for each in known if each.giver == start)


def carry_over_of(item: Item, setting: Setting) -> tuple[CarryOver, ...]:
    """Read `carry_over`: one mapping, or a list of them."""
    items = [item] if item.is_mapping() else item.items()
    return tuple(_carry_over(each, setting) for each in items)


def _carry_over(item: Item, setting: Setting) -> CarryOver:
    found = item.keys(["requirement", "source"], ["from", "within", "max"])
    name = asked(found["requirement"], setting)
    if "from" in found:
        found["from"].choice(["surplus"])
    within = found["within"].choice(PERIODS) if "within" in found else "cycle"
    (scope, unit), most = setting.asked[name], found.get("max")
    if unit == CHOICE:
        found["requirement"].refuse(f"“{name}”数的是别的要求", "没有多出的部分可转，请写其中一项")
    if scope not in PERIODS or PERIODS.index(scope) >= PERIODS.index(within):
        right = "只有学期或学年的要求能结转，且不出较大的期间，如 within: cycle"
        found["requirement"].refuse(f"“{name}”的超出部分没有下一期可转", right)
    return CarryOver(
        name, within, dated_number(most, setting) if most else None, found["source"].text()
    )


def make_up_of(item: Item, _setting: Setting) -> MakeUp:
    """Read `make_up`: `allowed: false`, or the last day after the year's end."""
    found = item.keys(["source"], ["allowed", "until"])
    if ("allowed" in found) == ("until" in found):
        item.refuse("能否补修没有写明，或写了两次", "请写 allowed: false，或写 until: 01-31")
    if "allowed" in found:
        found["allowed"].choice(["false"])
        return MakeUp(None, found["source"].text())
    return MakeUp(found["until"].month_day(), found["source"].text())
