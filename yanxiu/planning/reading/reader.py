"""From an outline to the plans and summaries in it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, replace
from decimal import Decimal
from itertools import permutations
from typing import Literal

from yanxiu.documents.outline import Outline, in_simplified
from yanxiu.documents.reading.parts import Part, parts
from yanxiu.planning.reading.arranging import arrange
from yanxiu.planning.reading.award_tables import award_lines, read_award_tables
from yanxiu.planning.reading.bodies import read_duties
from yanxiu.planning.reading.chains import read_chains
from yanxiu.planning.reading.credit_rules import read_credits
from yanxiu.planning.reading.credit_tables import read_credit_tables
from yanxiu.planning.reading.dated_stages import read_dated_stages
from yanxiu.planning.reading.deeds import read_deeds
from yanxiu.planning.reading.enumerations import read_enumerations
from yanxiu.planning.reading.exams import read_exams
from yanxiu.planning.reading.findings import Finding, Period, ReadDocument, theme_of_no_year
from yanxiu.planning.reading.forms import unfolded
from yanxiu.planning.reading.frequencies import read_frequencies, read_yearly
from yanxiu.planning.reading.gaps import read_gaps
from yanxiu.planning.reading.held_roles import read_held_roles
from yanxiu.planning.reading.items import Reading
from yanxiu.planning.reading.leader_tables import (
    leader_lines,
    read_heads_of_groups,
    read_leader_tables,
    read_mentoring_tables,
    read_shared_out,
)
from yanxiu.planning.reading.leftovers import read_leftovers
from yanxiu.planning.reading.lists import read_lists
from yanxiu.planning.reading.loose_tables import regained
from yanxiu.planning.reading.marks import with_paired_quotes
from yanxiu.planning.reading.mentions import read_mentions
from yanxiu.planning.reading.metadata import read_metadata
from yanxiu.planning.reading.notes import read_notes
from yanxiu.planning.reading.outcome_tables import outcome_lines, read_outcome_tables
from yanxiu.planning.reading.outcomes import read_outcomes
from yanxiu.planning.reading.pairs import names_pairs, pair_lines, read_pairs
from yanxiu.planning.reading.periods import read_period
from yanxiu.planning.reading.phrases import COUNTING, bare
from yanxiu.planning.reading.problems import read_hidden_problems
from yanxiu.planning.reading.quota_tables import read_quota_tables
from yanxiu.planning.reading.quotas import read_amounts
from yanxiu.planning.reading.regulations import read_regulations
from yanxiu.planning.reading.roles import read_roles
from yanxiu.planning.reading.sayings import read_sayings
from yanxiu.planning.reading.schedules import read_schedule
from yanxiu.planning.reading.slots import read_slots
from yanxiu.planning.reading.statistic_tables import read_statistic_tables, statistic_lines
from yanxiu.planning.reading.tables import grids
from yanxiu.planning.reading.tiers import read_tiers
from yanxiu.planning.reading.titles import titled
from yanxiu.planning.reading.turns import read_turns
from yanxiu.planning.reading.wishes import read_wishes
from yanxiu.planning.reading.year_tables import read_year_tables

_SUMMARY = re.compile(r"总结|小结|汇报|回顾|报告")
_PLAN = re.compile(
    r"计划|规划|方案|要点|安排|行事历|办法|细则|制度|条例|章程|规定$|意见$|意见》?的?通知$|协议书?$|公约$"
)
_AHEAD_TOO = re.compile(
    r"(?:总结|小结)[与和及暨、]?[^，。；]{0,14}(?:要点|计划|打算|思路|安排|设想)(?:汇报|报告)?$"
)
"""2025年工作总结及2026年工作要点: a summary that tells at its end what is to come."""
_DATED_TWICE = re.compile(r"\d{4}.*\d{4}.{0,8}(?:要点|计划|打算|思路|安排|设想)|下[一学半]")
_BOTH = re.compile(r"(?:总结|小结|计划|规划)[与和及暨、][^，。；]{0,12}(?:总结|小结|计划|规划)")
"""A title that names both, as of a collection: each of its papers says by its text which it is."""

_CAPTION = re.compile(r"\s*附?[表图][一二三四五六七八九十\d]{1,3}[\s:：、.．][^。；;]{2,24}")
"""表三　年度安排: what stands above a table, and nothing of the plan."""
_TOLD = re.compile(r"总结如下|取得了|回顾|现将.{0,20}(?:总结|汇报)|成绩|成效|本学期.{0,20}开展了")
_MARKS = re.compile("[《》“”]")
_LEAST, _NAMED = 4, 10
_REPEATED = frozenset({"placeholder", "schedule", "slot", "quantity", "quota"})
_SURE = frozenset({"project", "award", "problem", "goal"})
"""What is told under these stands; of other kinds with the same words, the first one does."""
_DUTY_LIKE = frozenset({"content", "rule", "form"})
_TEXTS = _SURE | {"form", "rule", "outcome", "content"}
_INTENDED = re.compile(r"特制定|计划如下|拟|本计划|将(?:继续|进一步|开展)|制定本")


def read_documents(outline: Outline) -> tuple[ReadDocument, ...]:
    """Read every plan and summary in `outline`; an outline without text gives none."""
    plain = with_paired_quotes(in_simplified(outline))
    written = {line.number: line.text.strip() for line in outline.lines}
    texts = {line.number: line.text.strip() for line in plain.lines}
    return tuple(_read(titled(part, texts), written, texts) for part in parts(plain))


def _kind(part: Part) -> Literal["plan", "summary"]:
    titles = (part.title, *part.headers)
    for title in titles:
        if _AHEAD_TOO.search(title) and _DATED_TWICE.search(title):
            return "summary"
        ends = [(found[-1].end(), kind) for kind, found in _found(title) if found]
        if ends and not _BOTH.search(title):
            return max(ends)[1]
    text = "".join(line.text for line in part.lines)
    return "summary" if len(_TOLD.findall(text)) > len(_INTENDED.findall(text)) else "plan"


def _found(title: str) -> Iterator[tuple[Literal["plan", "summary"], list[re.Match[str]]]]:
    yield "plan", list(_PLAN.finditer(title))
    yield "summary", list(_SUMMARY.finditer(title))


def _read(part: Part, written: dict[int, str], plain: dict[int, str]) -> ReadDocument:
    part = replace(part, lines=unfolded(regained(part.lines)))
    kind = _kind(part)
    reading = arrange(part, kind, written, plain)
    period = read_period(reading)
    told = list(_findings(reading, period))
    told += read_leftovers(reading, told)
    told = _without_tables(reading, told)
    pairs = pair_lines(reading)
    told = [found for found in told if found.line not in pairs or _is_pair(found)]
    told = _without_themes(told)
    unset = {found.line for found in told if found.kind == "slot" and found.value is None}
    told = [found for found in told if not (found.line in unset and _is_unset(found))]
    findings = tuple(_once(sorted(told, key=lambda found: found.line)))
    return ReadDocument(
        kind,
        part.title,
        (part.first, part.last),
        period,
        reading.sections,
        findings,
        read_metadata(reading),
        read_notes(reading, findings),
    )


def _without_tables(reading: Reading, told: list[Finding]) -> list[Finding]:
    """The findings without those that frames of tables, or rows read elsewhere, seem to tell."""
    captions = {item.line().number for item in reading.items if _CAPTION.fullmatch(item.text)}
    heads = {grid.line for grid in grids(reading)}
    rows = leader_lines(reading) | statistic_lines(reading)
    rows |= outcome_lines(reading) | award_lines(reading)
    return [
        found
        for found in told
        if found.line not in captions
        and not (found.line in heads and found.kind == "award")
        and not (found.line in rows and found.kind in _DUTY_LIKE)
    ]


def _without_themes(told: list[Finding]) -> list[Finding]:
    """The findings but for goals and contents that only say again what a year's theme is."""
    themes = {
        found.line: found.value["content"]
        for found in told
        if found.kind == "theme" and isinstance(found.value, dict) and found.value.get("year")
    }
    again = {"goal", "content", "rule"}
    told = [f for f in told if f.kind not in again or f.value != themes.get(f.line)]
    undated = ((f, theme_of_no_year(str(themes.get(f.line)))) for f in told)
    return [f for f, theme in undated if f.kind != "theme" or f.value != theme]


