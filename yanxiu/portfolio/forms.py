"""The shape of what people put into growth files; a form never saves."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from yanxiu.portfolio.queries.categories import OTHERS, Section, Sections
from yanxiu.ui.days import DayField


class PieceForm(forms.Form):
    """Something for one's own file."""

    category = forms.ChoiceField(label=_("类别"))
    title = forms.CharField(label=_("标题"), max_length=200)
    on = DayField(label=_("日期"))
    text = forms.CharField(
        label=_("内容"),
        required=False,
        max_length=20000,
        widget=forms.Textarea(attrs={"class": "tall", "rows": 8}),
        help_text=_("没有字数要求；有原件的可以只附文件。"),
    )
    file = forms.FileField(
        label=_("文件或照片"),
        required=False,
        help_text=_("Word、PDF、Excel、文本或照片。请不要放学生姓名。"),
    )

    def __init__(self, *args: Any, sections: Sections, **kwargs: Any) -> None:
        """Offer the categories of the school."""
        super().__init__(*args, **kwargs)
        offered = [(one.code, one.name) for one in sections.all]
        self.fields["category"].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a text or a file."""
        given: dict[str, Any] = super().clean() or {}
        if not given.get("text") and not given.get("file") and not self.errors:
            self.add_error("text", _("请写几句，或附一个文件。"))
        return given

    @property
    def upload(self) -> tuple[str, bytes] | None:
        """Name and bytes of the file, if there is one."""
        file = self.cleaned_data.get("file")
        return (str(file.name), file.read()) if isinstance(file, UploadedFile) else None


class ArchiveForm(forms.Form):
    """The archive of a growth file from elsewhere."""

    archive = forms.FileField(
        label=_("成长档案压缩包"),
        help_text=_("原来的系统里“带走（压缩包）”得到的 .zip 文件，不要解开。"),
    )
    is_mine = forms.BooleanField(
        label=_("档案上的姓名和现在的不同，但确实是我本人的"),
        help_text=_("只有用过别的名字、换过写法的才要勾。"),
        required=False,
    )


class SectionsForm(forms.Form):
    """The categories of a school, one line each."""

    lines = forms.CharField(
        label=_("类别，一行一个"),
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "tall", "rows": 14}),
        help_text=_("次序就是档案里的次序。名称后面写“*”的，每学期都要有；没有的会先提醒本人。"),
    )

    def __init__(self, *args: Any, sections: Sections, **kwargs: Any) -> None:
        """Know the categories that there are, to keep their codes."""
        self.sections = [one for one in sections.all if one.code != OTHERS]
        text = "\n".join(f"{one.name}{' *' if one.is_asked else ''}" for one in self.sections)
        kwargs.setdefault("initial", {"lines": text})
        super().__init__(*args, **kwargs)

    def result(self) -> list[Section]:
        """Return the categories as written; a line keeps its code by its name or its place."""
        lines = [line.strip() for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        names = [line.rstrip("*＊ ").strip()[:40] for line in lines]
        by_name = {one.name: one for one in self.sections}
        free = [one for one in self.sections if one.name not in names]
        renamed = len(lines) == len(self.sections)
        taken = {one.code for one in self.sections}
        found = []
        for place, (line, name) in enumerate(zip(lines, names, strict=True)):
            old = by_name.get(name)
            if old is None and renamed and self.sections[place] in free:
                old = self.sections[place]
            code = old.code if old else _new_code(taken)
            taken.add(code)
            found.append(Section(code, name, line.endswith(("*", "＊")), old.kinds if old else ()))
        return found


def _new_code(taken: set[str]) -> str:
    number = 1
    while f"own_{number}" in taken:
        number += 1
    return f"own_{number}"
