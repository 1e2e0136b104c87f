"""The parts of `yanxiu scheme` that need only files: `check`, `test`, and `compare --cases`."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from yanxiu.kernel.amounts import plain
from yanxiu.kernel.refusals import Refusal
from yanxiu.ledger.rules.cases import Case, Outcome, cases_beside, read_cases, run, untried
from yanxiu.ledger.rules.checking import CONTRADICTION, DOUBT, NOTE, Finding, findings
from yanxiu.ledger.rules.checking.sample import DONE, sample_standings
from yanxiu.ledger.rules.loading import load, loads
from yanxiu.ledger.rules.refusals import SchemeUnreadable
from yanxiu.ledger.rules.schemes import Scheme

_WORDS: Final = {CONTRADICTION: "矛盾", DOUBT: "请看", NOTE: "须知"}


class NoSchemeThere(Refusal):
    """There is no scheme file at the place that was named."""

    code = "no-scheme-there"

    def __init__(self, place: Path) -> None:
        """Name the place."""
        super().__init__(
            f"{place} 那里没有方案文件，什么都没有做。请写方案文件（.yaml）或它所在的文件夹。"
        )


class NotReadableText(Refusal):
    """A file is not UTF-8 text."""

    code = "not-readable-text"

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            f"{path} 不是 UTF-8 编码的文本，没有检查。"
            "请在编辑器里另存为 UTF-8（记事本：另存为，编码选 UTF-8）再查一次。"
        )


class NoCasesThere(Refusal):
    """A scheme has no cases beside it."""

    code = "no-cases-there"

    def __init__(self, folder: Path) -> None:
        """Name the folder."""
        super().__init__(
            f"{folder} 里没有算例，没有可试算的。"
            f"请在 {folder / 'cases'} 里写 .yaml 算例，写法见 docs/guides/writing-a-scheme.md。"
        )


def add_check_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file."""
    parser.add_argument("file", type=Path, metavar="方案文件", help="一个 .yaml 文件")


def check(options: argparse.Namespace) -> int:
    """Print slips or findings; the exit code is 1 if there is something to mend.

    Raises:
        NoSchemeThere: there is no such file.
        NotReadableText: it is not UTF-8.
    """
    path: Path = options.file
    text = _text_of(path)
    try:
        scheme = loads(text, path.name, folder=path.resolve().parent.parent)
    except SchemeUnreadable as slip:
        print(slip)
        print("写法有误，还没有检查内容。改好这些处再查一次。")
        return 1
    found = (*findings(scheme, text), *_misnamed(path, scheme))
    print(f"方案“{scheme.title}”（{scheme.id} {scheme.version}）能够读入。")
    for each in sorted(found, key=lambda one: list(_WORDS).index(one.weight)):
        print(_told(each))
    for line in _sample(scheme):
        print(line)
    print(_summed_up(found))
    return int(any(each.weight != NOTE for each in found))


def _misnamed(path: Path, scheme: Scheme) -> Iterable[Finding]:
    """A file is called by its version, or cases and imports look for it in vain."""
    if path.stem != scheme.version:
        sentence = f"文件名是 {path.name}，而 version 写的是 {scheme.version}。"
        todo = f"放进方案文件夹时请存为 {scheme.id}/{scheme.version}.yaml，或改正 version。"
        yield Finding("file-not-named-by-version", "version", sentence, todo, NOTE)


def _text_of(path: Path) -> str:
    if not path.is_file():
        raise NoSchemeThere(path)
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise NotReadableText(path) from None


def _told(found: Finding) -> str:
    place = f"第 {found.line} 行 " if found.line else ""
    return f"[{_WORDS[found.weight]}] {place}{found.where}：{found.text}（{found.code}）"


def _sample(scheme: Scheme) -> Iterable[str]:
    """Say what a made-up teacher reaches, so that the numbers can be felt."""
    if not scheme.requirements:
        yield "方案没有写要求（requirements），教师的页面上不会有“还差多少”。"
        return
    sampled = sample_standings(scheme)
    done = DONE
    if any(one.is_spread for one in sampled):
        done += "；这样达不到的，只做所要求的，分摊到各年"
    yield f"样例教师：{done}，得到"
    shown = set()
    for one in sampled:
        for each in one.standing.requirements:
            if each.scope in one.scopes and each.id not in shown:
                shown.add(each.id)
                amounts = f"{plain(each.recognised)} / {plain(each.required)} {each.unit_label}"
                yield f"  {'√' if each.met else '×'} {each.title}：{amounts}"


def _summed_up(found: Iterable[Finding]) -> str:
    weights = [each.weight for each in found]
    told = [f"{weights.count(one)} 处{word}" for one, word in _WORDS.items() if one in weights]
    return f"共 {'、'.join(told)}。" if told else "没有发现问题。"


