"""What the tests need beside Python packages; standard library alone, for `run.py`."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from yanxiu.config import postgresql
from yanxiu.config.installing import WINDOWS, Trouble, calls


class Tool(NamedTuple):
    """Something the tests need that pip cannot give: its name, Debian's package, is it there."""

    name: str
    package: str
    present: Callable[[], bool]


def has_chromium() -> bool:
    """Tell whether a browser for the page tests is there."""
    return any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))


def has_chinese_font() -> bool:
    """Tell whether Chinese characters can be drawn."""
    if not shutil.which("fc-list"):
        return WINDOWS or sys.platform == "darwin"
    found = subprocess.run(["fc-list", ":lang=zh"], check=False, capture_output=True)  # noqa: S607
    return bool(found.stdout.strip())


def has_postgresql() -> bool:
    """Tell whether a PostgreSQL server can be started here."""
    return postgresql.programs() is not None


TOOLS = (
    Tool("Chromium 浏览器", "chromium", has_chromium),
    Tool("中文字体", "fonts-noto-cjk", has_chinese_font),
    Tool("PostgreSQL 服务器", "postgresql", has_postgresql),
)


def ensure_tools() -> None:
    """Have what the tests need; on Debian as root it is installed, elsewhere it is named.

    Raises:
        Trouble: something is missing.
    """
    missing = [tool for tool in TOOLS if not tool.present()]
    if missing and may_install():
        print("正在安装测试所需：" + "、".join(tool.name for tool in missing), flush=True)
        names = [tool.package for tool in missing]
        quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
        calls([*quiet, "update"])
        calls([*quiet, "install", "-y", "--no-install-recommends", *names])
        missing = [tool for tool in missing if not tool.present()]
    if missing:
        names = [tool.package for tool in missing]
        message = (
            f"测试缺少：{'、'.join(tool.name for tool in missing)}，没有开始。请先安装："
            f"apt-get install --no-install-recommends {' '.join(names)}"
            "（其他系统请装同名软件），再重试。"
        )
        raise Trouble(message)


def may_install() -> bool:
    """Tell whether this is a Debian on which we are root and have apt."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return root and Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None
