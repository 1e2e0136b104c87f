"""A certificate says what the ledger holds, cannot be guessed, and is never changed or deleted."""

import hashlib
from datetime import date

import pypdfium2
import pytest
from django.utils import translation

from yanxiu.attachments.actions import path_of
from yanxiu.attachments.models import Attachment
from yanxiu.audit.models import TrailLine
from yanxiu.cast import EVENING, NOON, Cast
from yanxiu.certificates import actions
from yanxiu.certificates.actions.issuing import address_of
from yanxiu.certificates.codes import ALPHABET, LENGTH, new_code, plain_code
from yanxiu.certificates.documents.certificate import pdf
from yanxiu.certificates.models import Certificate, CertificatesStay
from yanxiu.certificates.queries.choices import schemes_at
from yanxiu.certificates.queries.facts import Asked
from yanxiu.certificates.refusals import AlreadyRevoked, NothingToCertify, ReasonMissing
from yanxiu.certificates.tests.conftest import SCHEME, TODAY, YEAR, TakePart
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.models import Record, SchemeAdoption, YearClosing
from yanxiu.people import actions as people
from yanxiu.people.models import Organisation, Role, Teacher


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "".join(str(page.get_textpage().get_text_range()) for page in document)


def test_a_code_has_at_least_96_random_bits() -> None:
    codes = {new_code() for _each in range(500)}

    assert len(codes) == 500
    assert LENGTH * 5 >= 96
    assert len(set(ALPHABET)) == 32
    for place in range(LENGTH):
        assert len({code[place] for code in codes}) > 20, "a place that hardly varies is no secret"


def test_a_code_is_read_as_people_type_it() -> None:
    code = new_code().replace("0", "2").replace("1", "3")
    spaced = "-".join(code[i : i + 4] for i in range(0, LENGTH, 4)).lower()

    assert plain_code(f" {spaced} ") == code
    assert plain_code("O0Il" + code[4:]) == "0011" + code[4:]
    assert plain_code(code[:-1]) == ""
    assert plain_code("U" + code[1:]) == ""


def test_it_states_name_days_amounts_entries_and_articles(certificate: Certificate) -> None:
    told = certificate.content["ledger"]
    data = path_of(certificate.sha256).read_bytes()
    text = text_of(data)

    assert [line["title"] for line in told["lines"]] == ["怎样听一节课", "单元整体设计"]
    assert told["total"]["credit"] == str(certificate.credits.normalize())
    for said in ("王老师", "清河小学", "2026年9月1日至2027年8月31日", "怎样听一节课",
                 certificate.shown_number, "盖章处", "截至2026年10月15日"):  # fmt: skip
        assert said in text.replace(" ", "").replace("\r\n", "").replace("\n", ""), said


def test_what_was_taken_over_is_named_in_words_of_the_house_whoever_issues_it(
    asked: Asked, wang: Teacher, zhou: Teacher, take_part: TakePart
) -> None:
    record = take_part(wang)
    Record.objects.filter(pk=record.pk).update(kind="transferred_in")

    with translation.override("en"):
        told = actions.issue(wang, asked, by=zhou, at=EVENING).content["ledger"]

    assert [line["kind"] for line in told["lines"]] == ["外地转入"]
    assert [one["name"] for one in told["categories"]] == ["外地转入"]


def test_the_kept_file_is_the_one_issued_and_is_written_again_bit_by_bit(
    certificate: Certificate,
) -> None:
    data = path_of(certificate.sha256).read_bytes()
    again = pdf(Certificate.objects.get().content, address_of(certificate.code))

    assert hashlib.sha256(data).hexdigest() == certificate.sha256
    assert again == data
    kept = Attachment.objects.get(source_id=certificate.uid)
    assert kept.name == "王老师_2026—2027_学时证明.pdf"


def test_the_code_to_scan_opens_this_certificate_and_no_other(certificate: Certificate) -> None:
    own = address_of(certificate.code)
    other = own.replace(certificate.code, new_code())

    assert own.endswith(f"/certificates/check/{certificate.code}/")
    # Only the drawing tells the two apart: the text names the door, the code stands in groups.
    assert pdf(certificate.content, own) != pdf(certificate.content, other)
    assert text_of(pdf(certificate.content, own)) == text_of(pdf(certificate.content, other))


