"""Reading: a Word file and a PDF of a hundred pages, and a plan of ten thousand characters.

Everything is measured in a process of its own that has read a small file of the kind before.
"""

import io
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGES, ITEMS_A_PAGE = 100, 14
CHARACTERS = 10_000
ROUNDS = 5
ITEM = (
    "{}．第{}次研讨围绕一节研究课开展评议，先由执教者说明设计，再由同伴依据课堂记录提出问题，最后由"
    "组长归纳{}条可以马上试行的做法，并在下一周的课上加以检验。每位教师听课不少于20节。"
)
ROWS = (("月份", "内容", "负责"), ("九月", "召开启动会", "教导处"), ("十月", "示范课", "教科室"))
PLAN = """枫桥小学2026—2027学年第一学期校本研修计划
一、工作目标
（一）每位教师每学期听课不少于20节，撰写教学反思至少5篇，上公开课一节。
（二）骨干教师每学年承担专题讲座一次，优课率达到80%以上。
二、组织领导
组长：林知远（校长）
副组长：何静（教导主任） 负责日常管理
三、活动时间
语文组每周星期二下午；数学组每周四上午第二节。
四、主要安排
九月：1.制订研修计划；2.召开启动会。
十月：
1.骨干教师示范课
2.10月15日开展联片教研
五、研修要求
"""
AIMS = {
    "docx-100-pages": "CPU ≤ 0.5 秒",
    "plan-10000": "读入加识别 CPU ≤ 50 毫秒",
    "pdf-100-pages": "CPU ≤ 3 秒，子进程内存 ≤ 200 MB",
}


def measure(_module: str, case_name: str) -> dict[str, Any]:
    """Read in a process of its own; return the figures."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.reading", case_name],
        check=True, cwd=ROOT, stdout=subprocess.PIPE,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout)
    return {"bench": "reading", "case": case_name, **told}


def chapters(count: int) -> list[list[str]]:
    """The paragraphs of so many pages, no two alike."""
    return [
        [f"第{page}部分　研修专题"]
        + [ITEM.format(n, page * ITEMS_A_PAGE + n, n) for n in range(1, ITEMS_A_PAGE + 1)]
        for page in range(1, count + 1)
    ]


def docx(count: int) -> bytes:
    """A Word file with headings, items and a table on every page."""
    from docx import Document  # noqa: PLC0415 (only here)
    from docx.enum.text import WD_BREAK  # noqa: PLC0415

    document = Document()
    document.add_paragraph("枫桥小学五年校本研修规划", style="Title")
    for heading, *items in chapters(count):
        document.add_heading(heading, level=1)
        for item in items:
            document.add_paragraph(item)
        table = document.add_table(rows=0, cols=len(ROWS[0]))
        for texts in ROWS:
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf(count: int) -> bytes:
    """The same set as PDF."""
    import pylopdf_fonts_zh_cn  # noqa: PLC0415
    import typst  # noqa: PLC0415

    cells = ", ".join(f"[{text}]" for row in ROWS for text in row)
    pages = [
        f"= {heading}\n\n" + "\n\n".join(items) + f"\n\n#table(columns: 3, {cells})"
        for heading, *items in chapters(count)
    ]
    head = '#set text(font: "Noto Serif SC", size: 11pt)\n#set page(numbering: "1")\n'
    fonts = typst.Fonts(
        include_system_fonts=False, font_paths=[Path(pylopdf_fonts_zh_cn.__file__).parent]
    )
    source = (head + "\n#pagebreak()\n".join(pages)).encode()
    made = typst.compile(source, font_paths=fonts, format="pdf")
    assert isinstance(made, bytes)
    return made


def cpu() -> float:
    """Return the seconds that this process and its children have worked."""
    mine, theirs = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def best(work: Callable[[], object]) -> float:
    """The least processor time of some rounds, in seconds."""
    used = []
    for _ in range(ROUNDS):
        before = cpu()
        work()
        used.append(cpu() - before)
    return min(used)


def reading(case: str) -> dict[str, Any]:
    """Lay `case` out, read it, and return the figures."""
    from yanxiu.documents.reading import read  # noqa: PLC0415
    from yanxiu.planning.reading import read_documents  # noqa: PLC0415

    if case == "plan-10000":
        text = PLAN + "".join(item + "\n" for page in chapters(12) for item in page[1:])
        data = text[:CHARACTERS].encode()
        read_documents(read(data, name="计划.txt"))
        seconds = best(lambda: read_documents(read(data, name="计划.txt")))
        (document,) = read_documents(read(data, name="计划.txt"))
        return {"cpu_ms": round(seconds * 1000, 1), "findings": len(document.findings)}
    make, name = (docx, "a.docx") if case == "docx-100-pages" else (pdf, "a.pdf")
    read(make(1), name=name)
    data = make(PAGES)
    told = child_apart(data, name)
    return {**told, "kilobytes": len(data) // 1024}


def child_apart(data: bytes, name: str) -> dict[str, Any]:
    """Read `data` some times; the memory is that of the child in which a PDF is read."""
    from yanxiu.documents.reading import read  # noqa: PLC0415

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    outline = read(data, name=name)
    wall = time.perf_counter() - began
    seconds = best(lambda: read(data, name=name))
    return {
        "cpu_s": round(seconds, 3),
        "wall_s": round(wall, 3),
        "lines": len(outline.lines),
        "characters": sum(len(line.text) for line in outline.lines),
        "memory_more_mb": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024,
        "child_memory_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    json.dump({**reading(sys.argv[1]), "aim": AIMS[sys.argv[1]]}, sys.stdout, ensure_ascii=False)
