"""The server under test: is it there, who are we to it, and may we write to it?"""

import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import requests

from conformance import doors
from conformance.accounts import ADMIN, ON_OUR_MOCK, OTHERS, Account, Login
from conformance.exclusions import DEPARTMENTS_LAST, LASTING
from conformance.limits import Limits
from conformance.options import Options
from conformance.verdict import CannotTest
from mockserver.contract import Effect

MOCK_NAME = "rocketchat-omnichannel-kit"
HEALTH, SNAPSHOT = "/__mock__/health", "/__mock__/snapshot"
LOGIN, ME = "/api/v1/login", "/api/v1/me"
REMOVAL = "/api/v1/settings/Omnichannel_enable_department_removal"
_ADDRESS = "it should look like https://chat.example.com."
_API = re.compile(r"/api(/v1)?(/.*)?$")


@dataclass(frozen=True)
class Target:
    """A reachable server with the accounts of the run, the first one and others by their role.

    `lent` are roles whose accounts belong to the world of our own mock; they are things of that
    world like any other, while the accounts that somebody gave are protected. `snapshot` is what a
    mock of ours, found running, can be brought back to. `lasting` are the keys of operations whose
    effect the run could not take back and must, with the reason.
    """

    url: str
    account: Account
    others: Mapping[str, Account]
    is_our_mock: bool
    effects: frozenset[Effect]
    lent: frozenset[str] = frozenset()
    snapshot: str | None = None
    lasting: Mapping[str, str] = field(default_factory=dict)

    @property
    def spares(self) -> bool:
        """Whether nothing that was there before may be changed, and nothing may stay behind."""
        return not self.is_our_mock and "destructive" not in self.effects

    def named(self, role: str) -> Account | None:
        """The account of a role, None when the run has none."""
        return self.account if role == ADMIN else self.others.get(role)

    @property
    def by_role(self) -> dict[str, Account]:
        """All accounts of the run."""
        return {ADMIN: self.account, **self.others}

    @property
    def accounts(self) -> frozenset[str]:
        """Everything by which a request can mean a protected account of this run."""
        own = (account for role, account in self.by_role.items() if role not in self.lent)
        return frozenset().union(*(account.names for account in own))


def connect(url: str, options: Options) -> Target:
    """Reach the server and sign in; raises `CannotTest` with a sentence that says what failed."""
    _check_url(url)
    is_our_mock = _is_our_mock(url, options.timeout)
    snapshot = _snapshot(url, options.timeout) if is_our_mock and options.url else None
    asked = dict(options.logins)
    if is_our_mock and not asked[ADMIN].given:
        asked[ADMIN] = _ours(ADMIN)
    if not asked[ADMIN].given:
        raise CannotTest(
            "No account was given: use --user and --password, or --token and --user-id."
        )
    account = _sign_in(url, asked.pop(ADMIN), options.timeout)
    given = {role: login for role, login in asked.items() if login.given}
    others = {role: _sign_in(url, login, options.timeout) for role, login in given.items()}
    lent = _lent(url, options, others.keys()) if is_our_mock else {}
    target = Target(
        url=url,
        account=account,
        others={**others, **lent},
        is_our_mock=is_our_mock,
        effects=effects_of(options, is_our_mock),
        lent=frozenset(lent) - {"plain"},
        snapshot=snapshot,
    )
    return replace(target, lasting=_lasting(target, options.timeout)) if target.spares else target


def _lasting(target: Target, timeout: float) -> dict[str, str]:
    """The operations whose effect could not be taken back, with the reason."""
    kept = LASTING if _removes_departments(target, timeout) else (*LASTING, DEPARTMENTS_LAST)
    return {entry.operation: entry.reason for entry in kept}


def _removes_departments(target: Target, timeout: float) -> bool:
    headers = target.account.headers
    with suppress(requests.RequestException):
        answer = requests.get(target.url + REMOVAL, headers=headers, timeout=timeout)
        return _json(answer).get("value") is True
    return False


