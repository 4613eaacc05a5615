"""A call as a line for the shell: it runs as it stands once the export lines before it have run."""

import re
from collections.abc import Iterator
from shlex import quote

from conformance.options import Login, Options
from conformance.results import Request
from conformance.target import LOGIN, Target

_PLACEHOLDER = re.compile(r"\$[A-Z_]+")


def command(request: Request, base_url: str) -> str:
    """The curl command of a request; secrets and the address are shell variables."""
    words = ["curl", "-gi"]
    if request.method != "GET" or request.body is not None:
        words += ["-X", request.method]
    for name, value in request.headers.items():
        words += ["-H", _header(name, value)]
    if request.body is not None:
        words += ["--data-raw", quote(request.body)]
    rest = request.url.removeprefix(base_url)
    return " ".join([*words, '"$URL"' + quote(rest)])


def _header(name: str, value: str) -> str:
    if _PLACEHOLDER.fullmatch(value):
        return f'"{name}: {value}"'
    return quote(f"{name}: {value}" if value else f"{name};")


def exports(target: Target, options: Options) -> Iterator[str]:
    """Lines that set the variables of the commands; no secret stands in them."""
    hint = "   # our own mock: make mock PORT=3000" if options.url is None else ""
    yield f"export URL={quote(target.url if options.url else 'http://127.0.0.1:3000')}{hint}"
    mock = Login("admin", "admin") if target.is_our_mock else Login()
    account = options.account if options.account.given else mock
    yield from _credentials("", target.account.user_id, account, "OMNICHANNEL_PASSWORD")
    if target.plain:
        mock = Login("user", "user") if target.is_our_mock else Login()
        plain = options.plain if options.plain.given else mock
        yield from _credentials("PLAIN_", target.plain.user_id, plain, "OMNICHANNEL_PLAIN_PASSWORD")


def _credentials(prefix: str, user_id: str, login: Login, variable: str) -> Iterator[str]:
    yield f"export {prefix}USER_ID={quote(user_id)}"
    if login.token or not login.user:
        yield f"export {prefix}TOKEN=   # the token that was given to the run"
        return
    password = f"${{{variable}:-{login.user}}}" if login.user == login.password else f"${variable}"
    body = f'{{"user":"{login.user}","password":"{password}"}}'.replace('"', '\\"')
    yield (
        f'export {prefix}TOKEN=$(curl -s "$URL{LOGIN}" -H "Content-Type: application/json"'
        f' -d "{body}" | sed \'s/.*"authToken": *"\\([^"]*\\)".*/\\1/\')'
    )
