"""Request validation in the server's dialects, behind one entry: `compile`."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Literal

from mockserver.validation.ajv import Instance, walker
from mockserver.validation.fastpath import acceptor
from mockserver.validation.match import check_of
from mockserver.validation.refusal import InvalidRequest

Place = Literal["query", "body"]
Validator = Callable[[Any], Any]


class Dialect(StrEnum):
    """How the server judges the requests of an operation, and how it words a refusal."""

    SCHEMA = "schema"
    """A classic route: AJV's sentences and ` [invalid-params]`."""
    TYPED = "typed"
    """A route of the newer router: AJV's sentences alone."""
    CHECK = "check"
    """Meteor's `check()`: nothing is coerced, `Match error: …`."""
    NONE = "none"
    """Nothing is judged."""


def compile(
    schema: dict[str, Any],
    *,
    dialect: Dialect,
    place: Place,
    ajv: Literal["query", "body"] | None = None,
) -> Validator:
    """Make the function that judges one query or body: it returns the value or refuses it.

    `schema` is an OpenAPI 3.0.3 schema with its references resolved; `x-not-empty: true` asks for a
    text that is not blank. Formats other than basic_email, rfc_email, date, date-time,
    iso-date-time, matrix-room-id and int32 say nothing, nor do OpenAPI's keywords for readers. A
    `discriminator` chooses a branch of `oneOf` as AJV's does, so leave it out where the server has
    none. `x-type` is the validator's union of types, beside an `anyOf` that tells it to readers.
    `ajv` names AJV's instance where it is not that of the place. Under `check` a root with
    `x-check-arguments: true` has each of its properties checked alone, as if it were an argument.

    Under the AJV dialects the value given is **coerced in place** and returned; the root is judged,
    never replaced. After a refusal it may be coerced in part. The other dialects change nothing.

    The function raises `InvalidRequest`, for a value nested too deep too. It compiles the schema
    when it is first called; a schema that cannot be used raises `ValueError` or `TypeError` then.
    """
    if dialect is Dialect.NONE:
        return _untouched
    if dialect is Dialect.CHECK:
        return _Lazy(lambda: check_of(schema))
    ending = " [invalid-params]" if dialect is Dialect.SCHEMA else ""
    is_typed_query = dialect is Dialect.TYPED and place == "query"
    error_type = "error-invalid-params" if is_typed_query else "invalid-params"
    return _Lazy(lambda: _judge(schema, Instance(ajv or place), ending, error_type))


def _untouched(value: Any) -> Any:
    return value


class _Lazy:
    """A validator that is compiled when it is first called, so that a start costs nothing."""

    __slots__ = ("_build", "_judge")

    def __init__(self, build: Callable[[], Validator]) -> None:
        self._build = build
        self._judge: Validator | None = None

    def __call__(self, value: Any) -> Any:
        if self._judge is None:
            self._judge = self._build()
        try:
            return self._judge(value)
        except RecursionError:
            # The words of JavaScript, whose server answers the same way to such a value.
            raise InvalidRequest("Maximum call stack size exceeded") from None


def _judge(schema: dict[str, Any], instance: Instance, ending: str, error_type: str) -> Validator:
    walk = walker(schema, instance)
    accepts = acceptor(schema)

    def judge(value: Any) -> Any:
        if accepts is not None and _accepted(accepts, value):
            return value
        if faults := walk(value):
            sentences = "\n ".join(fault.sentence for fault in faults)
            raise InvalidRequest(f"{sentences}{ending}", error_type)
        return value

    return judge


def _accepted(accepts: Callable[[Any], bool], value: Any) -> bool:
    try:
        return accepts(value)
    except ValueError:
        return False