def _lent(url: str, options: Options, given: Collection[str]) -> dict[str, Account]:
    """Accounts of our mock's world for the roles that the user gave none for."""
    lent = {}
    for role in OTHERS:
        if role not in given:
            with suppress(CannotTest):
                lent[role] = _sign_in(url, _ours(role), options.timeout)
    return lent


def _ours(role: str) -> Login:
    return Login(ON_OUR_MOCK[role], ON_OUR_MOCK[role])


def _check_url(url: str) -> None:
    if not _is_address(url):
        near = f"http://{url}"
        meant = f"did you mean {near}?" if "://" not in url and _is_address(near) else _ADDRESS
        raise CannotTest(f"{url!r} is no address: {meant}")
    if found := _API.search(url):
        raise CannotTest(f"{url!r} names the API: leave off {found[0]}.")


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        # Asking for the port judges it.
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _is_our_mock(url: str, timeout: float) -> bool:
    answer = _ask(url, timeout, "GET", HEALTH)
    health = _json(answer)
    return answer.status_code == 200 and health.get("mock") == MOCK_NAME


def _snapshot(url: str, timeout: float) -> str | None:
    """Have our mock keep its world; None when it is too old for that."""
    with suppress(requests.RequestException):
        kept = _json(requests.post(url + SNAPSHOT, timeout=timeout)).get("snapshot")
        return kept if isinstance(kept, str) else None
    return None


def _sign_in(url: str, login: Login, timeout: float) -> Account:
    if login.token:
        if not login.user_id:
            raise CannotTest("--token needs --user-id, the id of the user whom it belongs to.")
        account = Account(login.user_id, login.token)
        return Account(login.user_id, login.token, _username(url, account, timeout))
    if not login.password:
        raise CannotTest(f"No password was given for the account {login.user!r}.")
    body = {"user": login.user, "password": login.password}
    answer = _ask(url, timeout, "POST", LOGIN, json=body)
    data = _json(answer).get("data")
    if answer.status_code == 200 and isinstance(data, dict) and "authToken" in data:
        return Account(str(data["userId"]), str(data["authToken"]), login.user)
    if words := doors.no_api(url, answer, LOGIN):
        raise CannotTest(words)
    said = f"{answer.status_code} {_says(answer)}"
    raise CannotTest(
        f"Signing in as {login.user!r} was refused: {said}; see --user and --password."
    )


def _username(url: str, account: Account, timeout: float) -> str | None:
    answer = _ask(url, timeout, "GET", ME, headers=account.headers)
    if answer.status_code == 401:
        said = f"refused: {_says(answer)}; see --token and --user-id"
        raise CannotTest(f"The token of the user {account.user_id!r} was {said}.")
    if answer.status_code != 404 and (words := doors.no_api(url, answer, ME)):
        raise CannotTest(words)
    username = _json(answer).get("username")
    return username if isinstance(username, str) else None


def _ask(url: str, timeout: float, method: str, path: str, **how: Any) -> requests.Response:
    """Make one of the first calls, as patiently as the server's limits ask for."""
    send = partial(
        requests.request, method, url + path, timeout=timeout, allow_redirects=False, **how
    )
    try:
        return Limits().keep(path, send)
    except requests.RequestException as error:
        raise CannotTest(doors.unreachable(url, error)) from error


def effects_of(options: Options, is_our_mock: bool) -> frozenset[Effect]:
    """What the calls of a run may do to its target."""
    allowed: set[Effect] = {"read"}
    if options.allow_writes or is_our_mock:
        allowed.add("write")
    if options.allow_destructive or is_our_mock:
        allowed.add("destructive")
    return frozenset(allowed)


def _json(answer: requests.Response) -> dict[str, Any]:
    try:
        value = answer.json()
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _says(answer: requests.Response) -> str:
    body = _json(answer)
    text = body.get("message") or body.get("error")
    return str(text).rstrip(".") if text else "(no JSON in the answer)"
