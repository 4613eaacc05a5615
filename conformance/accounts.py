"""The accounts of a run: what each is for, how the user names it, and who it is once signed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

ADMIN = "admin"
CREDENTIALS = frozenset(("x-auth-token", "x-user-id"))
"""The two headers that sign a caller in, in small letters."""
OTHERS: Mapping[str, str] = {
    "plain": "an account without any permission here",
    "agent": "an agent",
    "second-agent": "another agent, to try what is the first one's",
    "manager": "a manager",
    "monitor": "a monitor",
}
"""The accounts beside the first one, each by its role."""

ON_OUR_MOCK: Mapping[str, str] = {
    ADMIN: "admin",
    "plain": "user",
    "agent": "kim.jane",
    "second-agent": "lee.keith",
    "manager": "manager",
    "monitor": "monitor",
}
"""Users of our mock's default world; there a password is the same as the name."""


def prefix(role: str) -> str:
    """How the variables of a role begin: nothing for the first account, else as `SECOND_AGENT_`."""
    return "" if role == ADMIN else f"{role.upper().replace('-', '_')}_"


@dataclass(frozen=True)
class Login:
    """An account as the user names it: by name and password, or by a token that exists already."""

    user: str | None = None
    password: str | None = None
    token: str | None = None
    user_id: str | None = None

    @property
    def given(self) -> bool:
        return bool(self.user or self.token)


@dataclass(frozen=True)
class Account:
    """A signed-in account: the two headers, and its name where we know it."""

    user_id: str
    token: str = field(repr=False)
    username: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        return {"X-Auth-Token": self.token, "X-User-Id": self.user_id}

    @property
    def names(self) -> frozenset[str]:
        """Everything by which a request can mean this account."""
        return frozenset(filter(None, (self.user_id, self.username)))
