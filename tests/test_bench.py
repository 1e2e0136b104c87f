"""The benches measure what they say: whole answers, all processes, one deed per request."""

import os
import subprocess
import sys
import time
from importlib import import_module
from itertools import count

import pytest

from bench import list_page, login_page, sign_in
from bench.catalogue import BENCHES, Known
from bench.client import is_whole
from bench.frame import Round, figures, percentile
from bench.prepare import statements
from bench.processes import cpu_ms
from bench.requests import Case, once, post, repeated
from yanxiu.config.ground import lay_ground

SMALL = Case("sqlite", clients=2, rounds=1, requests=8)


@pytest.mark.parametrize("bench", BENCHES.values(), ids=BENCHES)
def test_a_case_names_a_database_and_its_clients(bench: Known) -> None:
    cases = [Case.of(name) for name in bench.cases]

    assert {case.database for case in cases} == {"sqlite", "postgresql"}
    assert [case.requests % case.clients for case in cases] == [0] * len(cases)


@pytest.mark.parametrize("bench", BENCHES.values(), ids=BENCHES)
def test_every_bench_has_a_module_that_lays_it_out(bench: Known) -> None:
    assert callable(import_module(f"bench.{bench.module}").prepare)


def test_without_a_word_sign_in_is_measured_on_sqlite_with_8_clients() -> None:
    assert BENCHES["sign-in"].cases[0] == "sqlite-8"


@pytest.mark.parametrize(
    ("received", "whole"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab", False),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc", True),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n", False),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", True),
    ],
)
def test_an_answer_counts_when_it_is_whole(received: bytes, *, whole: bool) -> None:
    assert is_whole(received) is whole


def test_the_work_of_grandchildren_is_counted() -> None:
    busy = "import time; t = time.process_time()\nwhile time.process_time() < t + .3: pass"
    call = f"import subprocess, sys, time; subprocess.run([sys.executable, '-c', {busy!r}])"
    parent = f"{call}; print(flush=True); time.sleep(30)"
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE) as running:
        assert running.stdout
        running.stdout.readline()
        used = cpu_ms(running.pid)
        running.kill()

    assert used >= 300


def test_our_own_work_is_counted_as_it_is() -> None:
    before, began = cpu_ms(os.getpid()), time.process_time()
    while time.process_time() < began + 0.2:
        pass

    assert cpu_ms(os.getpid()) - before == pytest.approx(200, abs=60)


def test_the_figures_are_medians_over_the_rounds() -> None:
    rounds = [Round(cpu, 0.5, 100.0, [cpu]) for cpu in (9.0, 2.0, 3.0)]
    floor = [Round(cpu, 0.1, 100.0, [1.0]) for cpu in (1.5, 9.0, 1.0)]
    prepared = {"streams": {"a": {}}, "statements": {"a": ["SELECT 1"]}, "facts": {}}

    told = figures("a", "sqlite-8", prepared, {"floor": floor, "bare": floor[:1], "a": rounds})

    assert (told["cpu_ms"], told["floor_ratio"], told["statements"]) == (3.0, 2.0, 1)
    assert told["bare_ratio"] == 2.0


def test_the_floor_has_the_middleware_of_django_alone() -> None:
    with_middleware = import_module("bench.floor.settings").MIDDLEWARE

    assert len(with_middleware) == 7
    assert all(one.startswith("django.") for one in with_middleware)
    assert import_module("bench.floor.bare").MIDDLEWARE == []


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([float(one) for one in range(1, 101)], 99) == 100.0
    assert percentile([7.0], 50) == 7.0


def test_what_is_sent_once_is_never_sent_again() -> None:
    numbers = (str(number) for number in count())

    stream = once(SMALL, numbers, status=303)

    sent = [text for one in stream.rounds for client in one for text, _times in client]
    assert len(set(sent)) == len(sent) == 2 * 8
    assert stream.probe not in sent


def test_what_is_repeated_is_shared_out_among_the_clients() -> None:
    stream = repeated(SMALL, ["a", "b"], status=200)

    assert stream.rounds[0] == [[("a", 4)], [("b", 4)]]


def test_a_form_is_as_long_as_it_says() -> None:
    head, _gap, body = post("/x/", {"名": "值"}, session="k").partition("\r\n\r\n")

    assert f"Content-Length: {len(body)}" in head


@pytest.mark.django_db
def test_each_sign_in_is_another_deed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "TEACHERS", 3)
    monkeypatch.setattr(sign_in, "reverse", lambda _name, args: f"/sessions/{args[0]}/")
    lay_ground()

    stream = sign_in.prepare(SMALL).streams["sign_in"]

    sent = [text for one in stream.rounds for client in one for text, _times in client]
    assert len(set(sent)) == 16


@pytest.mark.django_db
def test_the_list_is_asked_for_at_both_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_page, "TEACHERS", 100)
    monkeypatch.setattr(list_page, "reverse", lambda _name: "/people/")
    lay_ground()

    streams = list_page.prepare(SMALL).streams

    assert "GET /people/ " in streams["first"].probe
    assert "GET /people/?page=2 " in streams["last"].probe


@pytest.mark.django_db
def test_statements_leave_transaction_control_out() -> None:
    lay_ground()

    asked = statements(login_page.prepare(SMALL).streams["page"].probe, 200)

    assert all(not sql.startswith(("SAVEPOINT", "BEGIN")) for sql in asked)


@pytest.mark.django_db
def test_a_wrong_answer_is_no_measurement() -> None:
    with pytest.raises(RuntimeError, match="404"):
        statements("GET /nowhere/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 200)
