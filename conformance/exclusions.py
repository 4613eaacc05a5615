"""Everything the kit leaves out on purpose: each entry with its reason, all printed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Exclusion:
    """An operation (or all, `*`), the check that is left out there (or every call), and why."""

    operation: str
    check: str
    reason: str


EVERY_CALL = "all"

NEVER_CALLED = (
    Exclusion(
        "POST /api/v1/login",
        EVERY_CALL,
        "wrong passwords may lock an account; the kit signs in once by itself",
    ),
    Exclusion("POST /api/v1/logout", EVERY_CALL, "would end the session that the run uses"),
    Exclusion("POST /api/v1/users.create", EVERY_CALL, "accounts are outside the Omnichannel API"),
    Exclusion("POST /api/v1/users.delete", EVERY_CALL, "accounts are outside the Omnichannel API"),
    Exclusion("POST /api/v1/users.createToken", EVERY_CALL, "would hand out credentials"),
    Exclusion(
        "POST /api/v1/users.setStatus", EVERY_CALL, "would change an account that the run uses"
    ),
    Exclusion(
        "POST /api/v1/permissions.update",
        EVERY_CALL,
        "could take away what the run's accounts may do",
    ),
    Exclusion("POST /api/v1/roles.addUserToRole", EVERY_CALL, "would change what accounts may do"),
    Exclusion(
        "POST /api/v1/roles.removeUserFromRole", EVERY_CALL, "would change what accounts may do"
    ),
    Exclusion(
        "POST /api/v1/settings",
        EVERY_CALL,
        "could switch the Omnichannel off for the rest of the run",
    ),
    Exclusion(
        "POST /api/v1/settings/{_id}",
        EVERY_CALL,
        "could switch the Omnichannel off for the rest of the run",
    ),
)

_ACCOUNTS = "it changes accounts that were there before; --allow-destructive would call it"
_LASTING = "what it makes cannot be removed again; --allow-destructive would call it"

LASTING = (
    Exclusion("POST /api/v1/livechat/users/{type}", EVERY_CALL, _ACCOUNTS),
    Exclusion("POST /api/v1/livechat/monitors.create", EVERY_CALL, _ACCOUNTS),
    Exclusion("POST /api/v1/livechat/agents.saveInfo", EVERY_CALL, _ACCOUNTS),
    Exclusion("POST /api/v1/livechat/agent.status", EVERY_CALL, _ACCOUNTS),
    Exclusion("POST /api/v1/omnichannel/contacts", EVERY_CALL, _LASTING),
    Exclusion("POST /api/v1/livechat/sms-incoming/{service}", EVERY_CALL, _LASTING),
)
"""Where only writing is allowed: operations whose effect the run cannot take back."""

DEPARTMENTS_LAST = Exclusion(
    "POST /api/v1/livechat/department",
    EVERY_CALL,
    "the server does not allow to remove departments (Omnichannel_enable_department_removal);"
    " --allow-destructive would call it",
)

REPLACED = (
    Exclusion(
        "*",
        "positive_data_acceptance",
        "replaced by valid_request_accepted: unknown ids are answered with 400 here",
    ),
    Exclusion(
        "*",
        "negative_data_rejection",
        "replaced by invalid_request_refused: the server coerces before it judges",
    ),
    Exclusion(
        "*",
        "unsupported_method",
        "replaced by unknown_method_refused: the server answers 404 or 405, without Allow",
    ),
    Exclusion(
        "*",
        "allow_header_conformance",
        "replaced by allow_header_agrees: some paths of the contract are also forms of others",
    ),
)

FILTERED = (
    Exclusion(
        "*",
        "status_code_conformance",
        "not for what not_a_server_error reports already",
    ),
    Exclusion(
        "*",
        "status_code_conformance, response_schema_conformance",
        "not for refusals of requests that hold NUL or no UTF-8: these come before any operation",
    ),
    Exclusion("*", "all", "not for answers 429, 501 and the refusal for want of a licence"),
)

_STILL_200 = {
    "GET /api/v1/livechat/users/{type}/{_id}": "user: null",
    "GET /api/v1/livechat/department/{_id}": "department: null",
    "GET /api/v1/livechat/department/{_id}/agents": "an empty list",
    "GET /api/v1/livechat/agents/{agentId}/departments": "an empty list",
    "GET /api/v1/livechat/visitor/{token}/room": "an empty list",
    "GET /api/v1/livechat/custom-fields/{_id}": "customField: null",
    "GET /api/v1/livechat/triggers/{_id}": "trigger: null",
    "GET /api/v1/livechat/units/{id}": "null",
    "GET /api/v1/livechat/units/{unitId}/monitors": "an empty list",
    "GET /api/v1/livechat/units/{unitId}/departments": "an empty list",
    "GET /api/v1/livechat/units/{unitId}/departments/available": "the departments without a unit",
}

NOT_CHECKED = tuple(
    Exclusion(key, "use_after_free", f"answers 200 with {what} for what is gone")
    for key, what in _STILL_200.items()
)


@dataclass(frozen=True)
class HarmfulBody:
    """A shape of request that is never sent, because it would spoil the rest of the run."""

    operation: str
    matches: Callable[[Any], bool]
    reason: str


TEXT_SETTINGS = (
    "Livechat_title",
    "Livechat_offline_title",
    "Livechat_offline_message",
    "Livechat_offline_success_message",
    "Livechat_offline_form_unavailable",
    "Livechat_conversation_finished_message",
    "Livechat_conversation_finished_text",
    "Livechat_registration_form_message",
)


def _spoils_a_setting(body: Any) -> bool:
    """Whether a setting would get anything but a text, where a text can do no harm."""
    items = body if isinstance(body, list) else []
    settings = [item for item in items if isinstance(item, dict) and "_id" in item]
    return any(
        str(item["_id"]).startswith(("Livechat", "Omnichannel"))
        and not (item["_id"] in TEXT_SETTINGS and isinstance(item.get("value"), str))
        for item in settings
    )


HARMFUL_BODIES = (
    HarmfulBody(
        "POST /api/v1/livechat/agent.status",
        lambda body: not (isinstance(body, dict) and body.get("agentId")),
        "without agentId it would change the run's own account",
    ),
    HarmfulBody(
        "POST /api/v1/livechat/appearance",
        _spoils_a_setting,
        "the server stores any type for any setting, and would then answer others wrongly",
    ),
)

NEVER_A_NAME = frozenset({"scope", "type"})
"""Keys whose values mean no account, though one may be called `user`."""


def harm_of(operation: str, body: Any) -> str | None:
    """Why a request with this JSON body is not sent; None when it does no known harm."""
    for harmful in HARMFUL_BODIES:
        if harmful.operation == operation and harmful.matches(body):
            return harmful.reason
    return None


def printed(called: Callable[[str], bool], *, writes: bool) -> Iterator[Exclusion]:
    """The exclusions that touch operations of this run, for the report.

    A run that changes nothing sees nothing go, so what is said about things that are gone is left
    out.
    """
    after_writes = NOT_CHECKED if writes else ()
    yield from (
        e
        for e in (*NEVER_CALLED, *REPLACED, *FILTERED, *after_writes)
        if e.operation == "*" or called(e.operation)
    )
    for harmful in HARMFUL_BODIES:
        if called(harmful.operation):
            yield Exclusion(harmful.operation, "some calls", harmful.reason)
