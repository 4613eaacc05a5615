"""Each operation called as nobody, with credentials that are none, and as each role of the run.

The calls carry no body and ids of nothing, so that a refusal is all that they can bring about: who
may not call gets it before the request is looked at, and who may is refused for the request itself.
"""

from collections.abc import Iterator
from http import HTTPStatus

import pytest

from conformance import surface
from conformance.accounts import ADMIN, OTHERS
from conformance.answers import Kind, asks_to_sign_in, words_of
from conformance.layers.calling import Caller
from conformance.roles import rights
from mockserver.contract import Operation

ROLES = (*OTHERS, ADMIN)
STRANGERS = "strangers_are_refused"
NO_PERMISSION = "does not have the permissions required for this action"


def strangers(call: Caller) -> Iterator[tuple[str, dict[str, str]]]:
    """Credentials that sign nobody in: each with what is wrong with it."""
    account = call.run.target.account
    token, user = account.token, account.user_id
    yield "without credentials", {}
    yield "with a token alone", {"X-Auth-Token": token}
    yield "with a user's id alone", {"X-User-Id": user}
    yield "with the id of nobody", {"X-Auth-Token": token, "X-User-Id": "kit-nobody"}
    yield "with a truncated id", {"X-Auth-Token": token, "X-User-Id": user[:-1]}
    yield "with an unknown token", {"X-Auth-Token": "kit-unknown", "X-User-Id": user}
    yield "with an empty token", {"X-Auth-Token": "", "X-User-Id": user}
    yield "with a truncated token", {"X-Auth-Token": token[:-1], "X-User-Id": user}
    yield "with a longer token", {"X-Auth-Token": f"{token}x", "X-User-Id": user}
    if token.swapcase() != token:
        pair = {"X-Auth-Token": token.swapcase(), "X-User-Id": user}
        yield "with a token whose letters have the other case", pair
    for other in call.run.target.others.values():
        if other.user_id != user:
            pair = {"X-Auth-Token": token, "X-User-Id": other.user_id}
            yield "with the token of one and the id of another", pair
            return


def guarded() -> Iterator[object]:
    """Every operation for which one must be signed in."""
    for operation in surface.contract():
        if not operation.public:
            mark = pytest.mark.about(operation=operation.key, check=STRANGERS, most=11)
            yield pytest.param(operation, id=operation.key, marks=mark)


@pytest.mark.parametrize("operation", list(guarded()))
def test_strangers_are_refused(call: Caller, operation: Operation) -> None:
    """Nobody signs in without a token and the id of the user whom it belongs to"""
    for how, headers in strangers(call):
        answer = call(operation, headers=headers, as_=None, fill=False)
        if answer.kind is not Kind.JUDGED:
            pytest.skip(str(answer.kind))
        said = f"{answer.status} {words_of(answer.response)}"
        assert asks_to_sign_in(answer.response), f"{how}: expected 401, got {said}"


def cells() -> Iterator[object]:
    """Every operation with every role that may be tried without doing anything."""
    for role in ROLES:
        check = f"permission_of_{role.replace('-', '_')}"
        for operation in surface.contract():
            if not operation.public:
                mark = pytest.mark.about(operation=operation.key, check=check, most=1)
                yield pytest.param(role, operation, id=f"{role}-{operation.key}", marks=mark)


@pytest.mark.parametrize(("role", "operation"), list(cells()))
def test_roles_keep_to_their_permissions(call: Caller, role: str, operation: Operation) -> None:
    """An account may call what its permissions open, and nothing else"""
    held = rights.known().get(role)
    if call.run.target.named(role) is None:
        pytest.skip(f"the run has no account {role!r}")
    if held is None:
        pytest.skip("the target does not tell what the account may do")
    may = rights.may_call(operation, held)
    if may and not _is_refused_for_itself(operation):
        pytest.skip("it can only be tried by doing it")

    answer = call(operation, as_=role, fill=False)

    if answer.kind is not Kind.JUDGED:
        pytest.skip(str(answer.kind))
    said = f"got {answer.status} {words_of(answer.response)}".rstrip()
    needs = " and ".join(operation.all_of) or " or ".join(operation.any_of) or "no permission"
    if may:
        let_in = NO_PERMISSION not in words_of(answer.response)
        assert let_in, f"{role} has what is needed ({needs}): {said}"
        assert answer.status != HTTPStatus.UNAUTHORIZED, f"{role} is signed in: {said}"
    else:
        expected = f"{role} lacks what is needed ({needs}): expected 403, {said}"
        assert answer.status == HTTPStatus.FORBIDDEN, expected
        assert words_of(answer.response), f"{role} is refused without a word of why"


def _is_refused_for_itself(operation: Operation) -> bool:
    """Whether a call without a body and with ids of nothing does nothing."""
    if operation.effect == "read":
        return True
    raw = surface.contract().raw(operation)
    return bool(raw.get("requestBody", {}).get("required")) or "{_id}" in operation.path
