"""The certificate as a PDF of one typst source."""

from collections.abc import Mapping
from typing import Any

import segno

from yanxiu.certificates.documents.certificate.data import chinese_day
from yanxiu.documents.pdf import HEAD, write_pdf

SOURCE = (
    HEAD
    + """
#let deep = rgb("#0f6b62")
#let soft = luma(95)
#let sans = ("Noto Sans SC", "Noto Serif SC")
#set page(
  margin: (top: 24mm, bottom: 22mm, left: 22mm, right: 22mm),
  numbering: "1 / 1",
  header: context if counter(page).get().first() > 1 {
    set text(size: 8.5pt, fill: soft)
    [#given.title · #given.name · #given.number #h(1fr) 验证码 #given.code]
  },
  footer: context {
    set text(size: 8.5pt, fill: soft)
    [#given.number #h(1fr) 第 #counter(page).display() 页，共 #counter(page).final().first() 页]
  },
)
#set par(first-line-indent: 0em)
#set table(stroke: none, inset: (x: 5pt, y: 5.5pt))
#show table: set text(size: 9.5pt)
#let ruled(..columns, head, rows, total: none) = table(
  ..columns,
  table.hline(stroke: 0.9pt + deep),
  table.header(..head.map(cell => text(font: sans, size: 9pt, fill: deep, cell))),
  table.hline(stroke: 0.4pt + deep),
  ..rows.flatten(),
  ..if total != none {
    (table.hline(stroke: 0.4pt + luma(150)), ..total.map(cell => strong(cell)))
  },
  table.hline(stroke: 0.9pt + deep),
)
#let part(name) = {
  v(3.5mm)
  block(below: 2.5mm, sticky: true, text(font: sans, size: 10pt, fill: deep, name))
}

#grid(
  columns: (1fr, auto),
  align: (left + bottom, right + bottom),
  text(font: sans, size: 10pt, fill: soft)[#given.issuer],
  text(size: 10pt)[编号　#given.number],
)
#v(-2mm)
#line(length: 100%, stroke: 1.4pt + deep)
#v(-3.4mm)
#line(length: 100%, stroke: 0.4pt + deep)
#v(7mm)
#align(center, text(size: 27pt, tracking: 0.28em, stroke: 0.4pt + black)[#given.title])
#v(7mm)
#[
  #set par(first-line-indent: (amount: 2em, all: true), leading: 1.05em)
  #set text(size: 12pt)
  #let name = text(font: sans)[　#given.name　]
  #par[兹证明#name#given.body]
  #if given.remark != "" { par(given.remark) }
]

#part("一、学时学分（按类别）")
#ruled(columns: (1fr, 22mm, 30mm, 30mm), align: (left, right, right, right),
  ("类别", "条数", given.units.at(0), given.units.at(1)), given.categories, total: given.total)

#if given.requirements.len() > 0 {
  part("二、与要求对照")
  ruled(columns: (1fr, auto, auto, auto, auto), align: (left, left, right, right, right),
    ("要求", "核算期", "应达", "已认定", "还差"), given.requirements)
}

#v(1fr)
#block(breakable: false)[
  #for line in given.notes {
    block(above: 1.6mm, below: 1.6mm, text(size: 8.5pt, fill: soft, line))
  }
  #v(3mm)
  #grid(
    columns: (34mm, 1fr, 62mm),
    column-gutter: 5mm,
    align: (left + top, left + top, center + top),
    image(bytes(given.qr), format: "svg", width: 34mm),
    [
      #set text(size: 9pt)
      #text(font: sans, fill: deep)[扫码核验] \\
      #v(0.5mm)
      验证码 \\
      #text(size: 10.5pt, font: ("DejaVu Sans Mono", "Noto Sans SC"), given.code_lines.join("\\n"))
      #v(0.5mm)
      #set par(justify: false)
      #text(size: 8pt, fill: soft)[或打开 #given.address 输入验证码]
    ],
    [
      #rect(width: 100%, height: 30mm, radius: 2mm, stroke: (paint: luma(175), thickness: 0.5pt,
        dash: "dashed"))[
        #set align(center + horizon)
        #text(size: 9pt, fill: luma(150))[（盖章处）]
      ]
      #v(-1mm)
      #text(size: 11pt)[#given.issuer] \\
      #text(size: 11pt)[#given.issued_on]
    ],
  )
]

#pagebreak()
#align(center, text(size: 15pt, weight: "bold")[附录　入账明细])
#v(2mm)
#text(size: 9pt, fill: soft)[共 #given.lines.len() 条。#given.reading]
#v(1mm)
#show table: set text(size: 8.3pt)
#show table: set par(leading: 0.5em)
#set table(inset: (x: 3.2pt, y: 4pt))
#ruled(
  columns: (7mm, 19mm, 1fr, 29mm, 11mm, 11mm, 17mm, 23mm),
  align: (right, left, left, left, center, right, right, left),
  ("序", "日期", "内容", "承担", "条款", "计得", "计入", "认定"),
  given.lines,
)
#if given.articles.len() > 0 {
  v(2mm)
  text(font: sans, size: 9pt, fill: deep)[认定条款]
  set text(size: 8.5pt)
  for (place, one) in given.articles.enumerate(start: 1) {
    block(above: 1.8mm, below: 1.8mm)[#place. #one]
  }
}
"""
)

