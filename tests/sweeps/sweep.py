"""Sends all wrong requests of an operation and notes what came of each."""

import json
from dataclasses import dataclass

from mockserver.in_process import Answer
from mockserver.world.world import World
from tests.client import Client
from tests.sweeps.right import prepared
from tests.sweeps.wrong import Wrong, wrongs


@dataclass(frozen=True)
class Outcome:
    """What came of a wrong request: a complaint about the answer, and whether a refusal wrote."""

    what: str
    complaint: str = ""
    left_something: bool = False


def outcomes(nobody: Client, world: World, key: str, outside: str) -> list[Outcome]:
    """Send each wrong request to the world of the right one and return what came of it."""
    caller, request = prepared(nobody, key, outside=outside)
    fresh = ready = world.snapshot()
    found = []
    for wrong in wrongs(request):
        answer, complaint = _sent(caller, wrong)
        is_changed = world.snapshot() != ready
        if is_changed:
            world.restore(fresh)
            ready = world.snapshot()  # restoring counts as a change in the header of the database
        is_refused = answer is None or answer.status >= 400
        found.append(Outcome(wrong.what, complaint, is_refused and is_changed))
    return found


def _sent(caller: Client, wrong: Wrong) -> tuple[Answer | None, str]:
    try:
        answer = wrong.request.sent_by(caller, **wrong.instead)
    except AssertionError as error:  # the answer is not one that the contract documents
        return None, str(error)
    return answer, _complaint(answer, wrong)


def _complaint(answer: Answer, wrong: Wrong) -> str:
    if answer.status >= 500:
        return f"answered {answer.status}"
    if wrong.status not in (None, answer.status):
        return f"answered {answer.status} {answer.content[:200]!r}, not {wrong.status}"
    if answer.status >= 400 and not _is_envelope(answer):
        return f"answered {answer.status} {answer.content[:200]!r} outside the envelope"
    return ""


def _is_envelope(answer: Answer) -> bool:
    """Say whether a refusal is in the envelope, or the documented one of a missing sign-in."""
    body = json.loads(answer.content)
    return isinstance(body, dict) and (body.get("success") is False or answer.status == 401)
