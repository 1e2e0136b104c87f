"""What a text has in common with others."""

from yanxiu.originality.queries.comparing import Match, alike
from yanxiu.originality.queries.showing import Shown, ShownPassage, side_by_side

__all__ = ["Match", "Shown", "ShownPassage", "alike", "side_by_side"]