TITLE = "学时证明"
READING = "“计得”是该条自身按条款所得，“计入”是与其他各条合并、扣除封顶和重复以后的数。"


def pdf(content: Mapping[str, Any], address: str) -> bytes:
    """Return the PDF of a certificate; the same content and address give the same bytes.

    Args:
        content: as `content_of` gives it.
        address: the public page of this certificate, which the QR code opens.
    """
    return write_pdf(SOURCE, {**_front(content), **_tables(content), **_check(content, address)})


def _front(content: Mapping[str, Any]) -> dict[str, Any]:
    ledger = content["ledger"]
    number = f"，工号{content['job_number']}" if content["job_number"] else ""
    first, last = (chinese_day(one) for one in content["span"])
    return {
        "title": TITLE,
        "name": content["name"],
        "body": (
            f"同志（{content['school']}{number}）于{first}至{last}期间参加教师研修，"
            f"按《{ledger['scheme']}》（{ledger['version']} 版）认定 {amounts_words(ledger)}。"
        ),
        "reading": READING,
        "remark": _remark(content),
        "number": content["number"],
        "issuer": content["issuer"],
        "issued_on": chinese_day(content["issued_on"]),
        "notes": _notes(content),
    }


def _remark(content: Mapping[str, Any]) -> str:
    if content["is_over"]:
        return ""
    return f"以上数截至{chinese_day(content['as_of'])}，其后发生的不在内。"


def amounts_words(ledger: Mapping[str, Any]) -> str:
    """Return the totals in words: 24 学时，折合 2 学分."""
    total, units = ledger["total"], ledger["units"]
    said = [f"{total[unit]} {units[unit]}" for unit in ("hour", "credit") if total[unit] != "—"]
    return "，折合 ".join(said)


def _notes(content: Mapping[str, Any]) -> list[str]:
    ledger = content["ledger"]
    found = [f"依据：{ledger['scheme_source']}。只计已经认定入账的数，申报后尚未认定的不在内。"]
    if content["closing"]:
        found.append(content["closing"])
    if content["replaces"]:
        found.append(f"本证明换发自{content['replaces']}，原证明已经作废。")
    if content["is_own"]:
        found.append("本证明由教师本人自助出具，数据取自学时账，与单位出具的相同。")
    found.append("签发以后学时账如有更正，以核验页显示的现状为准。")
    return found


def _tables(content: Mapping[str, Any]) -> dict[str, Any]:
    ledger = content["ledger"]
    articles = list(dict.fromkeys(one["article"] for one in ledger["lines"] if one["article"]))
    return {
        "articles": articles,
        "units": [ledger["units"]["hour"], ledger["units"]["credit"]],
        "categories": [_row(one) for one in ledger["categories"]],
        "total": _row(ledger["total"]),
        "requirements": [
            [
                one["title"],
                one["period"],
                f"{one['required']} {one['unit']}",
                f"{one['recognised']} {one['unit']}",
                "已达到" if one["missing"] == "0" else f"{one['missing']} {one['unit']}",
            ]
            for one in ledger["requirements"]
        ],
        "lines": [
            [
                str(number),
                one["on"],
                f"{one['title']}（{one['school']}）",
                f"{one['kind']}·{one['role']}",
                str(articles.index(one["article"]) + 1) if one["article"] else "—",
                f"{one['earned']}",
                f"{one['counted']} {one['unit']}",
                one["recognised"] or "—",
            ]
            for number, one in enumerate(ledger["lines"], start=1)
        ],
    }


def _row(told: Mapping[str, str]) -> list[str]:
    return [told["name"], told["count"], told["hour"], told["credit"]]


def _check(content: Mapping[str, Any], address: str) -> dict[str, Any]:
    groups = content["code"].split("-")
    half = len(groups) // 2
    return {
        "code": content["code"],
        "code_lines": ["-".join(groups[:half]), "-".join(groups[half:])],
        "address": address.rsplit("/", 2)[0] + "/",
        "qr": segno.make(address, error="m").svg_inline(border=0, dark="#123"),
    }
