"""The world in which the prediction begins: empty, but with what of the target decides its answers.

These are its settings, its licence, its agents and the accounts of the run. Its conversations and
departments are not there: no chain touches what it has not made.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from conformance.accounts import ADMIN
from conformance.layers.calling import Caller
from conformance.layers.reading import Answer
from conformance.things import value_at
from mockserver.world.load import defaults

NOW = "2026-03-02T09:00:00Z"
ACTORS = ("agent", "second-agent")
MOST_AGENTS = 100
BOT = "rocket.cat"
SETTINGS = (
    "Livechat_Allow_collect_and_store_HTTP_header_informations",
    "Livechat_Routing_Method",
    "Livechat_Require_Contact_Verification",
    "Livechat_accept_chats_with_no_agents",
    "Livechat_allow_manual_on_hold",
    "Livechat_allow_manual_on_hold_upon_agent_engagement_only",
    "Livechat_assign_new_conversation_to_bot",
    "Livechat_enable_business_hours",
    "Livechat_enable_message_character_limit",
    "Livechat_enable_transcript",
    "Livechat_enabled",
    "Livechat_enabled_when_agent_idle",
    "Livechat_history_monitor_type",
    "Livechat_last_chatted_agent_routing",
    "Livechat_maximum_chats_per_agent",
    "Livechat_message_character_limit",
    "Livechat_request_comment_when_closing_conversation",
    "Livechat_show_agent_info",
    "Livechat_transcript_send_always",
    "Livechat_waiting_queue",
    "Omnichannel_allow_force_close_conversations",
    "Omnichannel_allow_visitors_to_close_conversation",
    "Omnichannel_contact_manager_routing",
    "Omnichannel_enable_department_removal",
)
"""The settings of the server that decide how chains go."""
PROBES = {
    "livechat-enterprise": "GET /api/v1/livechat/units",
    "canned-responses": "GET /api/v1/canned-responses",
}
"""For each module of the licence an operation that is refused without it."""
AGENTS = "GET /api/v1/livechat/users/{type}"
DEPARTMENTS = "GET /api/v1/livechat/department"
APPOINT = "POST /api/v1/livechat/users/{type}"
STATUS = "POST /api/v1/livechat/agent.status"
APPOINT_MONITOR = "POST /api/v1/livechat/monitors.create"
DISMISS_MONITOR = "POST /api/v1/livechat/monitors.delete"
ARE_RENAMED = "GET /api/v1/livechat/priorities.reset"
FIELDS = "GET /api/v1/livechat/custom-fields"
RESET = "POST /api/v1/livechat/priorities.reset"
SETTING = "GET /api/v1/settings/{_id}"
ME = "GET /api/v1/me"


@dataclass(frozen=True)
class Mirror:
    """The target as the prediction needs it.

    `people` are ids and user names by their placeholders; `actors` are the roles of accounts that
    are agents; `agents` are placeholders of agents whom a call may name; `plain_departments` are
    those of the target that ask for no tags; `is_renamed` says whether some priority has a name
    of its own, `is_demanding` whether visitors must fill in custom fields.
    """

    world: Mapping[str, Any]
    people: Mapping[str, str]
    actors: tuple[str, ...]
    agents: tuple[str, ...]
    licence: frozenset[str] = frozenset()
    settings: Mapping[str, Any] = field(default_factory=dict)
    plain_departments: frozenset[str] = frozenset()
    is_renamed: bool = False
    is_demanding: bool = False

    def is_monitor(self, role: str) -> bool:
        """Whether an account was a monitor in the beginning."""
        users = {user["_id"]: user for user in self.world["users"]}
        return "livechat-monitor" in users[self.people[label_of(role)]]["roles"]

    def service_of(self, role: str) -> str:
        """Whether an account took conversations in the beginning."""
        users = {user["_id"]: user for user in self.world["users"]}
        return str(users[self.people[label_of(role)]].get("statusLivechat", "available"))


def of(call: Caller) -> Mirror:
    """Look at the target; skips the test when it does not tell who its accounts are."""
    _appoint(call)
    listed = call(AGENTS, path={"type": "agent"}, count=MOST_AGENTS)
    agents = [item for item in _items(listed) if isinstance(item.get("_id"), str)]
    accounts = dict(_accounts(call, agents))
    users = {one["_id"]: one for one in map(_agent, agents)} | {
        one["_id"]: one for one in accounts.values()
    }
    licence = [module for module, key in PROBES.items() if _succeeds(call, key)]
    settings = dict(_settings(call, licence))
    actors = tuple(a for a in ACTORS if a in accounts and "livechat-agent" in accounts[a]["roles"])
    people, named = _people(call, accounts, actors)
    cat = {"_id": BOT, "name": "Rocket.Cat", "type": "bot", "roles": ["bot"], "status": "online"}
    world = {
        "about": "What of a target decides how chains go.",
        "now": NOW,
        "licence": licence,
        "settings": settings,
        "users": [*users.values(), *([] if BOT in users else [cat])],
    }
    plain = frozenset(_plain_departments(call))
    return Mirror(
        world,
        people,
        actors,
        named,
        frozenset(licence),
        settings,
        plain,
        is_renamed=_is_renamed(call, licence),
        is_demanding=_is_demanding(call),
    )


def _appoint(call: Caller) -> None:
    """Make agents of the accounts that our own mock lends, whatever other layers did to them."""
    target = call.run.target
    for role in target.lent.intersection(ACTORS):
        account = target.others[role]
        body = {"username": account.username}
        call(APPOINT, path={"type": "agent"}, body=body)
        call(STATUS, body={"agentId": account.user_id, "status": "available"})


def _plain_departments(call: Caller) -> Iterator[str]:
    if DEPARTMENTS in call.run.excluded:
        return
    listed = value_at(call(DEPARTMENTS, count=100).body, "departments")
    for item in listed if isinstance(listed, list) else ():
        if not item.get("requestTagBeforeClosingChat") and not item.get("chatClosingTags"):
            yield str(item.get("_id"))


def _is_renamed(call: Caller, licence: list[str]) -> bool:
    """Whether some priority has a name; of our own mock, other layers' names are taken back."""
    if "livechat-enterprise" not in licence or ARE_RENAMED in call.run.excluded:
        return False
    if call.run.target.is_our_mock and RESET not in call.run.excluded:
        call(RESET)
    return value_at(call(ARE_RENAMED).body, "reset") is True


