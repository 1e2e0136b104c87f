"""The one compiler, and the head that every source begins with."""

import json
import threading
from collections.abc import Mapping
from functools import cache
from typing import Any

import typst
from pylopdf_fonts_zh_cn import sans_path, serif_path

from yanxiu.documents.sheets import storable

HEAD = """
#let given = json(bytes(sys.inputs.given))
#set page(
  paper: "a4",
  margin: (top: 30mm, bottom: 28mm, left: 26mm, right: 24mm),
  numbering: "— 1 —",
  number-align: center,
)
#set text(font: ("Noto Serif SC", "Noto Sans SC"), size: 11pt, lang: "zh", region: "cn")
#set par(justify: true, leading: 0.9em, first-line-indent: (amount: 2em, all: true))
#show heading: set text(font: ("Noto Sans SC", "Noto Serif SC"))
#show heading: set par(first-line-indent: 0em)
#set table(stroke: 0.4pt + luma(120), inset: 5pt)
#show table: set par(first-line-indent: 0em, justify: false, leading: 0.65em)
#show table: set text(size: 9.5pt)
"""
"""Page, fonts and the values under the name `given`."""

_LOCK = threading.Lock()


@cache
def _compiler() -> typst.Compiler:
    """The compiler; its fonts are read once, which is most of the work."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=sorted({str(path().parent) for path in (serif_path, sans_path)}),
    )
    return typst.Compiler(font_paths=fonts)


def write_pdf(source: str, values: Mapping[str, Any]) -> bytes:
    """Return the PDF of `source` with `values` as its `given`."""
    given = json.dumps(_clean(values), ensure_ascii=False, sort_keys=True)
    with _LOCK:
        made = _compiler().compile(
            input=source.encode(),
            format="pdf",
            sys_inputs={"given": given},
            timestamp=0,
        )
    if not isinstance(made, bytes):
        message = "typst gave several files for one document"
        raise TypeError(message)
    return made


def _clean(value: Any) -> Any:
    """Return `value` without characters that no file can hold."""
    match value:
        case str():
            return storable(value)
        case Mapping():
            return {str(key): _clean(one) for key, one in value.items()}
        case list() | tuple():
            return [_clean(one) for one in value]
        case _:
            return value
