"""What can be measured, in which cases, and what is aimed at; the first case is the one of JSON."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """One bench: the module that lays it out, what it is, its cases, the aim."""

    module: str
    title: str
    cases: tuple[str, ...]
    aim: str


BENCHES = {
    "sign-in": Known(
        "sign_in",
        "教师签到：一次提交，一行考勤、一行留痕",
        ("sqlite-8", "sqlite-64", "postgresql-8", "postgresql-64"),
        "SQLite CPU ≤ 3 毫秒，PostgreSQL ≤ 5 毫秒，≤ 地板的 5 倍，语句 ≤ 8",
    ),
    "list": Known(
        "list_page",
        "五千名教师的名单：第一页与最后一页",
        ("sqlite-8", "postgresql-8"),
        "CPU ≤ 12 毫秒；最后一页 ≤ 第一页的 1.3 倍；语句 ≤ 10",
    ),
    "login-page": Known(
        "login_page", "登录页", ("sqlite-8", "sqlite-64", "postgresql-8"), "CPU ≤ 2 毫秒"
    ),
}