def test_numbers_run_by_issuer_and_year(
    certificate: Certificate, asked: Asked, li: Teacher, zhou: Teacher, take_part: TakePart
) -> None:
    take_part(li)
    second = actions.issue(li, asked, by=zhou, at=EVENING)

    assert [certificate.shown_number, second.shown_number] == ["2026年第0001号", "2026年第0002号"]


def test_asking_again_gives_the_same_one_until_the_ledger_changes(
    certificate: Certificate, asked: Asked, wang: Teacher, zhou: Teacher, take_part: TakePart
) -> None:
    assert actions.issue(wang, asked, by=zhou, at=EVENING) == certificate

    take_part(wang, title="又一次")

    assert actions.issue(wang, asked, by=zhou, at=EVENING) != certificate


def test_a_teacher_issues_her_own_and_nobody_elses(
    asked: Asked, wang: Teacher, li: Teacher, take_part: TakePart
) -> None:
    take_part(wang)

    own = actions.issue(wang, asked, by=wang, at=EVENING)

    assert own.is_own
    assert "本人自助" in text_of(path_of(own.sha256).read_bytes()).replace("\r\n", "")
    with pytest.raises(NotAllowed):
        actions.issue(wang, asked, by=li, at=EVENING)


def test_another_school_issues_nothing(
    asked: Asked, wang: Teacher, qian: Teacher, take_part: TakePart
) -> None:
    take_part(wang)

    with pytest.raises(NotAllowed):
        actions.issue(wang, asked, by=qian, at=EVENING)


def test_without_entries_there_is_no_certificate(
    asked: Asked, wang: Teacher, zhou: Teacher
) -> None:
    with pytest.raises(NothingToCertify):
        actions.issue(wang, asked, by=zhou, at=EVENING)

    assert not Certificate.objects.exists()


def test_a_reversed_entry_is_not_certified(
    cast: Cast, asked: Asked, wang: Teacher, zhou: Teacher, take_part: TakePart
) -> None:
    take_part(wang)
    wrong = take_part(wang, title="记错了")
    ledger.withdraw(Record.objects.get(pk=wrong.pk), because="记错", by=zhou, at=EVENING)

    made = actions.issue(wang, asked, by=zhou, at=EVENING)

    assert [line["title"] for line in made.content["ledger"]["lines"]] == ["单元整体设计"]


def test_it_cannot_be_changed_or_deleted(certificate: Certificate) -> None:
    certificate.hours = 99
    with pytest.raises(CertificatesStay):
        certificate.save()
    with pytest.raises(CertificatesStay):
        certificate.save(update_fields=["hours"])
    with pytest.raises(CertificatesStay):
        certificate.delete()
    with pytest.raises(CertificatesStay):
        Certificate.objects.filter(pk=certificate.pk).update(hours=99)
    with pytest.raises(CertificatesStay):
        Certificate.objects.all().delete()


def test_it_is_revoked_once_for_a_reason_and_stays(
    certificate: Certificate, zhou: Teacher, wang: Teacher
) -> None:
    with pytest.raises(NotAllowed):
        actions.revoke(certificate, reason="不对", by=wang, at=EVENING)
    with pytest.raises(ReasonMissing):
        actions.revoke(certificate, reason="  ", by=zhou, at=EVENING)

    actions.revoke(certificate, reason="开错了时段", by=zhou, at=EVENING)

    with pytest.raises(AlreadyRevoked, match="开错了时段"):
        actions.revoke(certificate, reason="再来", by=zhou, at=EVENING)
    found = Certificate.objects.get()
    assert (found.state, found.revoked_by_name) == (Certificate.State.REVOKED, "周主任")
    assert path_of(found.sha256).exists()


def test_a_replacement_points_to_the_old_one(
    certificate: Certificate, zhou: Teacher, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang, title="漏记的一次")

    new = actions.replace(certificate, reason="补记一次活动", by=zhou, at=EVENING)

    assert new.replaces == certificate
    assert Certificate.objects.get(pk=certificate.pk).state == Certificate.State.REPLACED
    assert new.state == Certificate.State.VALID
    assert certificate.shown_number in text_of(path_of(new.sha256).read_bytes()).replace(" ", "")


