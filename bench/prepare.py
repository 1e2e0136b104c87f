"""Lays out a bench in the data folder named by the environment; prints what is to be sent."""

import json
import sys
from dataclasses import asdict
from importlib import import_module
from typing import Any

import django

CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


def statements(probe: str, status: int) -> list[str]:
    """Return the statements of one request, without those that only control the transaction."""
    from django.db import connection  # noqa: PLC0415 (after the set-up)
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    head, _gap, body = probe.partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    method, path, _version = first.split(" ")
    headers = dict(line.split(": ", 1) for line in lines)
    kind = headers.pop("Content-Type", "text/html")
    client = Client(headers=headers, enforce_csrf_checks=True)
    with CaptureQueriesContext(connection) as captured:
        answer = client.generic(method, path, body, content_type=kind)
    if answer.status_code != status:
        message = f"{method} {path} was answered {answer.status_code} and not {status}"
        raise RuntimeError(message)
    asked = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in asked if not sql.upper().startswith(CONTROL)]


def main(module: str, case_name: str) -> None:
    """Fill the database through the actions and print the prepared requests."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from bench.requests import Case, Prepared  # noqa: PLC0415 (after the set-up, as the benches)
    from yanxiu.config.ground import lay_ground  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=0)
    lay_ground()
    bench: Any = import_module(f"bench.{module}")
    prepared: Prepared = bench.prepare(Case.of(case_name))
    asked = {
        key: statements(stream.probe, stream.status) for key, stream in prepared.streams.items()
    }
    json.dump({**asdict(prepared), "statements": asked}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
