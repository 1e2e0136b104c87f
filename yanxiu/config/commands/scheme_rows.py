"""The parts of `yanxiu scheme` that read the school's rows: `explain` and `compare`.

They run after the settings were read, so what needs them is imported inside.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from yanxiu.kernel.amounts import plain
from yanxiu.kernel.refusals import Refusal

if TYPE_CHECKING:
    from yanxiu.ledger.rules.schemes import Scheme
    from yanxiu.people.models import Organisation, Teacher

KEYS: Final = ("teachers", "gain", "lose", "stay", "met", "missed")
WORDS: Final = ("教师", "增加", "减少", "不变", "新达标", "新不达标")


class NotFoundHere(Refusal):
    """No record, teacher or organisation is called so, or more than one is."""

    code = "not-found-here"

    def __init__(self, what: str, name: str, hint: str) -> None:
        """Say what was looked for, and how to call it."""
        super().__init__(f"没有找到{what}“{name}”，或者不止一个。{hint}")


def add_explain_arguments(parser: argparse.ArgumentParser) -> None:
    """Take a record, or a teacher."""
    parser.add_argument("record", nargs="?", metavar="记录", help="研修记录的编号（uid）")
    parser.add_argument("--teacher", metavar="教师", help="手机号、全名或编号（uid）")


def explain(options: argparse.Namespace) -> int:
    """Say step by step what a record earned, or where a teacher stands."""
    if options.teacher:
        lines = _standing_lines(_teacher(options.teacher))
    else:
        lines = _record_lines(options.record or "")
    for line in lines:
        print(line)
    return 0


def add_compare_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the old and the new, and where."""
    how = "方案文件，或编号，或“编号@版本”"
    parser.add_argument("old", metavar="原方案", help=how)
    parser.add_argument("new", metavar="新方案", help=how)
    parser.add_argument("--at", metavar="学校", help="学校或组织的全名；默认是最上面的组织")
    parser.add_argument("--names", action="store_true", help="也列出有变化的教师")
    parser.add_argument(
        "--cases", action="store_true", help="不看学校的数据，只比两个文件旁边的算例"
    )


def compare(options: argparse.Namespace) -> int:
    """Say how many would gain or lose what, school by school; nothing is changed."""
    from yanxiu.ledger.actions import comparing
    from yanxiu.ledger.documents import difference_sheet
    from yanxiu.people.models.teacher import today

    old, new, place = _scheme(options.old), _scheme(options.new), _organisation(options.at)
    named: list[str] = []

    def keep(done: Any, found: Any) -> None:
        if options.names:
            named.append(_named(done, found, asked))

    since = comparing.since(old, new, today())
    asked = comparing.Question(place, old, new, since, today())
    tally = comparing.count(asked, told=lambda *_: None, keep=keep)
    result = comparing.result_of(tally, asked)
    print(f"{old.title} {old.version}  →  {new.title} {new.version}")
    print(f"{place.name}：{tally.teachers} 位教师，{tally.changed} 位有变化；没有改动任何学时。")
    for line in difference_sheet.terms_told(result):
        print(line)
    keys = [key for key in KEYS if result["is_like"] or key not in difference_sheet.WAYS]
    words = dict(zip(KEYS, WORDS, strict=True))
    for one in result["schools"]:
        told = "，".join(f"{words[key]} {one[key]}" for key in keys)
        print(f"{one['name']}：{told}")
    for one in result["examples"]:
        amounts = (f"{one[f'{side}_amount']} {one[f'{side}_unit']}" for side in ("old", "new"))
        print(f"例：{one['what']}（{one['on']}）：" + " → ".join(amounts))
        for name, key in (("原", "old"), ("新", "new")):
            print(f"  {name}：" + "；".join(text for text, _ in one[key]))
    for line in named:
        print(line)
    return 0


