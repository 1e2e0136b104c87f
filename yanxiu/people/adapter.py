"""What allauth asks the house."""

from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from yanxiu.people.backends import account_behind, typed_name
from yanxiu.people.refusals.log_in import NotOnRoster


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from the roster; allauth checks the password and counts the failures."""

    def is_open_for_signup(self, request: object) -> bool:  # noqa: ARG002
        """Refuse self-registration."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Lead on to pages of this site only, whatever other names it answers to."""
        here = bool(url) and str(url).startswith("/")
        return here and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_login_stages(self) -> list[str]:
        """Ask nothing after the password: there is no address to verify."""
        return []

    def respond_user_inactive(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse somebody who was struck off between the password and the log-in."""
        raise NotOnRoster

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing of allauth's own: the page after a log-in greets by itself."""

    def _get_login_attempts_cache_key(self, *_request: HttpRequest, **credentials: Any) -> str:
        """Count failures by account, so that phone and job number share one count."""
        return attempts_key(credentials["name"], credentials.get("school"))


def attempts_key(name: str, school: Any = None) -> str:
    """Return what failed attempts for `name` are counted under, known account or not."""
    teacher = account_behind(name, school)
    return str(teacher.uid) if teacher else f"{school or ''}:{typed_name(name).lower()}"
