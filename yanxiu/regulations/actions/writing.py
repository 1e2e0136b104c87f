"""Writing rules: a draft at a time, beside the text that holds."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from yanxiu.audit import trail
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher
from yanxiu.regulations.articles import cut
from yanxiu.regulations.models import Article, Regulation, RegulationKind, RegulationVersion
from yanxiu.regulations.permissions import RIGHT, may_manage_regulation
from yanxiu.regulations.refusals import AlreadyPublished, DraftThere, NoArticles, TitleTaken


@dataclass(frozen=True)
class NewRule:
    """What is known of a rule when it is registered.

    Attributes:
        issuer: who issued it, of a superior's document.
        is_superior: whether it is a superior's document, registered to be linked to.
        derived_from: the rule that this one carries out; its articles can be cited.
        owner: the teacher who looks after it.
    """

    title: str
    text: str
    starts_on: date
    issuer: str = ""
    document_number: str = ""
    issued_on: date | None = None
    is_superior: bool = False
    scope: str = Regulation.Scope.BELOW
    derived_from: Regulation | None = None
    owner: Teacher | None = None


@transaction.atomic
def register(
    organisation: Organisation, kind: RegulationKind, new: NewRule, *, by: Teacher, at: datetime
) -> Regulation:
    """Add a rule with its first version as a draft, its text cut into articles.

    Raises:
        NotAllowed: `by` does not write the rules of `organisation`.
        TitleTaken: a rule in use has the title.
        NoArticles: there is no text.
    """
    require_right(by, RIGHT, organisation)
    title = new.title.strip()
    if Regulation.objects.filter(organisation=organisation, title=title, retired_on=None).exists():
        raise TitleTaken(title)
    regulation = Regulation.objects.create(
        organisation=organisation,
        kind=kind,
        title=title,
        issuer=new.issuer.strip(),
        document_number=new.document_number.strip(),
        issued_on=new.issued_on,
        is_superior=new.is_superior,
        scope=new.scope,
        derived_from=new.derived_from,
        owner=new.owner,
        made_at=at,
    )
    _write(regulation, 1, new.text, starts_on=new.starts_on, change_note="", at=at)
    trail.record(by, "regulations.registered", regulation, at=at, detail={"title": title})
    return regulation


def _write(
    regulation: Regulation,
    number: int,
    text: str,
    *,
    starts_on: date,
    change_note: str,
    at: datetime,
) -> RegulationVersion:
    version = RegulationVersion.objects.create(
        regulation=regulation,
        number=number,
        starts_on=starts_on,
        change_note=change_note.strip(),
        made_at=at,
    )
    _put(version, text)
    return version


def _put(version: RegulationVersion, text: str) -> None:
    """Give `version` the articles of `text`; one whose label the superior has points to it."""
    pieces = cut(text)
    if not pieces:
        raise NoArticles
    superior = version.regulation.derived_from
    theirs = _articles_in_force(superior) if superior else {}
    Article.objects.bulk_create(
        Article(
            version=version,
            order=order,
            label=piece.label,
            text=piece.text,
            source=theirs.get(piece.label) if piece.label else None,
        )
        for order, piece in enumerate(pieces)
    )


def _articles_in_force(regulation: Regulation) -> dict[str, Article]:
    latest = regulation.versions.order_by("-number").first()
    return {article.label: article for article in latest.articles.all()} if latest else {}


@transaction.atomic
def revise(
    regulation: Regulation,
    text: str,
    *,
    starts_on: date,
    change_note: str,
    by: Teacher,
    at: datetime,
) -> RegulationVersion:
    """Add the draft of a next version; the text that holds stays until it is published.

    Raises:
        NotAllowed: `by` does not write the rules there.
        DraftThere: there is a draft.
        NoArticles: there is no text.
    """
    require(may_manage_regulation, by, regulation)
    Regulation.objects.select_for_update().get(pk=regulation.pk)
    standing = draft(regulation)
    if standing:
        raise DraftThere(standing.number)
    last = regulation.versions.aggregate(last=Max("number"))["last"] or 0
    version = _write(
        regulation, last + 1, text, starts_on=starts_on, change_note=change_note, at=at
    )
    detail = {"version": version.number, "because": version.change_note}
    trail.record(by, "regulations.revised", regulation, at=at, detail=detail)
    return version


def draft(regulation: Regulation) -> RegulationVersion | None:
    """Return the version that is not published yet."""
    return regulation.versions.filter(published_at=None).first()


@transaction.atomic
def edit_draft(
    version: RegulationVersion,
    text: str,
    *,
    starts_on: date,
    change_note: str,
    by: Teacher,
    at: datetime,
) -> RegulationVersion:
    """Replace the text of a draft.

    Raises:
        NotAllowed: `by` does not write the rules there.
        AlreadyPublished: it is no draft any more.
        NoArticles: there is no text.
    """
    require(may_manage_regulation, by, version.regulation)
    version = (
        RegulationVersion.objects.select_for_update(of=("self",))
        .select_related("regulation__derived_from")
        .get(pk=version.pk)
    )
    if version.published_at:
        raise AlreadyPublished(version.published_at)
    version.starts_on, version.change_note = starts_on, change_note.strip()
    version.save(update_fields=["starts_on", "change_note"])
    version.articles.all().delete()
    _put(version, text)
    detail = {"version": version.number}
    trail.record(by, "regulations.draft-edited", version.regulation, at=at, detail=detail)
    return version
