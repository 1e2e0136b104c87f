"""What the sections of a plan are called, and which of them a new one is offered."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yanxiu.planning.reading.findings import LABELS

SECTIONS: dict[str, Promise] = {
    "guiding": _("指导思想"),
    "philosophy": _("办学理念"),
    "motto": _("校训"),
    "approach": _("工作思路"),
    "principle": _("工作原则"),
    "situation": _("现状分析"),
    "role": _("组织与分工"),
    "content": _("研训内容"),
    "form": _("研训形式"),
    "rule": _("制度与要求"),
    "safeguard": _("保障措施"),
    "credit": _("学分规则"),
    "outcome": _("预期成果"),
}
PERSONAL: dict[str, Promise] = {
    "diagnosis": _("自我诊断：系统已知的情况"),
    "strengths": _("我的强项"),
    "weaknesses": _("我的不足"),
    "opportunities": _("有利条件"),
    "threats": _("面临的困难"),
    "support_needed": _("需要的支持"),
    "opinion": _("教研组、学校意见"),
    "annual_review": _("年度自评与调整"),
}
LEADING = ("guiding", "principle", "approach")
"""Those that come into a plan paragraph by paragraph, as the document says them."""
FIRST = ("guiding", "philosophy", "motto", "approach", "principle", "situation", "diagnosis")
"""The sections that stand before the goals, as in a written plan."""


def section_label(kind: str) -> str:
    """Return what a section of text is called."""
    return str(SECTIONS.get(kind) or PERSONAL.get(kind) or LABELS.get(kind, kind))