def _is_pair(found: Finding) -> bool:
    """On a line that names mentor and mentored nobody else has a post, and names are no work."""
    if found.kind in _DUTY_LIKE:
        return not names_pairs(str(found.value))
    return found.kind != "role" or found.name == "师徒"


def _is_unset(found: Finding) -> bool:
    """Whether a gap only says that a weekly time is not fixed yet: 体音美 待定."""
    return found.kind == "placeholder" and "待定" in found.text


def _findings(reading: Reading, period: Period) -> Iterator[Finding]:
    """What each reader finds; of two that tell the same, the first stands."""
    yield from read_lists(reading)
    asked = list(read_quota_tables(reading))
    known = {(found.line, found.value, found.unit) for found in asked}
    counted = read_statistic_tables(reading)
    asked += [f for f in counted if (f.line, f.value, f.unit) not in known]
    known = {(found.line, found.value, found.unit) for found in asked}
    yield from (f for f in read_amounts(reading) if (f.line, f.value, f.unit) not in known)
    yield from asked
    yield from read_frequencies(reading)
    yield from read_yearly(reading)
    yield from read_slots(reading)
    yield from read_schedule(reading, period)
    yield from read_dated_stages(reading)
    yield from read_held_roles(reading)
    yield from read_roles(reading)
    yield from read_leader_tables(reading)
    yield from read_mentoring_tables(reading)
    yield from read_heads_of_groups(reading)
    yield from read_shared_out(reading)
    yield from read_pairs(reading)
    yield from read_duties(reading)
    yield from read_credits(reading)
    yield from read_credit_tables(reading)
    yield from read_year_tables(reading)
    yield from read_mentions(reading)
    yield from read_tiers(reading)
    yield from read_sayings(reading)
    yield from read_enumerations(reading)
    yield from read_deeds(reading)
    yield from read_regulations(reading)
    yield from read_exams(reading)
    yield from read_outcome_tables(reading)
    yield from read_award_tables(reading)
    yield from read_outcomes(reading)
    yield from read_chains(reading)
    yield from read_hidden_problems(reading)
    yield from read_turns(reading)
    yield from read_wishes(reading)
    yield from read_gaps(reading)


