"""`python3 run.py bench NAME [--case CASE] [--json]`."""

import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from bench.catalogue import BENCHES, DEEDS
from bench.frame import BenchFailed, measure
from yanxiu.config.arguments import Parser
from yanxiu.config.postgresql import NoServer


def show(told: dict[str, Any], aim: str) -> None:
    """Print the figures for a reader."""
    print(f"\n{told['bench']} · {told['case']}（{told['requests']} 次请求，5 轮取中位数）")
    print(f"  每次操作 CPU：{told['cpu_ms']} 毫秒，是地板 {told['floor_cpu_ms']} 毫秒的"
          f" {told['floor_ratio']} 倍；各轮 {told['rounds_cpu_ms']}")  # fmt: skip
    print(f"  不带任何中间件的地板 {told['bare_cpu_ms']} 毫秒，是它的 {told['bare_ratio']} 倍")
    print(f"  数据库另用 CPU：{told['database_cpu_ms']} 毫秒")
    print(f"  每秒请求：{told['rps']}；等待 p50 {told['p50_ms']}、p95 {told['p95_ms']}、"
          f"p99 {told['p99_ms']} 毫秒")  # fmt: skip
    print(f"  语句：{told['statements']}")
    known = {"bench", "case", "cpu_ms", "floor_cpu_ms", "floor_ratio",
             "bare_cpu_ms", "bare_ratio", "rounds_cpu_ms", "rps",
             "database_cpu_ms", "p50_ms", "p95_ms", "p99_ms", "statements", "requests"}  # fmt: skip
    for key, value in told.items():
        if key not in known:
            print(f"  {key}：{value}")
    print(f"  目标：{aim}")
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"  机器：{os.cpu_count()} 核，负载 {load}")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure what the command line names."""
    parser = Parser(
        prog="python3 run.py bench", description="测量。",
        epilog="例子：\n  python3 run.py bench sign-in --case postgresql-64\n"
        "  python3 run.py bench list --json",
    )  # fmt: skip
    parser.add_argument(
        "name",
        choices={**BENCHES, **DEEDS},
        metavar="名称",
        help="；".join(f"{one} {bench.title}" for one, bench in {**BENCHES, **DEEDS}.items()),
    )
    parser.add_argument(
        "--case", metavar="情形", help="如 sqlite-8；不写则逐一测量，--json 只测第一种"
    )
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")
    options = parser.parse_args(argv)
    bench = {**BENCHES, **DEEDS}[options.name]
    if options.case and options.case not in bench.cases:
        parser.error(f"argument --case: 可选 {'、'.join(bench.cases)}")
    cases = [options.case] if options.case else bench.cases
    try:
        for case in cases[:1] if options.json else cases:
            if options.name in DEEDS:
                told = import_module(f"bench.{bench.module}").measure(bench.module, case)
                print(json.dumps(told, ensure_ascii=False))
                continue
            told = {**measure(bench.module, case), "bench": options.name}
            if options.json:
                print(json.dumps(told, ensure_ascii=False))
            else:
                show(told, bench.aim)
    except (BenchFailed, NoServer) as trouble:
        print(f"没有测成：{trouble}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
