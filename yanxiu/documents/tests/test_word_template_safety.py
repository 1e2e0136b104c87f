"""A template can do nothing but what its few words say, whatever stands in it."""

import io
import time
import zipfile
from typing import Any

import pytest

from yanxiu.documents.reading.refusals import DamagedFile, TooLarge, UnreadableFormat
from yanxiu.documents.tests.templates import WORDS, a_docx, changed, faults, in_table, lines, of
from yanxiu.documents.word.template import (
    ROWS,
    TemplateFaulty,
    TooManyRows,
    prepare,
)
from yanxiu.documents.word.template_package import UnsafeTemplate


@pytest.mark.parametrize(
    "evil",
    [
        "{{ 学校.__class__.__mro__ }}", "{{ ''.__class__ }}", "{{ 7*7 }}", "{{ range(10**9) }}",
        "{{ 学校|upper }}", "{{ config }}", "{{ self }}", "{% include 'x' %}", "{% set a = 1 %}",
        "{% import 'os' as o %}", "{% macro a() %}", "{% for x in range(9) %}", "{{ a['b'] }}",
        "{% raw %}", "{%tr for a in 学校.__dict__ %}", "{{r 学校 }}", "{% if 1==1 %}",
        "{%p set x=1 %}", "{% colspan 3 %}", "{% cellbg x %}", "{% vm %}",
    ],
)  # fmt: skip
def test_nothing_but_our_own_words_is_understood(evil: str) -> None:
    template = prepare(of(f"甲{evil}乙"), WORDS)

    assert template.faults
    with pytest.raises(TemplateFaulty):
        template.fill({}, {})


def test_loose_braces_and_what_looks_like_code_stay_as_they_are() -> None:
    template = prepare(of("集合 {1, 2}，a {", "{ b {# c", "{{学校}}"), WORDS)
    assert template.faults
    template = prepare(of("集合 {1, 2}，a {", "} b {", "{{学校}}"), WORDS)

    filled = template.fill({"学校": "{{ 7*7 }}{% x %}{_{ {#"}, {})

    assert lines(filled) == ["集合 {1, 2}，a {", "} b {", "{{ 7*7 }}{% x %}{_{ {#"]


def test_code_in_attributes_and_properties_is_never_run() -> None:
    def write(document: Any) -> None:
        document.add_paragraph("{{学校}}")
        document.core_properties.title = "{{ 7*7 }}"
        document.core_properties.comments = "{% for a in range(9) %}"

    data = changed(
        a_docx(write),
        word__document_xml=lambda text: text.replace(b"<w:p>", b'<w:p w:rsidR="{{ 7*7 }}">', 1),
    )

    filled = prepare(data, WORDS).fill({"学校": "甲"}, {})

    assert lines(filled) == ["甲"]
    assert b"49" not in zipfile.ZipFile(io.BytesIO(filled)).read("docProps/core.xml")
    assert b'rsidR="{{ 7*7 }}"' in zipfile.ZipFile(io.BytesIO(filled)).read("word/document.xml")


RELATION = b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'


def test_what_lies_outside_is_refused_but_an_ordinary_link_is_not() -> None:
    for kind, target in (
        (b"image", b"http://evil.example/x.png"), (b"attachedTemplate", b"http://evil.example/t"),
        (b"oleObject", b"file:///etc/passwd"), (b"hyperlink", b"file:///etc/passwd"),
    ):  # fmt: skip
        with pytest.raises(UnsafeTemplate, match="为了安全"):
            prepare(with_rels(kind, target), WORDS)
    assert not prepare(with_rels(b"hyperlink", b"https://example.cn"), WORDS).faults
    with pytest.raises(UnsafeTemplate):
        prepare(with_rels(b"aFChunk", b"other.html", mode=b"Internal"), WORDS)


def with_rels(kind: bytes, target: bytes, mode: bytes = b"External") -> bytes:
    data, buffer = of("{{学校}}"), io.BytesIO()
    extra = RELATION + b"relationships/" + kind + b'" Target="' + target
    extra += b'" TargetMode="' + mode + b'"/>'
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target_file:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/_rels/document.xml.rels":
                content = content.replace(b"</Relationships>", extra + b"</Relationships>")
            target_file.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"not a docx", UnreadableFormat),
        (b"PK\x03\x04broken", DamagedFile),
        (b"PK\x03\x04" + b"0" * (11 * 1024 * 1024), TooLarge),
        (changed(of("{{学校}}"), word__vbaProject_bin=b"x"), UnreadableFormat),
        (changed(of("{{学校}}"), word__embeddings__o_bin=b"x"), UnsafeTemplate),
        (
            changed(
                of("{{学校}}"),
                word__document_xml=lambda text: text.replace(
                    b"<w:p>",
                    b"<w:p><w:r><w:instrText>INCLUDE</w:instrText></w:r>"
                    b"<w:r><w:instrText>PICTURE x</w:instrText></w:r>",
                    1,
                ),
            ),
            UnsafeTemplate,
        ),
        (
            changed(
                of("{{学校}}"),
                word__document_xml=lambda text: b'<!DOCTYPE a [<!ENTITY b "c">]>' + text,
            ),
            DamagedFile,
        ),
        (changed(of("{{学校}}"), word__document_xml=b"<w:document"), DamagedFile),
    ],
)
def test_what_is_not_a_safe_docx_is_refused(data: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        prepare(data, WORDS)


def test_what_comes_of_it_is_bounded() -> None:
    template = prepare(in_table(["{{教师表.姓名}}"]), WORDS)

    with pytest.raises(TooManyRows, match="短一些的时间"):
        template.fill({}, {"教师表": [{"姓名": "甲"}] * (ROWS + 1)})
    started = time.process_time()
    template.fill({}, {"教师表": [{"姓名": "甲"}] * ROWS})
    assert time.process_time() - started < 10


def test_a_hidden_text_box_and_comments_are_looked_at() -> None:
    def comment(_old: bytes) -> bytes:
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        return (
            f'<w:comments xmlns:w="{space}"><w:comment w:id="0"><w:p><w:r><w:t>'
            "{{学校}}</w:t></w:r></w:p></w:comment></w:comments>"
        ).encode()

    template = prepare(changed(of("{{学校}}"), word__comments_xml=comment), WORDS)

    assert "不会填" in faults(template)[0]


def test_a_template_with_a_password_says_so() -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")

    with pytest.raises(UnreadableFormat, match=r"打开密码.*取消密码"):
        prepare(locked, WORDS)
