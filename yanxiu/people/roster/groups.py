"""One name per teaching research group of a school, however often its lines differ."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from yanxiu.texts.keys import key

_TAIL = re.compile(r"(?<=..)(?:教研组|研训组|学科组|教学组|科组|教研室)$|(?<=.)组$")
_OTHER_GROUPS = ("备课组", "年级组", "课题组", "领导小组")


def canonical_groups(names: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """Return for each (school, name as written) the one name to use.

    语文教研组, 语文组 and 语文 are one group. If a school writes the long form anywhere, that is
    its name; else the form it writes most often.
    """
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    written = Counter(names)
    for (school, name), number in written.items():
        counts[key(school), core(name)][name] += number
    return {(school, name): _chosen(counts[key(school), core(name)]) for school, name in written}


@lru_cache(maxsize=8192)
def core(name: str) -> str:
    """Return what of a group's name tells it from others."""
    word = key(name)
    return word if word.endswith(_OTHER_GROUPS) else _TAIL.sub("", word)


def _chosen(forms: Counter[str]) -> str:
    long = {name: number for name, number in forms.items() if name.endswith("教研组")}
    # The name itself is the last word, so that the order of the rows never decides.
    best = max((long or forms).items(), key=lambda form: (form[1], len(form[0]), form[0]))[0]
    return best if best.endswith(("组", "室", "部", "处", "中心", "坊")) else f"{best}组"
