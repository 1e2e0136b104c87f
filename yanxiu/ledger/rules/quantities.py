"""How many units a rate is paid for: hours, days, lessons, items, thousands of characters."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from yanxiu.ledger.rules.amounts import exact, shown
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.reckoning import Reckoning, equals, near
from yanxiu.ledger.rules.schemes import Scheme

_COUNTED: Final = {"lesson": "lessons", "item": "items"}
_WORDS: Final = {"day": "天", "half_day": "个半天"}
_THOUSAND: Final = 1000


def quantity(reckoning: Reckoning) -> tuple[Fraction, str]:
    """Return how many units the rate is paid for, and the words that say so."""
    per, facts = reckoning.rule.per, reckoning.facts
    if per == "hour":
        return _hours(reckoning)
    if per == "stated":
        return _stated(reckoning)
    if per in _WORDS:
        return _days(reckoning)
    if per == "thousand_characters":
        if facts.characters is None:
            text = "没有登记字数，无法计算；补登字数后即可认定"
            raise reckoning.void(text, reckoning.rule.source)
        value = exact(facts.characters) / _THOUSAND
        return value, f"{near(value)} 千字"
    if per == "flat":
        return Fraction(1), ""
    own = getattr(facts, _COUNTED[per])
    value = exact(1 if own is None else own)
    return value, f"{near(value)} {reckoning.scheme.unit_label(per)}"


def _hours(reckoning: Reckoning) -> tuple[Fraction, str]:
    """Note the hours: by minutes, else as stated, else by days."""
    scheme, facts = reckoning.scheme, reckoning.facts
    value, hour = scheme.time.hours(facts), scheme.unit_label("hour")
    if value is None:
        raise reckoning.void("没有登记时长，无法计算；补登时长后即可认定", scheme.time_source)
    length = scheme.minutes_per_hour.on(facts.on)
    if facts.minutes is not None and length is not None:
        text = f"{facts.minutes} 分钟 ÷ {shown(length)} {equals(value)} {near(value)} {hour}"
    elif facts.stated is not None:
        text = f"写明 {near(value)} {hour}"
    else:
        text = f"{_in_days(scheme, facts)} {equals(value)} {near(value)} {hour}"
    reckoning.note(text, value, scheme.time_source)
    return value, f"{near(value)} {hour}"


def _in_days(scheme: Scheme, facts: Facts) -> str:
    """Say how days become hours: whole days, and a half that may have a length of its own."""
    day, half = scheme.time.of_day(facts.on), scheme.time.of_half_day(facts.on)
    days = facts.days or Decimal(0)
    words = f"{shown(days)} 天 × 每天 {shown(day or Fraction(0))}"
    if days % 1 and half is not None and day is not None and half * 2 != day:
        words += f"（半天 {shown(half)}）"
    return words


def _stated(reckoning: Reckoning) -> tuple[Fraction, str]:
    """Note the hours that the paper states, whatever minutes and days say."""
    stated, hour = reckoning.facts.stated, reckoning.scheme.unit_label("hour")
    if stated is None:
        text = f"没有写明{hour}，无法计算；补登后即可认定"
        raise reckoning.void(text, reckoning.rule.source)
    value = exact(stated)
    reckoning.note(f"写明 {near(value)} {hour}", value, reckoning.rule.source)
    return value, f"{near(value)} {hour}"


def _days(reckoning: Reckoning) -> tuple[Fraction, str]:
    """Return days or half days; noted only where they are made from hours."""
    scheme, facts, per = reckoning.scheme, reckoning.facts, reckoning.rule.per
    time = scheme.time
    value = time.days(facts) if per == "day" else time.half_days(facts)
    if value is None:
        text = "没有登记天数，也没有可以折算的时长，无法计算；补登后即可认定"
        raise reckoning.void(text, reckoning.rule.source)
    word = scheme.unit_label(per) if scheme.unit_label(per) != per else _WORDS[per]
    words = f"{near(value)} {word}"
    if facts.days is None:
        hours = time.hours(facts) or Fraction(0)
        length = time.of_day(facts.on) if per == "day" else time.of_half_day(facts.on)
        head = f"{near(hours)} {scheme.unit_label('hour')} ÷ {shown(length or Fraction(1))}"
        reckoning.note(f"{head} {equals(value)} {words}", value, scheme.time_source)
    return value, words
