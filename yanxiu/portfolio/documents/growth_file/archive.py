"""The growth file as one archive: readable without us, complete, and checkable.

    index.html      everything to read, without script and without a network
    data.json       the same as data, see SCHEMA.md
    SCHEMA.md       what the data mean
    originals/…     the files as they were handed in
    SHA256SUMS      the SHA-256 of every file above, in the form that `sha256sum -c` reads

The checksums find what was damaged or changed on the way. Whoever changes the checksums too is not
found out, for the archive carries no secret; therefore nothing in it is ever recognised again as
hours, only kept as declared.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from yanxiu.attachments.actions import path_of
from yanxiu.attachments.models import Attachment
from yanxiu.documents.volume.package import entry
from yanxiu.figures.leaves import Leaf, LeafTable
from yanxiu.kernel.sources import Source
from yanxiu.portfolio.documents.growth_file.data import GrowthFile
from yanxiu.portfolio.documents.growth_file.paper import EMPTY, TITLE
from yanxiu.portfolio.documents.growth_file.schema import FORMAT, SCHEMA
from yanxiu.portfolio.queries.files import files_of, keys_of

INDEX, DATA, NOTE, SUMS, ORIGINALS = (
    "index.html", "data.json", "SCHEMA.md", "SHA256SUMS", "originals/",
)  # fmt: skip


def write_archive(target: Path | IO[bytes], file: GrowthFile, *, teacher_uid: str) -> list[str]:
    """Write the archive of `file`; the same file gives the same bytes.

    Returns:
        The names of files that are no longer in the data folder and so could not come along.
    """
    files = files_of(file.leaves)
    sums: list[tuple[str, str]] = []
    lost: list[str] = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        names = _write_originals(archive, files, sums, lost)
        data = as_data(file, names, teacher_uid=teacher_uid)
        text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
        for name, content in ((INDEX, page(file, names)), (DATA, text), (NOTE, SCHEMA)):
            _write(archive, name, content.encode(), sums)
        lines = "".join(f"{digest}  {name}\n" for digest, name in sorted(sums, key=lambda x: x[1]))
        archive.writestr(entry(SUMS), lines.encode())
    return lost


def _write(
    archive: zipfile.ZipFile, name: str, content: bytes, sums: list[tuple[str, str]]
) -> None:
    archive.writestr(entry(name), content)
    sums.append((hashlib.sha256(content).hexdigest(), name))


Names = dict[Source, list[tuple[str, Attachment]]]
"""Where the files of a leaf lie in the archive."""


def _write_originals(
    archive: zipfile.ZipFile,
    files: dict[Source, list[Attachment]],
    sums: list[tuple[str, str]],
    lost: list[str],
) -> Names:
    names: Names = {}
    written: set[str] = set()
    for source, rows in files.items():
        for row in rows:
            name = f"{ORIGINALS}{row.sha256[:12]}-{_plain(row.name)}"
            path = path_of(row.sha256)
            if not path.exists():
                lost.append(row.name)
                continue
            if name not in written:
                written.add(name)
                _write(archive, name, path.read_bytes(), sums)
            names.setdefault(source, []).append((name, row))
    return names


def _plain(name: str) -> str:
    return "".join("_" if char in '\\/:*?"<>|\r\n' else char for char in name)


# ---- as data ----
def as_data(file: GrowthFile, names: Names, *, teacher_uid: str) -> dict[str, Any]:
    """Return the file as data; SCHEMA.md says what each value means."""
    leaves = file.leaves
    keys = iter(keys_of(leaves))
    return {
        "format": FORMAT,
        "kind": "yanxiu-growth-file",
        "made_on": file.made_on.isoformat(),
        "origin": file.organisation,
        "period": file.period,
        "teacher": {"uid": teacher_uid, "name": file.name, "facts": file.facts},
        "categories": _categories(file),
        "terms": [
            {
                "name": name,
                "leaves": [
                    _leaf(leaf, section.code, str(next(keys)), names)
                    for section, some in parts
                    for leaf in some
                ],
            }
            for name, parts in file.terms
        ],
    }


def _categories(file: GrowthFile) -> list[dict[str, str]]:
    found = {section.code: section.name for _t, parts in file.terms for section, _l in parts}
    return [{"code": code, "name": name} for code, name in found.items()]


def _leaf(leaf: Leaf, category: str, key: str, names: Names) -> dict[str, Any]:
    return {
        "key": key,
        "kind": leaf.kind,
        "category": category,
        "on": leaf.on.isoformat(),
        "title": leaf.title,
        "part": leaf.part,
        "minutes": leaf.minutes,
        "amount": leaf.amount,
        "facts": leaf.facts,
        "texts": leaf.texts,
        "tables": [{"name": one.name, "head": one.head, "rows": one.rows} for one in leaf.tables],
        "files": [
            {"path": path, "name": row.name, "sha256": row.sha256}
            for source in leaf.files_of
            for path, row in names.get(source, ())
        ],
    }


# ---- as a page ----
STYLE = """
body{font:16px/1.7 "Noto Serif SC","Songti SC",SimSun,serif;max-width:52rem;margin:2rem auto;
padding:0 1rem;color:#222;background:#fff}
h1,h2,h3{font-family:"Noto Sans SC","Microsoft YaHei",sans-serif;line-height:1.4}h1{color:#0f6b62}
table{border-collapse:collapse;width:100%;margin:.5rem 0;font-size:.9rem}
th,td{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top}
th{background:#f2f5f4}.wide{overflow-x:auto}article{margin:1rem 0 1rem 1rem}
pre{white-space:pre-wrap;font:inherit}nav a{margin-right:1rem}
"""


def page(file: GrowthFile, names: Names) -> str:
    """Return the page that reads without script and without a network."""
    e = escape
    links = "".join(
        f'<a href="#t{number}">{e(name)}</a>' for number, (name, _p) in enumerate(file.terms)
    )
    body = "".join(_term(number, one, names) for number, one in enumerate(file.terms))
    facts = "".join(f"<tr><th>{e(name)}</th><td>{e(text)}</td></tr>" for name, text in file.facts)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{TITLE} {e(file.name)}</title><style>{STYLE}</style></head><body>"
        f"<h1>{TITLE}</h1><p>{e(file.name)}</p><table>{facts}</table><nav>{links}</nav>"
        f"{body or f'<p>{EMPTY}</p>'}</body></html>\n"
    )


def _term(number: int, term: tuple[str, Any], names: Names) -> str:
    name, parts = term
    told = "".join(
        f"<h3>{escape(section.name)}</h3>{''.join(_article(leaf, names) for leaf in leaves)}"
        for section, leaves in parts
    )
    return f'<section id="t{number}"><h2>{escape(name)}</h2>{told}</section>'


def _article(leaf: Leaf, names: Names) -> str:
    e = escape
    length = f"{leaf.minutes} 分钟" if leaf.minutes is not None else ""
    line = " · ".join(one for one in (leaf.part, length, leaf.amount) if one)
    facts = "；".join(f"{name}：{text}" for name, text in leaf.facts)
    texts = "".join(f"<p>{e(name)}</p><pre>{e(text)}</pre>" for name, text in leaf.texts if text)
    papers = "".join(
        f'<li><a href="{e(quote(path))}">{e(row.name)}</a></li>'
        for source in leaf.files_of
        for path, row in names.get(source, ())
    )
    return (
        f"<article><b>{leaf.on.isoformat()}　{e(leaf.title)}</b>"
        f"{f'<div>{e(line)}</div>' if line else ''}{f'<div>{e(facts)}</div>' if facts else ''}"
        f"{texts}{''.join(_grid(one) for one in leaf.tables)}"
        f"{f'<ul>{papers}</ul>' if papers else ''}</article>"
    )


def _grid(one: LeafTable) -> str:
    def row(cells: Iterable[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    rows = "".join(row(cells, "td") for cells in one.rows)
    name = f"<p>{escape(one.name)}</p>" if one.name else ""
    return f'{name}<div class="wide"><table>{row(one.head, "th")}{rows}</table></div>'
