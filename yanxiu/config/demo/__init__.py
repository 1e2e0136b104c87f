"""The demo school: fictional people, two terms of history, all made through the actions."""

from yanxiu.config.demo.loading import load

__all__ = ["load"]
