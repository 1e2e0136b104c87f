"""The growth file as a Word document."""

import io

from yanxiu.documents.volume import Volume
from yanxiu.portfolio.documents.growth_file.data import GrowthFile
from yanxiu.portfolio.documents.on_paper import write_section

TITLE = "个人成长档案"
EMPTY = "这段时间还没有材料。参加活动、交心得、写计划以后，这里会自动收进来。"


def document(file: GrowthFile) -> bytes:
    """Return the docx file; the same file gives the same bytes."""
    buffer = io.BytesIO()
    with Volume(buffer, f"{TITLE} {file.name}") as volume:
        names = [name for name, _parts in file.terms]
        volume.cover(TITLE, subtitle=file.name)
        volume.table(("项目", "内容"), file.facts)
        if not names:
            volume.paragraph(EMPTY)
        if len(names) > 1:
            volume.page_break()
            volume.contents(names)
        for name, parts in file.terms:
            volume.part(name)
            for section, leaves in parts:
                volume.heading(section.name)
                write_section(volume, leaves)
    return buffer.getvalue()
