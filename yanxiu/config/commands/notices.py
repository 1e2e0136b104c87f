"""Sends what waits in the outbox."""

import argparse
import threading

HELP = "发送通知：排好该发的摘要和提醒，再发出去；`serve` 会自己做，平时不用"
EXAMPLE = "yanxiu notices send --now"
# Beside a server that only now makes its tables, the loop waits for them.
TABLES = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do, and whether to wait for the hour."""
    parser.add_argument(
        "what",
        choices=["send", "loop"],
        metavar="send|loop",
        help="send 发一遍就结束；loop 一直发，直到按 Ctrl-C",
    )
    parser.add_argument("--beside", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument(
        "--now", action="store_true", help="已经排上、还没到点的（如等待重试的）也现在就发"
    )


def run(options: argparse.Namespace) -> int:
    """Compose and send once and say what came of it, or go on."""
    if options.what == "loop":
        return loop(beside=options.beside)
    from django.utils import timezone

    from yanxiu.agenda.digest import compose
    from yanxiu.notices.models import Message
    from yanxiu.notices.sending import send_waiting

    now = timezone.now()
    made = compose(now)
    if options.now:
        Message.objects.filter(state=Message.State.WAITING, due_at__gt=now).update(due_at=now)
    told = send_waiting()
    waiting = Message.objects.filter(state=Message.State.WAITING).count()
    failed = told[Message.State.FAILED]
    print(
        f"新排上 {made} 条；已发出 {told[Message.State.SENT]} 条，没有发成 {failed} 条，"
        f"过时不发 {told[Message.State.DROPPED]} 条，还在等待 {waiting} 条。"
    )
    return 1 if failed else 0


def loop(*, beside: bool) -> int:
    """Go on until Ctrl-C; `beside` a server, until it closes our stdin or is gone."""
    from yanxiu.agenda.running import run as keep_running
    from yanxiu.config.beside import stop_with_parent

    stop = threading.Event()
    if beside:
        stop_with_parent(stop)
    keep_running(stop)
    return 0
