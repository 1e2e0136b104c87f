"""What a session is about, for the record that it leaves."""

from django.db.models import Q

from yanxiu.activities.models import Session, Tag


def tags_of(session: Session) -> list[Tag]:
    """Return the tags of `session`, its own and those of its series; one statement."""
    own = Q(taggings__session=None) | Q(taggings__session=session)
    return list(Tag.objects.filter(own, taggings__activity=session.activity_id).distinct())


def record_theme(session: Session) -> str:
    """Return the word by which schemes know the theme: that of the first tag which has one."""
    return next((tag.record_theme for tag in tags_of(session) if tag.record_theme), "")
