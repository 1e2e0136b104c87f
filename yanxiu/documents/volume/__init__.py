"""Long Word documents, written from top to bottom straight into their package.

    with Volume(path, "教师研修手册") as volume:
        volume.contents(["李某", "王某"])
        for name in ("李某", "王某"):
            volume.part(name)
            volume.heading("一、个人计划")
            volume.paragraph("……")

Page, styles and fonts are those of `documents.word`; but nothing is kept in memory, so a bound
volume of a whole school needs no more of it than one booklet. The same content gives the same
bytes.
"""

from yanxiu.documents.volume.volume import Volume

__all__ = ["Volume"]
