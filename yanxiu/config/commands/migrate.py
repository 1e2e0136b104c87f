"""Brings the database to the shape of this version."""

import argparse

HELP = "建立或升级数据库，并放好出厂的岗位、类别等基础数据"
EXAMPLE = "yanxiu migrate --data data/school"
TABLES = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing but the folder."""
    del parser


def run(options: argparse.Namespace) -> int:
    """Migrate, then lay the ground that every house starts with."""
    from django.core.management import call_command

    from yanxiu.config.ground import lay_ground

    del options
    call_command("migrate", interactive=False, verbosity=0)
    lay_ground()
    return 0
