"""Makes the calls of openapi/examples.yaml, each in a fresh default world."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
import yaml
from msgspec import UNSET

from mockserver import contract as contracts
from mockserver.contract import Contract, Operation
from mockserver.in_process import Answer, exchange
from mockserver.served import Served
from mockserver.world.licence import Module
from mockserver.world.load import load

WORLD = "documented"
FILE = "examples.yaml"
NAMED = re.compile(r"\{(\w+)\}")

QueryValue = str | int | float | bool | list[str]


class RecordingError(Exception):
    """The examples cannot be recorded; the message says which one and why."""


class Step(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One call: `call` is an operation's key, `as` the caller; `keep` names parts of the answer.

    What was kept (`room: room._id`) stands for itself in braces in later calls (`{room}`). Where
    `headers` name the content's type, the body is a text that is sent as it stands.
    """

    call: str
    caller: str | None = msgspec.field(name="as", default=None)
    path: dict[str, str] = {}
    query: dict[str, QueryValue] = {}
    headers: dict[str, str] = {}
    body: Any = UNSET
    keep: dict[str, str] = {}


class Entry(Step, kw_only=True, forbid_unknown_fields=True):
    """One example: the call, the status that it gets, and what happens `before`."""

    summary: str
    status: int = 200
    before: list[Step] = []
    without_licence: bool = msgspec.field(name="without-licence", default=False)
    rate_limited: bool = msgspec.field(name="rate-limited", default=False)


def read_entries() -> dict[str, Entry]:
    """Return the entries of openapi/examples.yaml by name, in the order of the file."""
    try:
        text = (contracts.folder() / FILE).read_text(encoding="utf-8")
        entries = msgspec.convert(yaml.safe_load(text), dict[str, Entry])
    except OSError as error:
        raise RecordingError(f"openapi/{FILE} cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        words = " ".join(str(error).split())
        raise RecordingError(f"openapi/{FILE} cannot be used: {words}") from error
    names = Counter(re.findall(r"^(\w+):", text, re.MULTILINE))
    if twice := [name for name, times in names.items() if times > 1]:
        raise RecordingError(f"openapi/{FILE} has two entries named {', '.join(twice)}")
    return entries


class Recorder:
    """Answers entries by a mock of its own, in this process."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.world = load(WORLD)
        self._fresh = self.world.snapshot()
        self._served = Served(contract, self.world)
        from mockserver.app import create  # late, so that its caller can silence connexion before

        self._app = create(self._served)

    async def value(self, name: str, entry: Entry) -> Any:
        """Return the body that the mock answers to an entry; raises `RecordingError`."""
        answer = await self.answer(name, entry)
        operation = self.operation(name, entry)
        got = f"example {name}: {entry.call} answers {answer.status}"
        if answer.status != entry.status:
            raise RecordingError(f"{got}, not {entry.status}: {answer.content[:200]!r}")
        if str(answer.status) not in operation.statuses:
            raise RecordingError(f"{got}, which openapi/{operation.document}.yaml does not have")
        is_json = answer.headers["content-type"].startswith("application/json")
        return answer.body if is_json else answer.content.decode()

    async def answer(self, name: str, entry: Entry) -> Answer:
        """Return the mock's answer to an entry, whatever its status."""
        self.world.restore(self._fresh)
        if entry.without_licence:
            with self.world.transaction():
                self.world.remove(Module)
        kept: dict[str, str] = {}
        for step in entry.before:
            answer = await self._send(name, step, kept)
            if answer.status != 200:
                raise RecordingError(
                    f"example {name}: {step.call} before it answers {answer.status}, not 200: "
                    f"{answer.content[:200]!r}"
                )
            kept |= {key: _pick(name, answer.body, where) for key, where in step.keep.items()}
        return await self._repeated(name, entry, kept)

    async def _repeated(self, name: str, entry: Entry, kept: Mapping[str, str]) -> Answer:
        if not entry.rate_limited:
            return await self._send(name, entry, kept)
        self._served.rate_limits = True
        try:
            for _ in range(self.operation(name, entry).rate_limit.calls):
                await self._send(name, entry, kept)
            return await self._send(name, entry, kept)
        finally:
            self._served.rate_limits = False

    def operation(self, name: str, step: Step) -> Operation:
        """Return the operation that a step calls."""
        try:
            return self.contract[step.call]
        except KeyError:
            raise RecordingError(f"example {name}: the contract has no {step.call}") from None

    async def _send(self, name: str, step: Step, kept: Mapping[str, str]) -> Answer:
        operation = self.operation(name, step)
        headers = dict(step.headers)
        if step.caller:
            headers |= {"X-User-Id": step.caller, "X-Auth-Token": f"{step.caller}-token"}
        content = b""
        if "Content-Type" in headers:
            content = str(step.body).encode()
        elif step.body is not UNSET:
            headers["Content-Type"] = "application/json"
            content = msgspec.json.encode(_filled(name, step.body, kept))
        path = _path(name, operation, _filled(name, step.path, kept))
        query = {key: _wire(value) for key, value in _filled(name, step.query, kept).items()}
        return await exchange(
            self._app,
            operation.method,
            path,
            query=urlencode(query, doseq=True),
            headers=headers,
            content=content,
        )


def _path(name: str, operation: Operation, given: Mapping[str, str]) -> str:
    if set(NAMED.findall(operation.path)) != given.keys():
        raise RecordingError(f"example {name}: `path` does not fill {operation.path}")
    return NAMED.sub(lambda found: quote(given[found[1]], safe=""), operation.path)


def _wire(value: QueryValue) -> QueryValue:
    return str(value).lower() if isinstance(value, bool) else value


def _filled(name: str, value: Any, kept: Mapping[str, str]) -> Any:
    """Return a value with what was kept in the place of its name in braces."""
    if isinstance(value, dict):
        return {key: _filled(name, item, kept) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(name, item, kept) for item in value]
    if not isinstance(value, str):
        return value
    if unknown := set(NAMED.findall(value)) - kept.keys():
        raise RecordingError(f"example {name}: no earlier call keeps {', '.join(sorted(unknown))}")
    return NAMED.sub(lambda found: kept[found[1]], value)


def _pick(name: str, body: Any, where: str) -> str:
    """Return the part of an answer that a path of keys and numbers names (`messages.0._id`)."""
    found = body
    try:
        for key in where.split("."):
            found = found[int(key) if isinstance(found, list) else key]
    except (LookupError, TypeError, ValueError):
        raise RecordingError(f"example {name}: an earlier answer has no {where}") from None
    return str(found)
