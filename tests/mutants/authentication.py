"""Authentication: a caller is taken for somebody whom his token does not stand for."""

from collections.abc import Callable

from mockserver.world.access import rules
from mockserver.world.access.documents import Token
from mockserver.world.users.documents import User
from mockserver.world.world import World
from tests.mutants import operations as at
from tests.mutants.bodies import refuse
from tests.mutants.plant import Plant
from tests.mutants.registry import (
    Headers,
    Reply,
    Scope,
    spoils_answer,
    spoils_mock,
    spoils_request,
)

REFUSED = "strangers_are_refused"
TOKEN, USER = b"x-auth-token", b"x-user-id"
ADMIN = {TOKEN: b"admin-token", USER: b"admin"}


def credentials(scope: Scope) -> Headers:
    """The two headers of a request, as far as they are there."""
    return {name: value for name, value in scope["headers"] if name in (TOKEN, USER)}


def be(scope: Scope, new: Headers) -> None:
    """Give a request other credentials."""
    others = [(name, value) for name, value in scope["headers"] if name not in (TOKEN, USER)]
    scope["headers"] = [*others, *new.items()]


def _admin_if(scope: Scope, holds: Callable[[bytes | None, bytes | None], object]) -> None:
    given = credentials(scope)
    if holds(given.get(TOKEN), given.get(USER)):
        be(scope, ADMIN)


@spoils_request(kills="sign_in_required", on=at.ROOM_SOURCES)
def nobody_is_admin(scope: Scope) -> None:
    """Who sends neither token nor user id is let in."""
    _admin_if(scope, lambda token, user: token is None and user is None)


def _users_by_token(plant: Plant, matches: Callable[[str, str], object]) -> None:
    """Take a caller for the owner of the first token that matches the one he sends."""

    def user_of(world: World, token: str | None, user_id: str | None) -> User | None:
        for known in world.all(Token) if token is not None and user_id else ():
            if known.user_id == user_id and matches(str(token), known._id):
                return world.get(User, known.user_id)
        return None

    plant.replace(rules.user_of, user_of)


@spoils_mock(kills=REFUSED, on=at.CHATS)
def any_token_accepted(plant: Plant) -> None:
    """Any token will do beside the id of a user who has one."""
    _users_by_token(plant, lambda sent, known: sent)


@spoils_mock(kills=REFUSED, on=at.PRODUCTIVITY)
def empty_token_accepted(plant: Plant) -> None:
    """An empty token is not compared."""
    _users_by_token(plant, lambda sent, known: sent in ("", known))


@spoils_mock(kills=REFUSED, on=at.CONVERSATIONS)
def beginning_of_the_token_enough(plant: Plant) -> None:
    """A token is compared as far as it is sent."""
    _users_by_token(plant, lambda sent, known: sent and known.startswith(sent))


@spoils_mock(kills=REFUSED, on=at.CHAT_TOTALS)
def longer_token_accepted(plant: Plant) -> None:
    """What follows a right token is not looked at."""
    _users_by_token(plant, lambda sent, known: sent.startswith(known))


@spoils_mock(kills=REFUSED, on=at.DEPARTMENTS)
def case_of_the_token_ignored(plant: Plant) -> None:
    """A token counts in capital letters too."""
    _users_by_token(plant, lambda sent, known: sent.lower() == known.lower())


@spoils_mock(kills=REFUSED, on=at.TIMINGS)
def user_id_not_compared(plant: Plant) -> None:
    """The token signs in whom it belongs to, whatever the user id says."""
    plant.edit(rules._user_of, "or known.user_id != user_id", "")
    plant.edit(rules._user_of, "world.get(User, user_id)", "world.get(User, known.user_id)")


@spoils_mock(kills=REFUSED, on=at.NEW_SLA)
def token_of_another_user_accepted(plant: Plant) -> None:
    """Any valid token signs in the user who is named beside it."""
    plant.edit(rules._user_of, "or known.user_id != user_id", "")


@spoils_mock(kills=REFUSED, on=at.AGENTS_STATUS)
def user_id_not_needed(plant: Plant) -> None:
    """The token is enough; no user id need be sent."""
    plant.edit(rules._user_of, "known.user_id != user_id", "user_id not in ('', known.user_id)")
    plant.edit(rules._user_of, "world.get(User, user_id)", "world.get(User, known.user_id)")
    plant.edit(
        rules.user_of, "if not token or not user_id:", "user_id = user_id or ''\n    if not token:"
    )


@spoils_request(kills=REFUSED, on=at.DEPARTMENT_CHATS)
def user_id_is_enough(scope: Scope) -> None:
    """The user id is enough; no token need be sent."""
    _admin_if(scope, lambda token, user: token is None and user == b"admin")


@spoils_answer(kills="sign_in_required", on=at.VISITORS)
def validation_before_sign_in(reply: Reply) -> None:
    """The request is looked at before the caller is."""
    if reply.status == 401 and "term" not in reply.asked.query:
        error = "must have required property 'term' [invalid-params]"
        refuse(reply, 400, error, "invalid-params")


@spoils_answer(kills="sign_in_required", on=at.MEMBERS)
def refusal_in_other_words(reply: Reply) -> None:
    """Who is not signed in is told so in other words."""
    if reply.status == 401:
        reply.body = {"status": "error", "message": "Unauthorized"}


@spoils_answer(kills="sign_in_required", on=at.PRIORITIES)
def answer_beside_the_refusal(reply: Reply) -> None:
    """Who is not signed in gets 200 and a body that says so."""
    if reply.status == 401:
        reply.status = 200
