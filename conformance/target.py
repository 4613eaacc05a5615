"""The server under test: is it there, who are we to it, and may we write to it?"""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests

from conformance.options import Login, Options
from conformance.verdict import CannotTest
from mockserver.contract import Effect

MOCK_NAME = "rocketchat-omnichannel-kit"
HEALTH = "/__mock__/health"
LOGIN = "/api/v1/login"


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


@dataclass(frozen=True)
class Target:
    """A reachable server with the accounts of the run."""

    url: str
    account: Account
    plain: Account | None
    is_our_mock: bool
    effects: frozenset[Effect]

    @property
    def by_prefix(self) -> dict[str, Account]:
        """The accounts by the beginning of the shell variables that stand for them."""
        plain = {"PLAIN_": self.plain} if self.plain else {}
        return {**plain, "": self.account}

    def named(self, name: str) -> Account | None:
        """The account of this name (`admin`, `plain`), None when the run has none."""
        return {"admin": self.account, "plain": self.plain}[name]

    @property
    def accounts(self) -> frozenset[str]:
        """Everything by which a request can mean an account of this run."""
        return frozenset().union(*(account.names for account in self.by_prefix.values()))


def connect(url: str, options: Options) -> Target:
    """Reach the server and sign in; raises `CannotTest` with a sentence that says what failed."""
    _check_url(url)
    is_our_mock = _is_our_mock(url, options.timeout)
    asked = options.account
    plain = options.plain
    if is_our_mock and not asked.given:
        asked = Login("admin", "admin")
    if is_our_mock and not plain.given:
        plain = Login("user", "user")
    if not asked.given:
        raise CannotTest(
            "No account was given: use --user and --password, or --token and --user-id."
        )
    return Target(
        url=url,
        account=_sign_in(url, asked, options.timeout),
        plain=_sign_in(url, plain, options.timeout) if plain.given else None,
        is_our_mock=is_our_mock,
        effects=_effects(options, is_our_mock),
    )


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        sound = False
    if not sound:
        raise CannotTest(f"{url!r} is no address: it should look like https://chat.example.com.")


def _is_our_mock(url: str, timeout: float) -> bool:
    try:
        answer = requests.get(url + HEALTH, timeout=timeout)
    except requests.RequestException as error:
        raise CannotTest(f"{url} cannot be reached: {_cause(error)}.") from error
    health = _json(answer)
    return answer.status_code == 200 and health.get("mock") == MOCK_NAME


def _sign_in(url: str, login: Login, timeout: float) -> Account:
    if login.token:
        if not login.user_id:
            raise CannotTest("--token needs --user-id, the id of the user whom it belongs to.")
        account = Account(login.user_id, login.token)
        return Account(login.user_id, login.token, _username(url, account, timeout))
    if not login.password:
        raise CannotTest(f"No password was given for the account {login.user!r}.")
    body = {"user": login.user, "password": login.password}
    try:
        answer = requests.post(url + LOGIN, json=body, timeout=timeout)
    except requests.RequestException as error:
        raise CannotTest(f"{url} cannot be reached: {_cause(error)}.") from error
    data = _json(answer).get("data")
    if answer.status_code != 200 or not isinstance(data, dict) or "authToken" not in data:
        raise CannotTest(
            f"Signing in as {login.user!r} was refused: {answer.status_code} {_says(answer)}."
        )
    return Account(str(data["userId"]), str(data["authToken"]), login.user)


def _username(url: str, account: Account, timeout: float) -> str | None:
    try:
        answer = requests.get(url + "/api/v1/me", headers=account.headers, timeout=timeout)
    except requests.RequestException as error:
        raise CannotTest(f"{url} cannot be reached: {_cause(error)}.") from error
    if answer.status_code == 401:
        raise CannotTest(f"The token of the user {account.user_id!r} was refused: {_says(answer)}.")
    username = _json(answer).get("username")
    return username if isinstance(username, str) else None


def _effects(options: Options, is_our_mock: bool) -> frozenset[Effect]:
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


def _cause(error: requests.RequestException) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return "its TLS certificate is not valid"
    if isinstance(error, requests.Timeout):
        return "it does not answer in time"
    if isinstance(error, requests.ConnectionError):
        text = str(error)
        return "its name is unknown" if "resol" in text.lower() else "nothing answers there"
    return " ".join(str(error).split())
