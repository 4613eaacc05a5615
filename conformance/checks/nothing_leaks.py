"""No answer shows the inside of the server: no stack trace, no file path, no password hash."""

import re
from collections.abc import Iterator
from typing import Any

from schemathesis import Response

from conformance.answers import json_of
from conformance.checks.rule import Case, Deviation, rule
from mockserver.contract import Operation

LEAKS = {
    "a Python stack trace": re.compile(r"Traceback \(most recent call last\)"),
    "a JavaScript stack trace": re.compile(r"\bat [\w.<>\[\] ]+ \(?[\w./\\:-]+\.[jt]s:\d+:\d+\)?"),
    "a path of the server's files": re.compile(
        r"(?<![\w.])/(?:usr|home|root|opt|var|srv|app|etc|tmp)/[\w.-]+/[\w./-]*\.(?:py|js|ts|so|conf)\b"
        r"|node_modules/|site-packages/"
    ),
    "a password hash": re.compile(r"\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}"),
    "a stored login token": re.compile(r'"hashedToken"|"loginTokens"'),
    "a database error": re.compile(r"MongoServerError|sqlalchemy\.|psycopg|sqlite3\.\w+Error"),
}


STRANGERS_MISS = frozenset({"roles", "statusDefault", "statusConnection"})
"""What a user's document has, and who is not signed in is never told."""
HIDDEN = {"GET /api/v1/livechat/visitors.info": frozenset({"token"})}
"""What single operations leave out on purpose."""


class Leak(Deviation):
    """An answer shows what should stay inside."""

    kind_title = "Answer leaks internals"


@rule
def nothing_leaks(response: Response, case: Case, operation: Operation) -> None:
    text = response.content.decode("utf-8", errors="replace")
    for what, pattern in LEAKS.items():
        found = pattern.search(text)
        if found and found[0] not in _sent(response):
            raise Leak(case, f"the answer shows {what}: {found[0][:80]!r}")
    for key in _kept_back(operation, json_of(response)):
        raise Leak(case, f"the answer shows {key!r}, which is not for this caller")


def _kept_back(operation: Operation, value: Any) -> Iterator[str]:
    """The keys of an answer that this caller is not to see, wherever they stand."""
    hidden = HIDDEN.get(operation.key, STRANGERS_MISS if operation.public else frozenset())
    if isinstance(value, dict):
        yield from hidden & value.keys()
        for part in value.values():
            yield from _kept_back(operation, part)
    elif isinstance(value, list):
        for part in value:
            yield from _kept_back(operation, part)


def _sent(response: Response) -> str:
    """What the caller wrote himself may come back."""
    body = response.request.body
    if isinstance(body, bytes):
        body = body.decode("utf-8", errors="replace")
    return f"{response.request.url} {body}"
