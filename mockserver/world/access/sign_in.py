"""Signing in and out: passwords, tokens, and the server's words for those whom it turns away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from mockserver.world.access.documents import TOKENS, Password, Token
from mockserver.world.refusal import SignInRefused
from mockserver.world.users import lookup
from mockserver.world.users.documents import User
from mockserver.world.world import World

NAMED = frozenset({"user", "username", "email", "password", "code"})
NAMES: dict[str, Callable[[World, str], User | None]] = {
    "id": lambda world, key: world.get(User, key),
    "username": lookup.by_username,
    "email": lookup.by_email,
}
"""How a user is found by each of the keys that may name him."""


class WrongCredentials(SignInRefused):
    """Nobody has this name, or his password is another; the server does not say which."""


class UnrecognizedLogin(SignInRefused):
    """The body is none of the forms in which one can sign in."""

    error, reason = 400, "Unrecognized options for login request"


class SignedOut(SignInRefused):
    """The token to resume with is not valid, or not any more."""

    error, reason = 403, "You've been logged out by the server. Please log in again."


class Deactivated(SignInRefused):
    """The account has been switched off."""

    error, reason = "error-user-is-not-activated", "User is not activated"


@dataclass(frozen=True)
class Session:
    """A user who has just signed in, and the token that stands for him from now on."""

    user: User
    token: str


def sign_in(world: World, body: Mapping[str, Any]) -> Session:
    """Sign in by password, which makes a new token, or by a token, which stays the same.

    A key beside the known ones makes the server read the body as a request of its own inner form,
    where names and passwords stand elsewhere; so such a body is not recognised.
    """
    if body.get("password") is not None and body.keys() <= NAMED:
        return _begin(world, _by_password(world, body))
    resumed = body.get("resume")
    if not isinstance(resumed, str) or not resumed:
        raise UnrecognizedLogin
    return _resume(world, resumed)


def token_for(world: World, user: User) -> str:
    """Make one more token for a user; those that he has stay valid."""
    return world.add(Token(_id=world.new_id("token"), user_id=user._id))._id


def sign_out(world: World, token: str) -> None:
    """Make one token worthless; the user's other tokens stay."""
    world.remove(Token, TOKENS.c._id == token)


def sign_out_everywhere(world: World, user: User) -> None:
    """Make all tokens of a user worthless."""
    world.remove(Token, TOKENS.c.user_id == user._id)


def set_password(world: World, user: User, password: str) -> None:
    """Give a user without a password his first one."""
    world.add(Password(_id=user._id, digest=digest(password)))


def has_password(world: World, user: User) -> bool:
    """Say whether a user can sign in by password."""
    return world.get(Password, user._id) is not None


def digest(password: str) -> str:
    """Return the hex SHA-256 of a password, the form in which clients may send it too."""
    return sha256(password.encode()).hexdigest()


def _by_password(world: World, body: Mapping[str, Any]) -> User:
    user = _named(world, body)
    known = None if user is None else world.get(Password, user._id)
    if user is None or known is None or known.digest != _sent_digest(body["password"]):
        raise WrongCredentials
    if not user.active:
        raise Deactivated
    return user


def _named(world: World, body: Mapping[str, Any]) -> User | None:
    """Return the user whom the body names; `user` may be either kind of name, or an object."""
    either = body.get("user")
    if isinstance(either, str):
        return (lookup.by_email if "@" in either else lookup.by_username)(world, either)
    for key in ("username", "email"):
        name = body.get(key)
        if isinstance(name, str) and name:
            return NAMES[key](world, name)
    if isinstance(either, dict) and len(either) == 1:
        [(key, name)] = either.items()
        if key in NAMES and isinstance(name, str) and name:
            return NAMES[key](world, name)
    raise UnrecognizedLogin


def _sent_digest(password: Any) -> str:
    if isinstance(password, str):
        return digest(password)
    if isinstance(password, dict) and password.get("algorithm") == "sha-256":
        sent = password.get("digest")
        if isinstance(sent, str):
            return sent.lower()
    raise UnrecognizedLogin


def _begin(world: World, user: User) -> Session:
    token = token_for(world, user)
    return Session(_seen(world, user), token)


def _resume(world: World, token: str) -> Session:
    known = world.get(Token, token)
    user = None if known is None else world.get(User, known.user_id)
    if user is None:
        raise SignedOut
    if not user.active:
        raise Deactivated
    return Session(_seen(world, user), token)


def _seen(world: World, user: User) -> User:
    user.last_login = world.now()
    return world.save(user)