def _words(finding: Finding) -> tuple[int, str] | None:
    """Line and text of a finding whose value is a text, None of any other."""
    if finding.kind not in _TEXTS or not isinstance(finding.value, str):
        return None
    return finding.line, _MARKS.sub("", bare(finding.value))


def _once(findings: list[Finding]) -> Iterator[Finding]:
    """The findings without those that say on one line what an earlier one said.

    The same words under several kinds are told once, under the kind that says more of them.
    """
    seen: set[tuple[int, str, str, str]] = set()
    kinds: dict[tuple[int, str], str] = {}
    for finding in findings:
        place = _words(finding)
        if not place:
            continue
        ordered = finding.kind == "rule" and kinds.get(place) == "form"  # an order is no form
        if finding.kind in _SURE or place not in kinds or ordered:
            kinds[place] = finding.kind
    longer = _longer(findings)
    for finding in findings:
        place = _words(finding)
        if place and finding.kind not in _SURE and finding.kind != kinds[place]:
            continue
        if id(finding) in longer:
            continue
        if finding.kind in _REPEATED:
            yield finding
            continue
        quotes = finding.name in str(finding.value) if place else finding.name == str(finding.value)
        name = "" if quotes else finding.name  # a name out of the value tells nothing new
        told = (finding.line, finding.kind, name, str(finding.value))
        if told not in seen:
            seen |= {told, (finding.line, finding.kind, "", str(finding.value))}
            yield finding


def _longer(findings: list[Finding]) -> set[int]:
    """Findings with the words of another of their line and kind but for a verb: 开展甲 tells 甲."""
    lines: dict[tuple[int, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.kind in _TEXTS - {"rule", "award"} and isinstance(finding.value, str):
            lines[finding.line, finding.kind].append(finding)
    doubled: set[int] = set()
    for told in lines.values():
        for one, other in permutations(told, 2) if len(told) > 1 else ():
            part, whole = str(one.value), str(other.value)
            more = len(whole) - len(part)
            if len(part) >= _LEAST and 0 < more <= _LEAST and whole.endswith(part):
                doubled.add(id(other if COUNTING.match(whole) else one))
            elif 0 < more <= _NAMED and f"“{part}”" in whole:  # “青蓝结对”活动 tells 青蓝结对
                doubled.add(id(one))
    return doubled


def _plain(value: object) -> object:
    """`value` with decimals as JSON numbers."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return value


def _finding(finding: Finding) -> dict[str, object]:
    shown: dict[str, object] = {
        "kind": finding.kind,
        "name": finding.name,
        "value": _plain(finding.value),
        "unit": finding.unit,
        "qualifier": finding.qualifier,
        "period": finding.period,
        "line": finding.line,
        "text": finding.text,
        "inferred": finding.inferred,
    }
    return {**shown, "per": finding.per} if finding.kind == "quota" else shown


def _document(document: ReadDocument) -> dict[str, object]:
    first, last = document.lines
    return {
        "kind": document.kind,
        "title": document.title,
        "lines": [first, last],
        "period": asdict(document.period),
        "sections": [asdict(section) for section in document.sections],
        "findings": [_finding(finding) for finding in document.findings],
        "metadata": [asdict(fact) for fact in document.metadata],
        "notes": [asdict(note) for note in document.notes],
    }


def as_json(documents: tuple[ReadDocument, ...]) -> dict[str, object]:
    """The published shape, ready for `json.dumps`."""
    return {"documents": [_document(document) for document in documents]}
