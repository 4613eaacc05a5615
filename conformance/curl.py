"""A call as a line for the shell: it runs as it stands once the export lines before it have run."""

import re
from collections.abc import Iterable, Iterator
from shlex import quote

from conformance import transport
from conformance.accounts import ON_OUR_MOCK, Account, Login, prefix
from conformance.options import Options
from conformance.results import Request
from conformance.target import LOGIN, Target

_PLACEHOLDER = re.compile(r"\$[A-Z_]+|\$\{[A-Z_]+(%\?|~~)?\}x?")


def command(request: Request, base_url: str) -> str:
    """The curl command of a request; secrets and the address are shell variables."""
    words = ["curl", f"-gi{_way()}"]
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


def _variable(header: str) -> str:
    return "HEADER_" + re.sub(r"\W", "_", header).upper()


def exports(target: Target, options: Options, commands: Iterable[str]) -> Iterator[str]:
    """Lines that set the variables that the commands use; no secret stands in them."""
    hint = "   # our own mock: make mock PORT=3000" if options.url is None else ""
    yield f"export URL={quote(target.url if options.url else 'http://127.0.0.1:3000')}{hint}"
    for name in transport.chosen().headers:
        yield f"export {_variable(name)}=   # what was given with --header for {name}"
    used = " ".join(commands)
    for role, account in target.by_role.items():
        name = prefix(role)
        if f"${name}USER_ID" in used or f"${name}TOKEN" in used or f"${{{name}TOKEN" in used:
            ours = ON_OUR_MOCK[role] if target.is_our_mock else None
            asked = options.logins[role]
            yield from _credentials(role, account, asked if asked.given else Login(ours, ours))


def _way() -> str:
    """Options of curl for the way to the target, with a blank before each."""
    way = transport.chosen()
    ca = f" --cacert {quote(str(way.ca))}" if way.ca else ""
    return ca + "".join(f' -H "{name}: ${_variable(name)}"' for name in way.headers)


def _credentials(role: str, account: Account, login: Login) -> Iterator[str]:
    name = prefix(role)
    variable = f"OMNICHANNEL_{name}PASSWORD"
    yield f"export {name}USER_ID={quote(account.user_id)}"
    if login.token or not login.user:
        yield f"export {name}TOKEN=   # the token that was given to the run"
        return
    password = f"${{{variable}:-{login.user}}}" if login.user == login.password else f"${variable}"
    body = f'{{"user":"{login.user}","password":"{password}"}}'.replace('"', '\\"')
    yield (
        f'export {name}TOKEN=$(curl -s{_way()} "$URL{LOGIN}" -H "Content-Type: application/json"'
        f' -d "{body}" | sed \'s/.*"authToken": *"\\([^"]*\\)".*/\\1/\')'
    )
