"""The shape of what people type about calls for papers; a form never saves."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from yanxiu.texts.numerals import whole_number
from yanxiu.ui.days import DayField
from yanxiu.works.calls.actions import CallFacts
from yanxiu.works.models import CallForPapers, Criterion, Level, WorkKind

_LINE = re.compile(r"^(.+?)[\s:：,，]*(\d{1,3})\s*分?$")
USUAL = "选题与立意 20\n内容与实例 40\n思考与做法 30\n语言与规范 10"


class CallForm(forms.Form):
    """A call for papers."""

    title = forms.CharField(label=_("名称"), max_length=80)
    text = forms.CharField(
        label=_("要求"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("写什么、给谁看、怎样用。请不要规定字数。"),
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=_("收哪几类作品"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("一类都不勾，就是什么都收。"),
    )  # fmt: skip
    subject = forms.CharField(label=_("学科"), max_length=40, required=False)
    closes_on = DayField(label=_("交稿截止"))
    most_each = forms.IntegerField(label=_("每人最多几份"), min_value=1, max_value=20, initial=1)
    way = forms.ChoiceField(label=_("怎样定结果"), choices=CallForPapers.Way.choices)
    criteria = forms.CharField(
        label=_("评审项目和满分"), required=False, initial=USUAL,
        widget=forms.Textarea(attrs={"rows": 5, "data-needed": True}),
        help_text=_("一行一项，后面写满分，例如“选题与立意 20”。"),
    )  # fmt: skip
    reviewers_each = forms.IntegerField(label=_("每份几人评"), min_value=1, max_value=9, initial=2)
    level = forms.ChoiceField(
        label=_("这次评选的级别"), choices=Level.choices, initial=Level.SCHOOL
    )
    destination = forms.CharField(
        label=_("选出的送往哪里"), max_length=80, required=False,
        help_text=_("上级的评选或刊物；不往外送就空着。"),
    )  # fmt: skip
    sends_level = forms.ChoiceField(
        label=_("送往的级别"), choices=Level.choices, initial=Level.COUNTY
    )
    sends_on = DayField(label=_("对方截止"), required=False)

    def __init__(self, *args: Any, kinds: Iterable[WorkKind], **options: Any) -> None:
        """Offer `kinds`."""
        super().__init__(*args, **options)
        self.known = {str(kind.uid): kind for kind in kinds}
        choices = [(uid, kind.name) for uid, kind in self.known.items()]
        self.fields["kinds"].choices = choices  # type: ignore[attr-defined]

    def clean_criteria(self) -> dict[str, int]:
        """Return the most points by criterion."""
        found: dict[str, int] = {}
        for line in self.cleaned_data["criteria"].splitlines():
            if not line.strip():
                continue
            match = _LINE.match(line.strip())
            if match is None:
                message = _now("“%(line)s”没有写满分。每行写一项，后面写数字。")
                raise forms.ValidationError(message % {"line": line.strip()})
            if match[1] in found:
                message = _now("“%(line)s”写了两次。请合成一项。")
                raise forms.ValidationError(message % {"line": match[1]})
            found[match[1]] = int(match[2])
        return found

    @property
    def facts(self) -> CallFacts:
        """What the form says."""
        data = self.cleaned_data
        own = {name: data[name] for name in CallFacts.__dataclass_fields__ if name != "kinds"}
        return CallFacts(**own, kinds=[self.known[uid] for uid in data["kinds"]])


def initial_of(call: CallForPapers) -> dict[str, Any]:
    """Return what the form holds for a call that stands."""
    own = {name: getattr(call, name) for name in CallFacts.__dataclass_fields__}
    own["kinds"] = [str(kind.uid) for kind in call.kinds.all()]
    lines = [f"{one.name} {one.most}" for one in call.criteria.all()]
    return {**own, "criteria": "\n".join(lines)}


class EnterForm(forms.Form):
    """Which work is entered: one that stands here, or a file."""

    work = forms.ChoiceField(label=_("报哪一份"), required=False)
    file = forms.FileField(
        label=_("或者直接交文件"), required=False,
        help_text=_("Word（docx）、PDF 或文本文件；选了文件就报这个文件，原文件一并留存。"),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("文件是哪一类"), required=False)

    def __init__(
        self,
        *args: Any,
        works: Sequence[tuple[str, str]],
        kinds: Sequence[tuple[str, str]],
        **options: Any,
    ) -> None:
        """Offer `works`, and the `kinds` that a file may be; what leaves no choice is not asked."""
        super().__init__(*args, **options)
        if works:
            self.fields["work"].choices = works  # type: ignore[attr-defined]
        else:
            del self.fields["work"]
            self.fields["file"].label = _now("交文件")
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.only_kind = ""
        if len(kinds) == 1:
            del self.fields["kind"]
            self.only_kind = kinds[0][0]

    def clean(self) -> dict[str, Any]:
        """Want either of the two."""
        data = super().clean() or {}
        if not data.get("work") and not data.get("file") and not self.errors:
            self.add_error("file", _now("请选一份作品，或交一个文件。"))
        if data.get("file") and not (data.get("kind") or self.only_kind):
            self.add_error("kind", _now("请选文件是哪一类。"))
        return {"work": "", "kind": self.only_kind, **data}


class PanelForm(forms.Form):
    """The panel, one name a line."""

    names = forms.CharField(
        label=_("评委"), required=False,
        widget=forms.Textarea(attrs={"rows": 6, "data-needed": True}),
        help_text=_(
            "一行一位；同名的在后面写上学校，例如“张老师（第二小学）”。"
            "办这次征集的人和自己有作品的人不能当评委。"
        ),
    )  # fmt: skip


class ScoreForm(forms.Form):
    """The scores of one paper, and a word."""

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **options: Any) -> None:
        """Add a box for each criterion."""
        super().__init__(*args, **options)
        self.criteria = list(criteria)
        for one in self.criteria:
            self.fields[f"score_{one.pk}"] = forms.IntegerField(
                label=_now("%(name)s（0到%(most)s分）") % {"name": one.name, "most": one.most},
                min_value=0, max_value=one.most,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip
        self.fields["comment"] = forms.CharField(
            label=_now("写给作者的话"), required=False, max_length=4000,
            widget=forms.Textarea(attrs={"rows": 5}),
            help_text=_now("公布结果时给作者看，不署名。最好说到其中一个具体的地方。"),
        )  # fmt: skip
        self.fields["remark"] = forms.CharField(
            label=_now("只给主办方看"), required=False, max_length=200
        )

    @property
    def scores(self) -> dict[int, int]:
        """The points by the primary key of the criterion."""
        return {one.pk: self.cleaned_data[f"score_{one.pk}"] for one in self.criteria}


def number_in(posted: Mapping[str, str], name: str) -> int | None:
    """Return the whole number that was posted under `name`, if it is one."""
    return whole_number(posted.get(name, ""))
