"""External services: they write what a trigger says, and can be tried beforehand."""

from collections.abc import Sequence
from typing import Any

import msgspec

from mockserver.validation.jsvalue import kind_of
from mockserver.world.refusal import Failure, Refusal
from mockserver.world.settings.documents import value
from mockserver.world.webhooks.calls import NoReply, Outgoing, Reply, TimedOut
from mockserver.world.world import World

TRIED = "test-trigger"
VISITOR = "1234567890"
DEFAULT_TIMEOUT = 1000


class NoSecret(Refusal):
    """Services know the workspace by its secret, and it has none."""

    reason = "Livechat secret token is not configured"


class ServiceFailed(Failure):
    """The service did not answer, or not with messages; visitors would see the fallback."""

    def __init__(self, why: str, fallback: str, *, is_late: bool) -> None:
        error = "error-timeout" if is_late else "error-invalid-external-service-response"
        beside = {"triggerId": TRIED, "response": why, "fallbackMessage": fallback}
        super().__init__(error, beside)


def trial(
    world: World, url: str, timeout: float, extra: Sequence[dict[str, Any]] | None
) -> Outgoing:
    """Return the call that tries a service, or refuse; `timeout` is in milliseconds."""
    secret = value(world, "Livechat_secret_token")
    if not secret:
        raise NoSecret
    headers = {"Accept": "application/json", "X-RocketChat-Livechat-Token": str(secret)}
    body = (
        {"visitorToken": VISITOR} if extra is None else {"metadata": extra, "visitorToken": VISITOR}
    )
    return Outgoing(url, headers, body, max(timeout or DEFAULT_TIMEOUT, 1) / 1000)


def messages(reply: Reply | NoReply, fallback: str) -> dict[str, Any]:
    """Return the answer to a trial: the messages that the service wrote, or refuse."""
    if isinstance(reply, NoReply):
        raise ServiceFailed(str(reply), fallback, is_late=isinstance(reply, TimedOut))
    if reply.status != 200:
        raise ServiceFailed(reply.text, fallback, is_late=False)
    contents = _contents(reply.text)
    if contents is None:
        why = "External service response does not match expected format"
        raise ServiceFailed(why, fallback, is_late=False)
    response = {"statusCode": reply.status, "contents": contents}
    return {"triggerId": TRIED, "response": response}


def _contents(text: str) -> list[Any] | None:
    try:
        answer = msgspec.json.decode(text)
    except (msgspec.MsgspecError, RecursionError):
        return None
    contents = answer.get("contents") if isinstance(answer, dict) else None
    if not isinstance(contents, list) or not contents or not all(map(_is_message, contents)):
        return None
    return contents


def _is_message(one: Any) -> bool:
    if not isinstance(one, dict) or not isinstance(one.get("msg"), str):
        return False
    return kind_of(one.get("order")) == "number"
