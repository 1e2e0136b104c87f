"""Which sign-in rule holds for a session."""

from dataclasses import dataclass

from yanxiu.activities.assurance import Level, levels
from yanxiu.activities.models import Session, SignInDesk, SignInRule


@dataclass(frozen=True)
class RuleInForce:
    """How one session establishes who came."""

    roll_only: bool
    signs_out: bool
    confirmed_levels: frozenset[str]
    desk: SignInDesk | None

    @property
    def is_signing_out(self) -> bool:
        """Whether codes for leaving are taken now."""
        return bool(self.desk and self.desk.sign_out_opened_at)

    @property
    def is_stopped(self) -> bool:
        """Whether the host has stopped sign-in."""
        return bool(self.desk and self.desk.stopped_at)

    def needs_confirmation(self, level: Level) -> bool:
        """Tell whether sign-ins of `level` count only once a host has confirmed them."""
        return level.code in self.confirmed_levels


def rule_of(session: Session) -> RuleInForce:
    """Return the rule of `session`, whose activity and organisation are loaded; two statements.

    The nearest organisation goes before its superiors, and in it the kind before the general rule.
    """
    desk = SignInDesk.objects.filter(session=session).first()
    upwards = session.organisation.lineage
    rules = [
        rule
        for rule in SignInRule.objects.filter(organisation__in=upwards)
        if rule.kind_id in {None, session.activity.kind_id}
    ]
    rules.sort(key=lambda rule: (upwards.index(rule.organisation_id), rule.kind_id is not None))
    rule = rules[-1] if rules else SignInRule()
    way = (desk.way if desk else "") or rule.way
    own = desk.signs_out if desk else None
    must = {one.code for one in levels().values() if one.needs_confirmation}
    return RuleInForce(
        roll_only=way == SignInRule.Way.ROLL,
        signs_out=rule.signs_out if own is None else own,
        confirmed_levels=frozenset(must | set(rule.confirmed_levels or [])),
        desk=desk,
    )
