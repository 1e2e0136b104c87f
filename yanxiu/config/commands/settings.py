"""Shows the settings in force."""

import argparse

HELP = "显示现行的设置（不含密码和密钥）"
EXAMPLE = "yanxiu settings --data data/school"
TABLES = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing but the folder."""
    del parser


def run(options: argparse.Namespace) -> int:
    """Print one line per setting."""
    from django.conf import settings

    del options
    rows = [
        ("数据文件夹 YANXIU_DATA", str(settings.DATA)),
        ("数据库 YANXIU_DATABASE", database(settings.DATABASES["default"])),
        ("对外地址 YANXIU_PUBLIC_URL", settings.PUBLIC_URL),
        ("认可的主机名 YANXIU_HOSTS", "、".join(settings.ALLOWED_HOSTS)),
        ("演示学校 YANXIU_DEMO", yes_or_no(settings.DEMO)),
        ("调试 YANXIU_DEBUG", yes_or_no(settings.DEBUG)),
        ("上传上限 YANXIU_UPLOAD_LIMIT_MB", f"{settings.UPLOAD_LIMIT // 1024 // 1024} MB"),
        ("压缩静态文件 YANXIU_HASHED_STATIC", yes_or_no(not settings.WHITENOISE_USE_FINDERS)),
    ]
    for name, value in rows:
        print(f"{name}：{value}")
    return 0


def database(given: dict[str, object]) -> str:
    """Say which database, without the password."""
    if str(given["ENGINE"]).endswith("sqlite3"):
        return f"SQLite {given['NAME']}"
    place = f"{given['HOST']}:{given['PORT']}" if given["PORT"] else f"{given['HOST']}"
    return f"PostgreSQL {given['USER']}@{place}/{given['NAME']}"


def yes_or_no(value: object) -> str:
    """Say it in Chinese."""
    return "是" if value else "否"
