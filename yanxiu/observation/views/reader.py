"""What a reader may look at beyond the own records."""

from datetime import timedelta

from django.http import Http404, HttpResponse

from yanxiu.kernel.spans import Span
from yanxiu.observation.models import Observation
from yanxiu.observation.refusals import HeardAtOnce
from yanxiu.people.access import TeacherRequest
from yanxiu.people.models import Organisation, Post, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.terms.queries import term_on
from yanxiu.ui.languages import in_script_of_reader
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

HALF_A_YEAR = timedelta(days=180)


def own_school(request: TeacherRequest) -> Organisation:
    """Return the school of the reader's first post, or 404 without any."""
    organisation: Organisation | None = request.teacher.organisation
    if organisation is None:
        raise Http404
    return organisation


def manages_any(teacher: Teacher) -> bool:
    """Tell whether the reader manages the lessons of a school."""
    return teacher.holds("manage_lessons")


def checks_any(teacher: Teacher) -> bool:
    """Tell whether there are records that the reader may check."""
    return manages_any(teacher) or bool(teacher.leads)


def manager_of(request: TeacherRequest) -> Organisation:
    """Return the reader's school if the reader manages its lessons, else 404."""
    organisation = own_school(request)
    paths = request.teacher.reach_paths("manage_lessons")
    if not any(organisation.path.startswith(path) for path in paths):
        raise Http404
    return organisation


def colleagues(school: Organisation, teacher: Teacher) -> list[tuple[str, str]]:
    """Return the others who work at `school` today, as choices."""
    posts = Post.objects.on(today()).filter(organisation__path__startswith=school.path)
    rows = Teacher.objects.filter(pk__in=posts.values("teacher")).exclude(pk=teacher.pk)
    return [(str(row.uid), row.name) for row in rows.only("uid", "name", "pinyin")]


def this_term(school: Organisation) -> Span:
    """Return the days of the term of today, or the last half year where none is set."""
    day = today()
    term = term_on(school, day)
    if term:
        return Span(term.starts_on, term.ends_on)
    return Span(day - HALF_A_YEAR, day + timedelta(days=1))


def ask_same_time(
    request: TeacherRequest, found: Observation, question: HeardAtOnce, audience: str
) -> HttpResponse:
    """Ask how `found` was heard while another lesson was; the answer hands it in."""
    context = {
        "observation": found,
        "lesson": found.lesson,
        "found": question.found,
        "sentence": in_script_of_reader(str(question)),
        "audience": audience,
    }
    return show(request, "observation/same_time.html", context, status=UNPROCESSABLE)
