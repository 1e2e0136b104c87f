"""The teacher, who is also the account."""

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.spans import day_of
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models.organisation import Membership

if TYPE_CHECKING:
    from yanxiu.people.models.holding import Holding


class TeacherManager(BaseUserManager["Teacher"]):
    """Finds teachers by what they log in with."""


class Teacher(AbstractBaseUser):
    """教师: one person, whatever posts the person holds.

    The person logs in with the phone number, or with the job number of a post. What a person may
    do follows from the posts and units of today, loaded at most once per request.
    """

    SOURCE_KIND: ClassVar[str] = "people.teacher"
    USERNAME_FIELD = "uid"
    REQUIRED_FIELDS = ["name"]

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    name = models.CharField(_("姓名"), max_length=40)
    name_key = models.CharField(max_length=40, db_index=True, editable=False)
    pinyin = models.CharField(max_length=80, blank=True, editable=False)
    phone = models.CharField(_("手机号"), max_length=20, null=True, blank=True, unique=True)
    born = models.CharField(_("出生年月"), max_length=10, blank=True)
    education = models.CharField(_("学历"), max_length=20, blank=True)
    title = models.CharField(_("职称"), max_length=20, blank=True)
    subjects = models.JSONField(_("任教学科"), default=list, blank=True)
    grade = models.CharField(_("年级"), max_length=20, blank=True)
    started_work = models.CharField(_("参加工作"), max_length=10, blank=True)
    entered = models.CharField(_("到校时间"), max_length=10, blank=True)
    cycle_from = models.CharField(_("个人周期起算"), max_length=10, blank=True, default="")
    retires = models.CharField(_("退休年月"), max_length=10, blank=True, default="")
    is_active = models.BooleanField(_("在册"), default=True)
    language = models.CharField(_("界面语言"), max_length=8, blank=True, default="")
    may_set_up = models.BooleanField(default=False, editable=False)

    objects: ClassVar[TeacherManager] = TeacherManager()

    class Meta:
        ordering = ["pinyin", "id"]

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @cached_property
    def holdings(self) -> "list[Holding]":
        """On what the rights of today rest: posts, governing bodies, delegations; one statement."""
        from yanxiu.people.models.holding import holdings  # noqa: PLC0415 (Post points to Teacher)

        return holdings(self, today())

    @property
    def posts_today(self) -> list[Any]:
        """The own posts held today, with role and organisation."""
        return [holding.post for holding in self.holdings if holding.kind == "post"]

    @cached_property
    def units_today(self) -> list[tuple[int, str]]:
        """The units of today as (primary key, duty): one statement, once per request."""
        return list(
            Membership.objects.on(today()).filter(teacher=self).values_list("unit_id", "duty")
        )

    @property
    def leads(self) -> list[int]:
        """The primary keys of the units that this teacher leads today."""
        leading = {Membership.Duty.LEADER, Membership.Duty.DEPUTY}
        return [unit for unit, duty in self.units_today if duty in leading]

    @property
    def units(self) -> list[int]:
        """The primary keys of all units that this teacher is in today."""
        return [unit for unit, _duty in self.units_today]

    @property
    def organisation(self) -> Any:
        """The organisation of the teacher's first post today, or None."""
        return self.posts_today[0].organisation if self.posts_today else None

    def holds(self, right: str) -> bool:
        """Tell whether `right` is held anywhere today, be it lent."""
        return any(right in holding.rights for holding in self.holdings)

    def reach_paths(self, right: str, *, own: bool = False) -> list[str]:
        """The paths of the organisations in which `right` is held today.

        Args:
            right: one of RIGHTS.
            own: leave out what is only lent, for deeds that pass rights on.
        """
        found = [
            holding.path
            for holding in self.holdings
            if right in holding.rights and (holding.own or not own)
        ]
        return list(dict.fromkeys(found))

    def reach(self, right: str, *, own: bool = False) -> "models.QuerySet[Any]":
        """The organisations, descendants included, in which `right` is held today.

        A subquery: it costs no statement of its own.
        """
        from yanxiu.people.models.organisation import Organisation  # noqa: PLC0415

        return Organisation.objects.filter(below(self.reach_paths(right, own=own))).values("pk")


def below(paths: list[str], prefix: str = "") -> Q:
    """Return the condition that a path, reached by `prefix`, is one of `paths` or below it."""
    if not paths:
        return Q(pk__in=[])
    condition = Q()
    for path in paths:
        condition |= Q(**{f"{prefix}path__startswith": path})
    return condition


def today() -> date:
    """Return the school's day."""
    return day_of(timezone.now())
