"""Providers of text messages: how each of them words what it delivers."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from mockserver.validation.jsnumber import text_of
from mockserver.world.refusal import Refusal
from mockserver.world.resource import Part

NUMBER = re.compile(r"\s*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)")
WHOLE = re.compile(r"\s*[+-]?[0-9]+")
ORIGIN = {"country": "FromCountry", "state": "FromState", "city": "FromCity", "zip": "FromZip"}


class InvalidData(Refusal):
    """Sender, receiver or text is missing, or is no text."""

    reason = "Invalid data"


class InvalidUrl(Refusal):
    """An attached file has no absolute address; the words are JavaScript's."""

    reason = "Invalid URL"


class Location(Part, kw_only=True):
    """A place on the earth, longitude first."""

    type: str = "Point"
    coordinates: list[float | None]


@dataclass(frozen=True)
class TextMessage:
    """One text message."""

    sender: str
    receiver: str
    text: str
    has_file: bool = False
    location: Location | None = None
    origin: dict[str, str] = field(default_factory=dict)
    """What is known of the sender, by the custom field that keeps it."""


def _twilio(data: dict[str, Any]) -> TextMessage:
    sender, receiver, text = _texts(data, "From", "To", "Body")
    origin = {name: str(data[key]) for name, key in ORIGIN.items() if data.get(key)}
    return TextMessage(sender, receiver, text, _announces_file(data), _location(data), origin)


def _voxtelesys(data: dict[str, Any]) -> TextMessage:
    files = data.get("media") or []
    texts = _texts(data, "from", "to", "body")
    for url in files if isinstance(files, (list, str)) else []:
        if not isinstance(url, str) or not urlsplit(url).scheme:
            raise InvalidUrl
    return TextMessage(*texts, has_file=bool(files))


def _mobex(data: dict[str, Any]) -> TextMessage:
    texts = _texts(data, "from", "to", "content")
    return TextMessage(*texts, has_file=_announces_file(data))


PROVIDERS: dict[str, Callable[[dict[str, Any]], TextMessage]] = {
    "twilio": _twilio,
    "voxtelesys": _voxtelesys,
    "mobex": _mobex,
}


def parse(provider: str, data: Any) -> TextMessage:
    """Return what a provider delivers in the body of its request, or refuse."""
    return PROVIDERS[provider](data if isinstance(data, dict) else {})


def _texts(data: dict[str, Any], *names: str) -> tuple[str, str, str]:
    first, second, third = (data.get(name) for name in names)
    if isinstance(first, str) and isinstance(second, str) and isinstance(third, str):
        return first, second, third
    raise InvalidData


def _announces_file(data: dict[str, Any]) -> bool:
    begins = WHOLE.match(_text(data.get("NumMedia")))
    return begins is not None and int(begins[0]) > 0


def _location(data: dict[str, Any]) -> Location | None:
    latitude, longitude = data.get("Latitude"), data.get("Longitude")
    if not latitude or not longitude:
        return None
    return Location(coordinates=[_number(longitude), _number(latitude)])


def _number(value: Any) -> float | None:
    begins = NUMBER.match(_text(value))
    return float(begins[1]) if begins else None


def _text(value: Any) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return text_of(value)
    return value if isinstance(value, str) else ""