def add_test_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the folder."""
    parser.add_argument(
        "folder", type=Path, metavar="文件夹", help="方案所在的文件夹，旁边有 cases；或方案文件"
    )
    parser.add_argument("--only-wrong", action="store_true", help="只列出不符的算例")


def test(options: argparse.Namespace) -> int:
    """Run the cases of every version and print each step; 1 if one differs or one is untried.

    Raises:
        NoSchemeThere: there is no scheme.
        NoCasesThere: none has cases.
    """
    versions = [(path, scheme, cases_beside(path)) for path, scheme in _versions(options.folder)]
    if not any(cases for _, _, cases in versions):
        raise NoCasesThere(versions[0][0].parent)
    codes = []
    for path, scheme, cases in versions:
        head = f"{path.stem}：" if len(versions) > 1 else ""
        left_out = [case for case in _all_beside(path) if case not in cases]
        if left_out and not options.folder.is_dir():
            others = sorted({version for case in left_out for version in case.versions})
            print(
                f"另有 {len(left_out)} 个算例只对别的版本（{'、'.join(others)}），这次没有运行；"
                f"写文件夹 {path.parent} 就都运行。"
            )
        codes.append(_test_one(path, scheme, cases, head, only_wrong=options.only_wrong))
    return max(codes)


def _all_beside(path: Path) -> list[Case]:
    files = sorted((path.parent / "cases").glob("*.yaml"))
    return [case for file in files for case in read_cases(file)]


def _test_one(path: Path, scheme: Scheme, cases: list[Case], head: str, *, only_wrong: bool) -> int:
    """Run the cases of one version; `head` names it if there are others."""
    if head:
        print(f"—— {scheme.title} {path.stem} ——")
    outcomes = [run(case, scheme) for case in cases]
    for case, outcome in zip(cases, outcomes, strict=True):
        if outcome.differences or not only_wrong:
            _print_case(case, outcome)
    unlike = wrong = sum(bool(outcome.differences) for outcome in outcomes)
    left = untried(scheme, outcomes)
    for each in _misnamed(path, scheme):
        print(f"[{_WORDS[each.weight]}] {each.text}")
        wrong += any(case.versions for case in cases)
    if left:
        print(f"{head}还没有算例用到：{'、'.join(left)}。请各写一个。")
    if not cases:
        print(
            f"{head}没有算例。只给别的版本写了的，请在 versions 里加上“{path.stem}”，或另写几个。"
        )
        return 1
    print(f"{head}共 {len(cases)} 个算例，{f'{unlike} 个不符' if unlike else '全部相符'}。")
    return int(bool(wrong or left))


def _versions(place: Path) -> list[tuple[Path, Scheme]]:
    """Return the scheme files at `place`, by the day from which each applies."""
    paths = sorted(place.glob("*.yaml")) if place.is_dir() else [place]
    if not paths or not paths[0].is_file():
        raise NoSchemeThere(place)
    read = [(path, load(path.resolve())) for path in paths]
    return sorted(read, key=lambda one: (one[1].effective_from, one[1].version))


def _print_case(case: Case, outcome: Outcome) -> None:
    print(f"{'×' if outcome.differences else '√'} {case.name}")
    for step in outcome.steps:
        print(f"    {step}")
    for difference in outcome.differences:
        print(f"  不符：{difference}")


def compare_cases(options: argparse.Namespace) -> int:
    """Say what the cases beside two scheme files give under the old and under the new one.

    Raises:
        NoSchemeThere: there is no such file.
        NoCasesThere: neither has a case.
    """
    paths = [Path(options.old), Path(options.new)]
    for path in paths:
        if not path.is_file():
            raise NoSchemeThere(path)
    old, new = (load(path.resolve()) for path in paths)
    folders = dict.fromkeys(path.resolve().parent for path in paths)
    files = [file for folder in folders for file in sorted((folder / "cases").glob("*.yaml"))]
    cases = [case for file in files for case in read_cases(file)]
    if not cases:
        raise NoCasesThere(paths[1].parent)
    print(f"{old.title} {old.version}  →  {new.title} {new.version}")
    changed = 0
    for case in cases:
        before, after = (run(case, scheme).steps for scheme in (old, new))
        if before != after:
            changed += 1
            print(f"≠ {case.name}")
            for word, steps in (("原", before), ("新", after)):
                for step in steps or ("没有条目适用",):
                    print(f"  {word}：{step}")
    print(f"共 {len(cases)} 个算例，{changed} 个算得不同；没有看任何学校的数据。")
    return 0
