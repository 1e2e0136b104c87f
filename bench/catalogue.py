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
    "week-calendar": Known(
        "week_calendar",
        "五千名教师的县：研修日历的一周与一月",
        ("sqlite-8", "postgresql-8"),
        "语句 ≤ 10；CPU ≤ 40 毫秒；页面 ≤ 60 KB",
    ),
}

DEEDS = {
    "term-sessions": Known(
        "term_sessions",
        "六十个组一学期的场次：预览、排出、整批撤销",
        ("sqlite",),
        "排出 CPU ≤ 3 秒",
    ),
    "standing": Known(
        "standing",
        "一位教师五年约七百条记录，从读出的行算到达标情况；不含和含待认定的",
        ("memory",),
        "CPU ≤ 20 毫秒",
    ),
    "reckoning": Known(
        "reckoning",
        "一个县五年的记录重新核算：读出、计算、与已存的比较（五百人、五千人）",
        ("sqlite-500", "sqlite-5000"),
        "三百五十万条 CPU ≤ 150 秒；每位教师所用与人数无关；内存不随人数增长",
    ),
    "posting": Known(
        "posting",
        "重新核算入账：一百位教师各一百条、一位教师七百条都变了",
        ("sqlite",),
        "每笔入账的 CPU（微秒）；每次写入事务 ≤ 100 毫秒",
    ),
    "county": Known(
        "county",
        "六十所学校的各校统计：一页、每个数据项、Excel 和 Word",
        ("sqlite",),
        "一页 8 个数据项的语句 ≤ 15",
    ),
    "county-hours": Known(
        "county_hours",
        "五千人的县：各校学时、还差的名单、一位教师五年的学时页",
        ("sqlite",),
        "各校学时 CPU ≤ 40 毫秒、语句 ≤ 10；一位教师的页面语句 ≤ 8",
    ),
    "summary": Known(
        "summary",
        "六十四名教师的学期总结：统计，写成 Word",
        ("sqlite",),
        "CPU ≤ 1 秒",
    ),
    "roster": Known(
        "roster",
        "一个县五千人、六十所学校的花名册：读、比对、写入",
        ("sqlite",),
        "CPU ≤ 5 秒；内存多用 ≤ 120 MB；每次写入事务 ≤ 100 毫秒；别人等写入 p99 ≤ 300 毫秒",
    ),
    "handbooks": Known(
        "handbooks",
        "两百位教师的研修手册合订成一本",
        ("sqlite",),
        "CPU ≤ 60 秒；两百人比二十人多用的内存 ≤ 60 MB",
    ),
    "reading": Known(
        "reading",
        "读文件：一百页的 docx、一万字的计划、一百页的 pdf",
        ("docx-100-pages", "plan-10000", "pdf-100-pages"),
        "docx CPU ≤ 0.5 秒；计划 CPU ≤ 50 毫秒；pdf CPU ≤ 3 秒",
    ),
    "originality": Known(
        "originality",
        "原创核对：一万份、十万份作品里找出抄来的，存、查各要多久",
        ("one-after-the-other",),
        "每 CPU 秒标记 ≥ 4,000 份、存入 ≥ 400 份；一次核对 ≤ 30 毫秒，十万份 ≤ 一万份的 1.5 倍；"
        "改一成找出 ≥ 98%，改三成、嵌在长文里、换字体 ≥ 95%；错指 ≤ 3%",
    ),
    "search": Known(
        "search",
        "一个县六十所学校的十万份文字里搜索：一位教师、县教研室",
        ("one-after-the-other",),
        "一次搜索 ≤ 20 毫秒",
    ),
    "sign-in-load": Known(
        "sign_in_load",
        "五百人一分钟内签到，其中一百人在同一秒；同时导入五千人、重算学时账",
        ("sqlite-busy", "sqlite-alone"),
        "等待 p99 ≤ 300 毫秒",
    ),
}
"""What is measured as one piece of work in its own process, not by requests."""
