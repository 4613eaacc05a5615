"""A JSON answer is one value in UTF-8, as every parser reads it, and its headers say so."""

import json
from typing import Any, NoReturn

from schemathesis import Response

from conformance.checks.rule import Case, Deviation, rule
from mockserver.contract import Operation

MARK = b"\xef\xbb\xbf"


class LooseJson(Deviation):
    """Some parsers read the answer and others do not, or read something else."""

    kind_title = "Answer is no strict JSON"


@rule
def json_is_strict(response: Response, case: Case, operation: Operation) -> None:
    kind = ",".join(response.headers.get("content-type", ()))
    if "json" not in kind.lower() or response.status_code == 204:
        return
    _, _, charset = kind.lower().partition("charset=")
    if charset.strip(' "').partition(";")[0] not in ("", "utf-8"):
        raise LooseJson(case, f"JSON is sent in UTF-8, but Content-Type is {kind!r}")
    if fault := _fault(response.content):
        raise LooseJson(case, fault)


def _fault(content: bytes) -> str | None:
    if content.startswith(MARK):
        return "it begins with a byte order mark"
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        return f"byte {error.start} is no UTF-8"
    try:
        value = json.loads(text, parse_constant=_refuse, object_pairs_hook=_unique)
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return "a text holds half of a character"
    except ValueError as error:
        return str(error) if text.strip() else "the body is empty"
    return None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise ValueError(f"a key stands twice in an object: {_first_twice(names)!r}")
    return dict(pairs)


def _first_twice(names: list[str]) -> str:
    return next(name for i, name in enumerate(names) if name in names[:i])