def _named(done: Any, found: Any, asked: Any) -> str:
    titles = {each.id: each.title for each in asked.new.requirements}
    unit = asked.likeness.unit
    before, after = (one.unit_label(unit or one.unit) for one in (asked.old, asked.new))
    line = f"{done.teacher.name}：{plain(found.before)} {before} → {plain(found.after)} {after}"
    for word, names in (("新达到", found.met), ("新达不到", found.missed)):
        if names:
            line += f"，{word}" + "、".join(titles.get(one, one) for one in names)
    return line


def _record_lines(text: str) -> Iterator[str]:
    from yanxiu.ledger.models import Entry, Record
    from yanxiu.ledger.queries.schemes import scheme_of

    uid = _uid(text)
    rows = Record.objects.select_related("teacher", "organisation")
    row = rows.filter(uid=uid).first() if uid else None
    if row is None:
        raise NotFoundHere("研修记录", text, "请写它的编号，在记录那一页的网址里。")
    yield f"{row.teacher.name} · {row.organisation.name} · {row.happened_on:%Y-%m-%d} · {row.title}"
    if row.withdrawn_at:
        yield f"已撤回：{row.withdrawn_because}"
    awards = list(row.awards.order_by("scheme", "round"))
    if not awards:
        yield "没有方案给它学时：当时采用的方案没有提到这一类，或者还没有采用方案。"
    for award in awards:
        scheme = scheme_of(award.scheme, award.version, award.digest)
        yield f"按“{scheme.title}”{award.version} 版，第 {award.round} 次核算："
        for number, step in enumerate(award.steps, start=1):
            yield f"  {number}. {step['text']}" + (
                f"（{step['source']}）" if step["source"] else ""
            )
        unit = scheme.unit_label(award.unit)
        yield f"  {'计得' if award.valid else '不计：'} {plain(award.amount)} {unit}"
        for entry in Entry.objects.filter(award=award).order_by("number"):
            word = f"冲销（{entry.reason}）" if entry.reverses_id else "入账"
            yield f"  第 {entry.number} 笔 {word} {plain(entry.amount)} {unit}"


def _standing_lines(teacher: "Teacher") -> Iterator[str]:
    from yanxiu.ledger.queries import standings
    from yanxiu.people.models.teacher import today

    yield f"{teacher.name}（{today():%Y-%m-%d}）"
    place = teacher.organisation
    found = standings(teacher, place, today()) if place else []
    if not found:
        yield "所在学校还没有采用方案。"
    for one in found:
        yield f"按“{one.scheme.title}”{one.scheme.version} 版："
        for each in one.standing.requirements:
            yield f"  {each.title}：{'已达到' if each.met else '还没有达到'}（{each.source}）"
            for step in each.steps:
                yield f"    {step.text}" + (f"（{step.source}）" if step.source else "")


def _teacher(text: str) -> "Teacher":
    from django.db.models import Q

    from yanxiu.people.models import Teacher

    uid = _uid(text)
    wanted = Q(uid=uid) if uid else Q(phone=text) | Q(name=text)
    found = list(Teacher.objects.filter(wanted)[:2])
    if len(found) != 1:
        raise NotFoundHere("教师", text, "请写手机号，或编号（uid）。")
    return found[0]


def _organisation(text: str | None) -> "Organisation":
    from yanxiu.people.models import Organisation

    rows = Organisation.objects.filter(name=text) if text else Organisation.objects.filter(
        parent=None
    )  # fmt: skip
    found = list(rows[:2])
    if len(found) != 1:
        raise NotFoundHere("组织", text or "最上面的一个", "请用 --at 写全名。")
    return found[0]


def _scheme(text: str) -> "Scheme":
    from yanxiu.ledger.models import SchemeFile
    from yanxiu.ledger.queries.schemes import parsed, scheme_of
    from yanxiu.ledger.rules.loading import load, newest, shipped

    if Path(text).suffix in {".yaml", ".yml"} and Path(text).is_file():
        return load(Path(text).resolve())
    name, _, version = text.partition("@")
    if version:
        return scheme_of(name, version)
    stored = SchemeFile.objects.filter(scheme=name, state=SchemeFile.State.PUBLISHED)
    row = None if name in shipped() else stored.order_by("-published_at").first()
    return parsed(row.text, row.digest) if row else newest(name)


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
