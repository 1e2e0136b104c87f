"""Who answers for what: duties with dated holders, and membership that follows a rule."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models.organisation import Dated, Organisation, Unit, UnitKind
from yanxiu.people.models.post import Role


class MembershipRule(models.Model):
    """成员规则: all who hold something are members of a unit, such as "all 教研组长".

    It looks into the organisation of the unit and below it. What follows from it are memberships
    with the dates of what they follow from, so every day has its own members.
    """

    class Who(models.TextChoices):
        LEADERS = "leaders", _("各单位的负责人")
        MEMBERS = "members", _("各单位的全体成员")
        HOLDERS = "holders", _("担任某岗位的人")

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="rules")
    who = models.CharField(max_length=10, choices=Who.choices)
    kind = models.ForeignKey(UnitKind, on_delete=models.PROTECT, null=True, blank=True)
    role = models.ForeignKey(Role, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(who="holders", kind=None) & ~Q(role=None))
                | (~Q(who="holders") & Q(role=None) & ~Q(kind=None)),
                name="a membership rule names a kind of unit or a role",
            ),
            models.UniqueConstraint(
                fields=["unit", "who", "kind"],
                condition=Q(role=None),
                name="a unit has a rule about a kind once",
            ),
            models.UniqueConstraint(
                fields=["unit", "role"],
                condition=Q(kind=None),
                name="a unit has a rule about a role once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.who}"


class Responsibility(models.Model):
    """职责: what somebody of an organisation or of a unit answers for, filled or empty.

    One with a `seat` is filled by whoever sits there (the leader, the deputies, the members of
    the unit); any other has holders of its own. `places` says how many are wanted; 0 is any.
    """

    SOURCE_KIND: ClassVar[str] = "people.responsibility"

    class Code(models.TextChoices):
        OTHER = "", _("一般职责")
        FIRST = "first", _("第一责任人")
        RESEARCH = "research", _("教研负责人")

    class Seat(models.TextChoices):
        NONE = "", _("单独指定的人")
        LEADER = "leader", _("负责人（组长）")
        DEPUTY = "deputy", _("副职（副组长）")
        MEMBER = "member", _("其他成员")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="responsibilities"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="responsibilities"
    )
    code = models.CharField(max_length=10, choices=Code.choices, blank=True, default=Code.OTHER)
    seat = models.CharField(max_length=10, choices=Seat.choices, blank=True, default=Seat.NONE)
    name = models.CharField(_("名称"), max_length=40)
    text = models.TextField(_("职责内容"), blank=True, default="")
    function = models.CharField(_("职能"), max_length=20, blank=True, default="")
    places = models.PositiveSmallIntegerField(_("应有几人"), default=1)
    order = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(_("已停用"), default=False)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seat="") | ~Q(unit=None), name="only a unit has seats"
            ),
            models.CheckConstraint(
                condition=Q(code="") | Q(unit=None), name="an organisation answers as a whole"
            ),
            models.UniqueConstraint(
                fields=["organisation", "code"],
                condition=~Q(code="") & Q(retired=False),
                name="an organisation names each duty of its own once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ResponsibilityHolder(models.Model):
    """任责: one teacher who answers for something over a term of office."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    responsibility = models.ForeignKey(
        Responsibility, on_delete=models.PROTECT, related_name="holders"
    )
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="responsibilities"
    )
    starts_on = models.DateField(_("从哪天起"))
    ends_on = models.DateField(_("到哪天为止"), null=True, blank=True)

    objects: ClassVar[Any] = Dated.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="a responsibility ends after it starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} for {self.responsibility_id}"


class Guest(models.Model):
    """校外专家账号: somebody from outside, let into one unit and nothing else, until a day.

    The account has no post and so no right; what it sees follows from the membership alone.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="guests")
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="visits")
    workplace = models.CharField(_("工作单位"), max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects: ClassVar[Any] = Dated.as_manager()

    def __str__(self) -> str:
        return f"{self.teacher_id} in {self.unit_id}"
