"""Does what waits in the background."""

import argparse
import sys
import threading

HELP = "做后台任务：排着队的文件、合订本等；`serve` 会自己做，平时不用"
EXAMPLE = "yanxiu jobs run"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do."""
    parser.add_argument(
        "what",
        choices=["run", "loop", "work"],
        metavar="run|loop",
        help="run 把排着队的做完就结束；loop 一直做，直到按 Ctrl-C",
    )
    parser.add_argument("--beside", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--worker", default="", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Run once and say what came of it, or go on."""
    from yanxiu.config.beside import stop_with_parent

    stop = threading.Event()
    if options.beside:
        stop_with_parent(stop, at_last=options.what == "work")
    if options.what == "loop":
        from yanxiu.jobs.loop import keep_running

        worker = [sys.executable, "-m", "yanxiu", "jobs", "work", "--beside", "--worker"]
        try:
            keep_running(stop, worker)
        except KeyboardInterrupt:
            return 130
        return 0
    if options.what == "work":
        from yanxiu.jobs.working import work

        work(options.worker, stop)
        return 0
    from yanxiu.jobs.models import Job
    from yanxiu.jobs.running import run_waiting

    ran = run_waiting(beats=True)
    waiting = Job.objects.filter(state=Job.State.WAITING).count()
    print(f"做了 {ran} 件，还有 {waiting} 件在等。")
    return 0
