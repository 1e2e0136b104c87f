"""The shape of what people type about reading; a form never saves."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from yanxiu.books.actions import PartPlan
from yanxiu.books.models import Book, BookListItem, Meeting, ReadingClub, ReadingRecord
from yanxiu.ui.days import DayField

Pairs = Sequence[tuple[str, str]]


class StartForm(forms.Form):
    """What one begins to read."""

    title = forms.CharField(
        label=_("书名"), max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    author = forms.CharField(label=_("作者"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("类别"), choices=Book.Kind.choices, required=False)


class RecordForm(forms.Form):
    """A record as its reader writes it."""

    use_required_attribute = False

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    title = forms.CharField(label=_("书名"), max_length=160)
    mode = forms.ChoiceField(label=_("怎样读"), choices=ReadingRecord.Mode.choices)
    pages = forms.CharField(
        label=_("读了哪些页、哪些章"), max_length=60, required=False,
        help_text=_("例如 1—86 页、第二章。"),
    )  # fmt: skip
    started_on = DayField(label=_("开始"), required=False)
    finished_on = DayField(label=_("读完"), required=False)
    notes = forms.CharField(
        label=_("札记"), required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "tall"}),
        help_text=_("只有您自己看得到、搜得到。"),
    )  # fmt: skip


class ExcerptForm(forms.Form):
    """A few words copied out."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("摘录"), required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-needed": True}),
    )  # fmt: skip
    page = forms.CharField(label=_("页码或章节"), max_length=20, required=False)
    thought = forms.CharField(
        label=_("一句想法"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_shared = forms.BooleanField(label=_("给看得到这条记录的同事看"), required=False)


class ForWhomForm(forms.Form):
    """A form that asks for which group, or for everybody."""

    whom = forms.ChoiceField(label=_("给谁"))

    def __init__(self, *args: Any, whom: Pairs, **options: Any) -> None:
        """Offer the groups and organisations of `whom`, by uid."""
        super().__init__(*args, **options)
        self.fields["whom"].choices = whom  # type: ignore[attr-defined]


class SpanForm(forms.Form):
    """Days, the last one included, as people say them."""

    starts_on = DayField(label=_("从"))
    last_on = DayField(label=_("到"))

    @property
    def ends_on(self) -> date:
        """The day after the last."""
        last: date = self.cleaned_data["last_on"]
        return last + timedelta(days=1)


class ListForm(SpanForm, ForWhomForm):
    """A book list."""

    name = forms.CharField(
        label=_("名称"), max_length=60, help_text=_("例如“本学期荐读”“寒假必读”。")
    )
    field_order = ["name", "whom", "starts_on", "last_on"]


class ItemForm(forms.Form):
    """One book of a list."""

    title = forms.CharField(label=_("书名"), max_length=160)
    author = forms.CharField(label=_("作者"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("类别"), choices=Book.Kind.choices)
    way = forms.ChoiceField(
        label=_("怎样读"), choices=BookListItem.Way.choices, initial=BookListItem.Way.SUGGESTED
    )
    reason = forms.CharField(label=_("一句话"), max_length=200, required=False)


class RecommendForm(ForWhomForm):
    """Something worth reading."""

    title = forms.CharField(label=_("书名或题目"), max_length=160)
    author = forms.CharField(label=_("作者"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("类别"), choices=Book.Kind.choices)
    reason = forms.CharField(
        label=_("为什么值得读"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一句话就行，别人靠它决定读不读。"),
    )  # fmt: skip
    link = forms.CharField(
        label=_("链接"), max_length=300, required=False,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )  # fmt: skip
    file = forms.FileField(
        label=_("文件"), required=False, help_text=_("Word、PDF、文本或图片；没有就空着。")
    )
    field_order = ["title", "author", "kind", "reason", "whom", "link", "file"]


def read_parts(text: str, year_of: date) -> list[PartPlan]:
    """Read a schedule, one part a line: `10月20日 第一章 王老师`; the leader may be missing.

    A day without a year is the first one from `year_of` on.

    Raises:
        forms.ValidationError: a line has no day, or no name.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.replace("，", " ").replace(",", " ").replace("\t", " ").split()
        if not words:
            continue
        day = _day(words[0], year_of)
        if day is None or len(words) == 1:
            raise forms.ValidationError(
                now_(
                    "第%(number)s行看不懂：“%(line)s”。请写成“10月20日 第一章”，后面可写领读的人。"
                )
                % {"number": number, "line": line.strip()[:40]}
            )
        leader = words[-1] if len(words) > 2 else ""  # noqa: PLR2004 - day, name, who leads
        name = " ".join(words[1:-1] if leader else words[1:])
        found.append(PartPlan(name, day, leader))
    return found


def _day(text: str, since: date) -> date | None:
    plain = text.replace("年", "-").replace("月", "-").replace("/", "-").replace(".", "-")
    parts = plain.rstrip("日号").split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 3:  # noqa: PLR2004 - year, month, day
            return date(*numbers)
        month, day = numbers
        found = date(since.year, month, day)
        return found if found >= since else date(since.year + 1, month, day)
    except ValueError:
        return None


class PartsForm(forms.Form):
    """The schedule of a round."""

    schedule = forms.CharField(
        label=_("进度"), required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("一行一段：日期、读到哪里、谁领读（可不写）。例如：10月20日 第一章 王老师"),
    )  # fmt: skip

    def __init__(self, *args: Any, since: date | None = None, **options: Any) -> None:
        """Read days without a year from `since` on."""
        super().__init__(*args, **options)
        self.since = since

    def clean(self) -> dict[str, Any]:
        """Read the lines."""
        given = super().clean() or self.cleaned_data
        since = self.since or given.get("starts_on")
        if since and given.get("schedule"):
            try:
                given["parts"] = read_parts(given["schedule"], since)
            except forms.ValidationError as wrong:
                self.add_error("schedule", wrong)
        given.setdefault("parts", [])
        return given


class RoundForm(PartsForm, SpanForm, ForWhomForm):
    """A book read together."""

    title = forms.CharField(label=_("书名"), max_length=160)
    author = forms.CharField(label=_("作者"), max_length=80, required=False)
    purpose = forms.CharField(label=_("想读出什么"), max_length=200, required=False)
    field_order = ["title", "author", "whom", "purpose", "starts_on", "last_on", "schedule"]


class StoryForm(forms.Form):
    """What came of a round."""

    use_required_attribute = False

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    purpose = forms.CharField(label=_("想读出什么"), max_length=200, required=False)
    practice = forms.CharField(
        label=_("在课上试了什么"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5, "class": "tall"}),
    )  # fmt: skip
    effect = forms.CharField(
        label=_("带动了学生什么"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "tall"}),
        help_text=_("说做法和变化，不写学生姓名。"),
    )  # fmt: skip
    pupil_activity = forms.CharField(
        label=_("学生的读书活动"), max_length=200, required=False,
        help_text=_("例如班级读书角、整本书共读课；没有就空着。"),
    )  # fmt: skip


class ShareForm(forms.Form):
    """What one tells the others."""

    use_required_attribute = False

    about = forms.CharField(
        label=_("说的是"), max_length=80, required=False, help_text=_("哪一章、哪个想法。")
    )
    text = forms.CharField(
        label=_("想说的"), required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-needed": True}),
        help_text=_("说一两句就行。不写学生姓名。"),
    )  # fmt: skip
    work = forms.ChoiceField(
        label=_("连上我的一篇笔记或心得"), required=False,
        help_text=_("大家看到题目；打不打得开，照那一篇自己的“给谁看”。"),
    )  # fmt: skip

    def __init__(self, *args: Any, works: Pairs = (), **options: Any) -> None:
        """Offer the own notes about books."""
        super().__init__(*args, **options)
        if works:
            self.fields["work"].choices = [("", now_("不连")), *works]  # type: ignore[attr-defined]
        else:
            del self.fields["work"]


class ClubForm(forms.Form):
    """A reading club."""

    name = forms.CharField(label=_("名称"), max_length=40)
    form = forms.ChoiceField(label=_("形式"), choices=ReadingClub.Form.choices)
    purpose = forms.CharField(label=_("想做什么"), max_length=200, required=False)


class TieForm(forms.Form):
    """What is read in a session."""

    form = forms.ChoiceField(label=_("形式"), choices=Meeting.Form.choices)
    reading_round = forms.ChoiceField(label=_("哪次共读"), required=False)
    club = forms.ChoiceField(label=_("哪个读书会"), required=False)
    title = forms.CharField(
        label=_("读的书"), max_length=160, required=False,
        help_text=_("选了共读就不用写；没有专门读哪本也可以空着。"),
    )  # fmt: skip

    def __init__(self, *args: Any, rounds: Pairs, clubs: Pairs, **options: Any) -> None:
        """Offer rounds and clubs by uid."""
        super().__init__(*args, **options)
        none = [("", now_("没有"))]
        self.fields["reading_round"].choices = [*none, *rounds]  # type: ignore[attr-defined]
        self.fields["club"].choices = [*none, *clubs]  # type: ignore[attr-defined]