def test_the_person_reads_who_issued_it(certificate: Certificate, wang: Teacher) -> None:
    line = TrailLine.objects.get(source_id=wang.uid, verb="portfolio.file-taken")

    assert (line.actor_name, line.detail["what"]) == (
        "周主任",
        f"学时证明 {certificate.shown_number}",
    )


def test_it_says_which_years_the_school_has_closed(
    cast: Cast, asked: Asked, wang: Teacher, zhou: Teacher, take_part: TakePart
) -> None:
    take_part(wang)
    first = actions.issue(wang, asked, by=zhou, at=EVENING)
    YearClosing.objects.create(
        organisation=cast.school,
        scheme=asked.scheme,
        version="2025",
        starts_on=asked.span.start,
        ends_on=asked.span.end,
        state=YearClosing.State.CLOSED,
        begun_at=EVENING,
        closed_at=EVENING,
    )

    second = actions.issue(wang, asked, by=zhou, at=EVENING)

    assert second != first
    assert "还没有登记" in first.content["closing"]
    assert "已于 2026-10-15 登记" in second.content["closing"]


def test_nothing_is_revoked_where_nothing_can_be_issued_instead(
    certificate: Certificate, zhou: Teacher
) -> None:
    for record in Record.objects.filter(teacher=certificate.teacher):
        ledger.withdraw(record, because="记错", by=zhou, at=EVENING)

    with pytest.raises(NothingToCertify):
        actions.replace(certificate, reason="更正", by=zhou, at=EVENING)

    assert Certificate.objects.get().state == Certificate.State.VALID


def test_two_at_once_replace_it_once(certificate: Certificate, zhou: Teacher) -> None:
    seen_by_another = Certificate.objects.get(pk=certificate.pk)
    actions.replace(certificate, reason="更正", by=zhou, at=EVENING)

    with pytest.raises(AlreadyRevoked):
        actions.replace(seen_by_another, reason="更正", by=zhou, at=EVENING)

    assert Certificate.objects.count() == 2


def test_a_superior_issues_in_its_own_name_and_numbers(
    certificate: Certificate, cast: Cast, asked: Asked, wang: Teacher
) -> None:
    central = Organisation.objects.get(parent=None)
    sun = people.add_teacher(name="孙教研员", by=None, at=EVENING)
    role = Role.objects.get(code="researcher")
    people.give_post(sun, central, role, starts_on=asked.span.start, by=None, at=EVENING)

    made = actions.issue(wang, asked, by=sun, at=EVENING)

    assert certificate.issuer == cast.school
    assert (made.issuer, made.organisation, made.number) == (central, cast.school, 1)


def test_what_was_recognised_under_a_scheme_given_up_is_certified_by_it(
    cast: Cast, wang: Teacher, zhou: Teacher, take_part: TakePart
) -> None:
    take_part(wang, date(2026, 9, 20))
    SchemeAdoption.objects.filter(scheme=SCHEME).update(ends_on=date(2026, 10, 1))
    asked = Asked(cast.school, SCHEME, YEAR, TODAY)

    assert SCHEME in {one.id for one in schemes_at(cast.school, TODAY)}
    made = actions.issue(wang, asked, by=zhou, at=EVENING)

    assert made.content["ledger"]["total"]["count"] == "1"


def test_it_names_the_version_that_recognised_and_not_one_adopted_since(
    cast: Cast, wang: Teacher, zhou: Teacher, take_part: TakePart
) -> None:
    def adopt(version: str, starts_on: date) -> None:
        ledger.adopt_scheme(
            cast.school, "cn-national-360", version=version, starts_on=starts_on, by=None, at=NOON
        )

    adopt("2016", date(2026, 9, 1))
    take_part(wang, date(2026, 9, 20), kind="lecture", minutes=480)
    adopt("2026", date(2026, 10, 10))
    asked = Asked(cast.school, "cn-national-360", YEAR, TODAY)

    made = actions.issue(wang, asked, by=zhou, at=EVENING)

    assert (made.version, made.content["ledger"]["version"]) == ("2016", "2016")
