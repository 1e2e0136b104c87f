"""What a school says about itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.people.models.organisation import Organisation


class Profile(models.Model):
    """学校简介: motto, philosophy and approach, as documents quote them."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="profile"
    )
    motto = models.CharField(_("校训"), max_length=80, blank=True, default="")
    philosophy = models.TextField(_("办学理念"), blank=True, default="")
    approach = models.TextField(_("办学思路"), blank=True, default="")

    def __str__(self) -> str:
        return self.motto


class ReformGrade(models.Model):
    """课改年级: a grade that the curriculum reform has reached, in one school year."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="reform_grades"
    )
    school_year = models.PositiveSmallIntegerField(_("学年"))
    grade = models.CharField(_("年级"), max_length=20)

    class Meta:
        ordering = ["-school_year", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "school_year", "grade"],
                name="a grade is marked once in a school year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_year} {self.grade}"
