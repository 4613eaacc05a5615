"""What a chain needs to be played again; a file for pytest carries this text whole.

So it leans on nothing of the kit. A chain holds no ids and no names of its own: it says
`{department 1}` for what an earlier call made, `{agent}` and `{agent name}` for an account, and
`{run}` where a name of the run begins.
"""

import json
import os
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

import requests

LABEL = re.compile(r"\{[a-z]+(?: [a-z0-9]+)*\}")
RUN = "{run}"
ADDRESS, PATIENCE = "URL", 30
WORDED_DIFFERENTLY = "invalid-params"
"""A code that some release lines leave out."""
ID = re.compile(r"[0-9a-f]{24}|[2-9A-HJ-NP-Za-km-z]{17}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ID_KEY = re.compile(r"(^|.)(_id|Id|Ids|rid|token)$")
GUEST = re.compile(r"guest-\d+")
TIME = re.compile(r"\d{4}-\d\d(-\d\d(T.*)?)?")
MILLISECONDS = 10**11
MARKS = "?#~="


class Names:
    """What the placeholders stand for on one server."""

    def __init__(self, run: str, known: Mapping[str, str]) -> None:
        self._run = run
        self._values = dict(known)
        self._labels = {value: label for label, value in known.items()}

    def keep(self, label: str, value: str) -> None:
        """Remember what a label stands for; of several for one value the first counts."""
        self._values[label] = value
        self._labels.setdefault(value, label)

    def filled(self, template: Any) -> Any:
        """A template with values in the place of placeholders."""
        if isinstance(template, Mapping):
            return {self.filled(name): self.filled(part) for name, part in template.items()}
        if isinstance(template, list | tuple):
            return [self.filled(part) for part in template]
        if not isinstance(template, str):
            return template
        text = template.replace(RUN, self._run)
        return LABEL.sub(lambda found: self._values.get(found[0], found[0]), text)

    def told(self, value: Any) -> Any:
        """A value of an answer with placeholders in the place of what differs between servers."""
        if isinstance(value, Mapping):
            return {self.told(name): self.told(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self.told(part) for part in value]
        if not isinstance(value, str):
            return value
        return self._labels.get(value) or value.replace(self._run, RUN)

    def masked(self, value: Any, key: str = "") -> Any:
        """A value as `told` gives it, without what is false or empty, strange ids and times."""
        if isinstance(value, Mapping):
            parts = {name: self.masked(part, str(name)) for name, part in value.items()}
            return {self.told(name): part for name, part in parts.items() if part}
        if isinstance(value, list):
            return [self.masked(part, key) for part in value]
        if isinstance(value, int | float) and value > MILLISECONDS:
            return "(a time)"
        if not isinstance(value, str) or self.knows(value):
            return self.told(value)
        if TIME.fullmatch(value) or GUEST.fullmatch(value):
            return "(a time)" if TIME.fullmatch(value) else "(a guest)"
        return "(an id)" if ID.fullmatch(value) or ID_KEY.search(key) else self.told(value)

    def knows(self, value: Any) -> bool:
        """Whether a label stands for a value."""
        return isinstance(value, str) and value in self._labels


def inner(value: Any, steps: str) -> Any:
    """What stands in nested objects under names joined by dots, None when nothing does."""
    for step in steps.split(".") if steps else ():
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def found(where: str, body: Any, names: Names) -> Any:
    """What stands at `department._id`, or at `triggers[name={run}a]._id`."""
    place, is_list, rest = where.partition("[")
    if not is_list:
        return inner(body, where)
    condition, _, steps = rest.partition("].")
    key, _, value = condition.partition("=")
    items = inner(body, place)
    for item in items if isinstance(items, list) else ():
        if inner(item, key) == names.filled(value):
            return inner(item, steps)
    return None


def kept(keeps: Mapping[str, str], body: Any, names: Names) -> dict[str, str]:
    """Remember the ids of new things; gives by place what each is the id of.

    That may be a thing known before, as when a visitor asks for a room and has one.
    """
    ids = {label: found(where, body, names) for label, where in keeps.items()}
    texts = {label: id_ for label, id_ in ids.items() if isinstance(id_, str)}
    for label, id_ in texts.items():
        names.keep(label, id_)
    return {keeps[label]: names.told(id_) for label, id_ in texts.items()}


def shown(shows: Mapping[str, Iterable[str]], body: Any, names: Names) -> dict[str, Any]:
    """What of an answer is compared, by place, in terms that all servers share.

    Of the object at `department` the named keys; of the list `departments[_id]` the items that are
    known by the key in brackets; of `messages[*]` all in their order, of `messages[+]` in any. A
    key that ends in `?` counts as there or not, one that ends in `#` is an id, which counts when it
    is known, of one that ends in `~` ids and times count as there, and one that ends in `=` is told
    apart from nothing when it is empty. What else is false or empty counts as absent. A list that
    goes on on another page shows nothing.
    """
    return {
        place: _at(place, keys, body, names)
        for place, keys in shows.items()
        if is_whole(place, body)
    }


def is_whole(place: str, body: Any) -> bool:
    """Whether an answer has all of a list, as far as it says; True for what is no list."""
    items, total = inner(body, place.partition("[")[0]), inner(body, "total")
    return "[" not in place or not isinstance(total, int) or total <= len(items or ())


def _at(place: str, keys: Iterable[str], body: Any, names: Names) -> Any:
    steps, is_list, key = place.partition("[")
    if key in ("*]", "+]"):
        items = inner(body, steps)
        all_ = [_object(keys, one, names) for one in (items if isinstance(items, list) else [])]
        return all_ if key == "*]" else sorted(all_, key=repr)
    told = {id_: _object(keys, one, names) for id_, one in objects(place, body, names).items()}
    return told if is_list else told.get("", {})


def objects(place: str, body: Any, names: Names) -> dict[str, Any]:
    """The object at a place, under no name; or the known items of a list, by their labels."""
    steps, is_list, key = place.partition("[")
    value = inner(body, steps)
    if not is_list:
        return {"": value}
    items = value if isinstance(value, list) else []
    known = [(item, inner(item, key[:-1])) for item in items]
    return {names.told(id_): item for item, id_ in known if names.knows(id_)}


def _object(keys: Iterable[str], value: Any, names: Names) -> dict[str, Any]:
    parts = ((key, _value(key, value, names)) for key in keys)
    return {key: names.told(part) for key, part in parts if part}


def _value(key: str, value: Any, names: Names) -> Any:
    part = inner(value, key.rstrip(MARKS))
    if key.endswith("#"):
        return part if names.knows(part) else None
    if key.endswith("~"):
        return names.masked(part, key.rstrip(MARKS))
    if key.endswith("="):
        return json.dumps(names.masked(part))
    return part is not None if key.endswith("?") else part


def differences(predicted: Any, got: Any, place: str = "") -> Iterator[str]:
    """Where two values differ, each with what was predicted and what is there."""
    if isinstance(predicted, Mapping) and isinstance(got, Mapping):
        for name in dict.fromkeys((*predicted, *got)):
            within = f"{place}.{name}" if place else str(name)
            yield from differences(predicted.get(name), got.get(name), within)
    elif predicted != got:
        yield f"{place}: predicted {_words(predicted)}, got {_words(got)}"


def _words(value: Any) -> str:
    text = "nothing (or false, or empty)" if value is None else repr(value)
    return text if len(text) <= 160 else f"{text[:160]}…"


def code_of(body: Any) -> str | None:
    """The code of a refusal; None where release lines differ about it."""
    code = inner(body, "errorType")
    return code if isinstance(code, str) and code != WORDED_DIFFERENTLY else None


class Chain:
    """Plays a chain on the server whose address the environment names, and asserts."""

    def __init__(self, users: Mapping[str, str | None]) -> None:
        """Sign in; `users` are names by role, where they are not secret."""
        self._url = os.environ[ADDRESS].rstrip("/")
        self._headers: dict[str | None, dict[str, str]] = {None: {}}
        known: dict[str, str] = {}
        for role, user in users.items():
            label = role.replace("-", " ")
            known |= {f"{{{label}}}": self._signed_in(role, user)}
            known |= {f"{{{label} name}}": self._json("GET", "/api/v1/me", role)["username"]}
        self._names = Names(f"kit-{uuid.uuid4().hex[:8]}-", known)

    def call(
        self,
        operation: str,
        *,
        status: int,
        code: str | None = None,
        as_: str | None = "admin",
        path: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        keeps: Mapping[str, str] | None = None,
        shows: Mapping[str, Iterable[str]] | None = None,
        predicted: Mapping[str, Any] | None = None,
        ids: Mapping[str, str] | None = None,
        words: str = "",
    ) -> None:
        """Make one call, and assert status, code of a refusal, what it shows, and whose ids."""
        method, _, address = operation.partition(" ")
        for name, value in self._names.filled(path or {}).items():
            address = address.replace("{" + name + "}", quote(value, safe=""))
        sent = {"params": texts(self._names.filled(query or {})), "json": self._names.filled(body)}
        answer = self._send(method, address, as_, **sent)
        assert answer.status_code == status, f"predicted {status}, got {answer.text}"
        told = answer.json()
        if code and code_of(told):
            assert code_of(told) == code
        assert words in str(told.get("error", "") if isinstance(told, dict) else "")
        here = kept(keeps or {}, told, self._names)
        seen = shown(shows or {}, told, self._names)
        wrong = [*differences(ids or {}, {where: here.get(where) for where in ids or {}})]
        wrong += differences({place: (predicted or {}).get(place) for place in seen}, seen)
        assert not wrong, "\n".join(wrong)

    def _signed_in(self, role: str, user: str | None) -> str:
        """The id of a role's account: by its token, else by its name and password."""
        begin = "OMNICHANNEL_" + ("" if role == "admin" else f"{role.upper().replace('-', '_')}_")
        token, id_ = (os.environ.get(begin + name) for name in ("TOKEN", "USER_ID"))
        if not token or not id_:
            name = os.environ.get(f"{begin}USER") or user
            secret = os.environ.get(f"{begin}PASSWORD") or user
            login = {"user": name, "password": secret}
            data = self._json("POST", "/api/v1/login", None, json=login)["data"]
            token, id_ = data["authToken"], data["userId"]
        self._headers[role] = {"X-Auth-Token": token, "X-User-Id": id_}
        return id_

    def _json(self, method: str, path: str, role: str | None, **sent: Any) -> Any:
        answer = self._send(method, path, role, **sent)
        answer.raise_for_status()
        return answer.json()

    def _send(self, method: str, path: str, role: str | None, **sent: Any) -> requests.Response:
        address, headers = self._url + path, self._headers[role]
        return requests.request(method, address, headers=headers, timeout=PATIENCE, **sent)


def texts(query: Mapping[str, Any]) -> dict[str, Any]:
    """Query values as they are written: JSON for objects, `true` and `false` for flags."""
    return {
        name: json.dumps(value) if isinstance(value, bool | dict) else value
        for name, value in query.items()
    }
