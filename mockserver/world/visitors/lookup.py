"""Finding visitors: by token, by id, by telephone or by e-mail address."""

from mockserver.world.refusal import Refusal
from mockserver.world.visitors.documents import VISITORS, Visitor
from mockserver.world.world import World


class InvalidToken(Refusal):
    """A visitor's call carries a token that nobody registered."""

    reason = "invalid-token"


class UnknownToken(Refusal):
    """The operations on the visitor himself name the unknown token by code."""

    code = "invalid-token"


class VisitorNotFound(Refusal):
    """No visitor has this id."""

    reason = "visitor-not-found"


def by_token(world: World, token: str) -> Visitor:
    """Return the visitor with this token, or refuse."""
    visitor = known(world, token)
    if visitor is None:
        raise InvalidToken
    return visitor


def known(world: World, token: str) -> Visitor | None:
    """Return the visitor with this token."""
    return world.find(Visitor, VISITORS.c.token == token, ~VISITORS.c.disabled)


def registered(world: World, token: str) -> Visitor:
    """Return the visitor with this token for the operations on himself, or refuse."""
    visitor = known(world, token)
    if visitor is None:
        raise UnknownToken
    return visitor


def by_id(world: World, visitor_id: str) -> Visitor:
    """Return the visitor with this id, or refuse."""
    visitor = enabled(world, visitor_id)
    if visitor is None:
        raise VisitorNotFound
    return visitor


def enabled(world: World, visitor_id: str) -> Visitor | None:
    """Return the visitor with this id who was not deleted."""
    return world.find(Visitor, VISITORS.c._id == visitor_id, ~VISITORS.c.disabled)


def by_phone(world: World, number: str) -> Visitor | None:
    """Return the visitor with this telephone number."""
    return world.find(Visitor, VISITORS.c.phone == number, ~VISITORS.c.disabled)


def by_email(world: World, address: str) -> Visitor | None:
    """Return the visitor with this e-mail address, whatever its case."""
    return world.find(Visitor, VISITORS.c.email == address.casefold(), ~VISITORS.c.disabled)
