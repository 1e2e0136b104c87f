"""What the files of certificates are called, and how names stand on the public page."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from yanxiu.kernel.spans import Span

if TYPE_CHECKING:
    from yanxiu.certificates.models import Certificate

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_LAST_OF_YEAR = (12, 31)
STAR = "＊"
_ENDED = {"valid": "", "replaced": "_已换发作废", "revoked": "_已撤销"}


def period_words(span: Span) -> str:
    """Return the days of a span as a file name says them: 2026, 2026—2027, 20260901-20270122."""
    first, last = span.start, span.last
    if (first.month, first.day) == (1, 1) and (last.month, last.day) == _LAST_OF_YEAR:
        return str(first.year) if first.year == last.year else f"{first.year}—{last.year}"
    whole_year = (span.end.month, span.end.day) == (first.month, first.day)
    if whole_year and span.end.year > first.year:
        return f"{first.year}—{span.end.year}"
    return f"{first:%Y%m%d}-{last:%Y%m%d}"


def file_name(certificate: "Certificate") -> str:
    """Return `姓名_年度_学时证明.pdf`, without marks that some system does not take.

    The file itself stays as it was issued, so its name says where it is valid no more.
    """
    name = _NOT_IN_NAMES.sub("", certificate.content["name"]).strip(" .") or "教师"
    return f"{name}_{period_words(certificate.span)}_学时证明{_ENDED[certificate.state]}.pdf"


def apart(names: Iterable[str]) -> Iterator[str]:
    """Yield `names` so that no two are the same, whatever the case: 姓名_年度_学时证明（2）.pdf."""
    taken: set[str] = set()
    for name in names:
        stem, dot, ending = name.rpartition(".")
        number, found = 2, name
        while found.casefold() in taken:
            found = f"{stem}（{number}）{dot}{ending}"
            number += 1
        taken.add(found.casefold())
        yield found


def masked(name: str) -> str:
    """Return a name with its middle hidden: 王小明 is 王＊明, 王明 is 王＊."""
    shown = name.strip()
    if len(shown) <= 1:
        return STAR
    if len(shown) == 2:  # noqa: PLR2004 (a surname and one character)
        return shown[0] + STAR
    return shown[0] + STAR * (len(shown) - 2) + shown[-1]