def _is_demanding(call: Caller) -> bool:
    if FIELDS in call.run.excluded:
        return False
    fields = value_at(call(FIELDS, count=100).body, "customFields")
    return isinstance(fields, list) and any(value_at(item, "required") for item in fields)


def _succeeds(call: Caller, operation: str) -> bool:
    """Whether an operation that lists something does so; one that must not help does not."""
    return operation not in call.run.excluded and call(operation, count=1).is_success


def _items(answer: Answer) -> list[dict[str, Any]]:
    users = value_at(answer.body, "users")
    return [u for u in users if isinstance(u, dict)] if isinstance(users, list) else []


def _agent(item: Mapping[str, Any]) -> dict[str, Any]:
    """An agent as a world file has one."""
    given = {
        "_id": item["_id"],
        "name": str(item.get("name") or item["_id"]),
        "username": str(item.get("username") or item["_id"]),
        "token": token_of(str(item["_id"])),
        "roles": ["livechat-agent"],
        "status": item.get("status") or "offline",
    }
    service = item.get("statusLivechat")
    return {**given, "statusLivechat": service} if service else given


def label_of(role: str, what: str = "") -> str:
    """The placeholder of an account's id, or of its name."""
    return "{" + " ".join(filter(None, (*role.split("-"), what))) + "}"


def token_of(user_id: str) -> str:
    """The token by which somebody calls the prediction."""
    return f"kit-{user_id}"


def _accounts(call: Caller, agents: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The accounts of the run as a world file has them, by role; the first one must be there."""
    known = {str(agent["_id"]): agent for agent in agents}
    roles = {role.name for role in defaults.roles(PROBES)}
    for role, account in call.run.target.by_role.items():
        if role not in (ADMIN, *ACTORS):
            continue
        body = call(ME, as_=role).body
        told = body if isinstance(body, dict) else {}
        held = [r for r in told.get("roles") or () if r in roles and r != "user"]
        if role == ADMIN and "admin" not in held:
            pytest.skip("the first account is no administrator, or does not say so")
        item = known.get(account.user_id, {"_id": account.user_id, **told})
        yield role, {**_agent(item), "roles": held}


def _settings(call: Caller, licence: list[str]) -> Iterator[tuple[str, Any]]:
    for name in SETTINGS if SETTING not in call.run.excluded else ():
        answer = call(SETTING, path={"_id": name})
        value = value_at(answer.body, "value")
        if answer.is_success and defaults.setting_fault(name, value, licence) is None:
            yield name, value


def _people(
    call: Caller, accounts: Mapping[str, Mapping[str, Any]], actors: tuple[str, ...]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """What the placeholders of accounts stand for, and those whom a call may name."""
    people: dict[str, str] = {}
    for role in (ADMIN, *actors):
        people[label_of(role)] = accounts[role]["_id"]
        people[label_of(role, "name")] = accounts[role]["username"]
    spared = call.run.target.accounts | call.run.protected
    return people, tuple(label for label in map(label_of, actors) if people[label] not in spared)
