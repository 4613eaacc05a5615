"""Reach: tags and canned responses are there for those whom they are for, and for nobody else."""

from typing import Any

import pytest

from conformance.layers.calling import Caller
from conformance.relations import relation, things
from conformance.relations.forms import CANNED, LIVECHAT
from conformance.relations.refusals import may
from conformance.relations.selection import once
from mockserver.contract import Operation

SAVE_TAG, SAVE_RESPONSE = f"POST {LIVECHAT}/tags.save", f"POST {CANNED}"
RESPONSE, USABLE = f"GET {CANNED}/{{_id}}", f"GET {CANNED}.get"
OF_AGENT = f"GET {LIVECHAT}/agents/{{agentId}}/departments"


def _own_departments(call: Caller) -> list[str]:
    """The departments of the run's agent."""
    agent = call.run.target.named("agent")
    if agent is None:
        pytest.skip("the run has no agent")
    rows = call(OF_AGENT, path={"agentId": agent.user_id}).data["departments"]
    if not rows:
        pytest.skip("the run's agent is in no department")
    return [str(row["departmentId"]) for row in rows]


@relation(pattern="subset", operations=once((things.TAGS, SAVE_TAG)), writes=True)
def tags_are_offered_to_their_departments(call: Caller, operation: Operation) -> None:
    """Agents are offered the tags of their departments and public ones, managers what they ask."""
    own, name = _own_departments(call), things.fresh()
    if may(call, "agent", "manage-livechat-tags"):
        pytest.skip("the run's agent manages tags")
    other = things.fresh()
    for letter, of in {"public": [], "his": [own[0]], "other": [other]}.items():
        body = {"tagData": {"name": f"{name}-{letter}", "description": "Of some"}}
        made = call(SAVE_TAG, body={**body, **({"tagDepartments": of} if of else {})}).data["_id"]
        call.undo(f"{SAVE_TAG.removesuffix('save')}delete", body={"id": made})

    def offered(**how: Any) -> list[str]:
        items = call(things.TAGS, text=name, **how).items
        return [one["name"].removeprefix(f"{name}-") for one in items]

    his = ["his", "public"]
    assert offered(as_="agent") == his
    assert offered(as_="agent", viewAll="true") == his
    assert offered(as_="agent", department=own[0]) == his
    assert offered(as_="agent", department=other) == his
    assert offered() == ["public"]
    assert offered(department=own[0]) == his
    assert offered(department=other) == ["other", "public"]
    assert offered(department=other, viewAll="true") == ["his", "other", "public"]


@relation(
    pattern="subset", operations=once((things.CANNED, RESPONSE, USABLE, SAVE_RESPONSE)), writes=True
)
def responses_are_there_for_their_scope(call: Caller, operation: Operation) -> None:
    """Agents see global responses, those of their departments and their own; others see more."""
    own, name = _own_departments(call), things.fresh()
    if may(call, "agent", "view-all-canned-responses"):
        pytest.skip("the run's agent sees all responses")
    other = things.make(call, things.DEPARTMENTS, things.fresh())["_id"]
    for letter, more in {
        "global": {"scope": "global"},
        "his": {"scope": "department", "departmentId": own[0]},
        "other": {"scope": "department", "departmentId": other},
        "private": {"scope": "user", "departmentId": other},
    }.items():
        _ = call(SAVE_RESPONSE, body={"shortcut": f"{name}-{letter}", "text": "Hello", **more}).data
    mine = {"shortcut": f"{name}-mine", "text": "Hello", "scope": "user"}
    _ = call(SAVE_RESPONSE, body=mine, as_="agent").data
    known = {one["shortcut"]: one for one in call(things.CANNED, text=name, count=100).items}
    for one in known.values():
        call.undo(f"DELETE {CANNED}/{{_id}}", path={"_id": one["_id"]})
    ids = {shortcut.removeprefix(f"{name}-"): one["_id"] for shortcut, one in known.items()}
    private = known[f"{name}-private"]

    seen = {
        who: (_listed(call, name, who), _usable(call, name, who), _readable(call, ids, who))
        for who in ("agent", "admin")
    }

    his, all_ = ["global", "his", "mine"], ["global", "his", "mine", "other", "private"]
    usable = ["global", "his", "other", "private"]
    assert seen == {"agent": (his, his, his), "admin": (all_, usable, all_)}
    assert _listed(call, name, "agent", departmentId=other) == ["other"]
    assert _listed(call, name, "agent", scope="user") == ["mine"]
    assert (private.get("userId"), private.get("departmentId")) == (
        private["createdBy"]["_id"],
        None,
    )


def _listed(call: Caller, name: str, who: str, **how: Any) -> list[str]:
    items = call(things.CANNED, text=name, as_=who, count=100, **how).items
    return [one["shortcut"].removeprefix(f"{name}-") for one in items]


def _usable(call: Caller, name: str, who: str) -> list[str]:
    shortcuts = [one["shortcut"] for one in call(USABLE, as_=who).data["responses"]]
    return sorted(s.removeprefix(f"{name}-") for s in shortcuts if s.startswith(f"{name}-"))


def _readable(call: Caller, ids: dict[str, str], who: str) -> list[str]:
    found = [k for k, v in ids.items() if call(RESPONSE, path={"_id": v}, as_=who).is_success]
    return sorted(found)


@relation(
    pattern="difference",
    operations=once((f"POST {LIVECHAT}/tags.delete", things.CANNED, RESPONSE)),
    writes=True,
)
def a_deleted_tag_leaves_the_responses(call: Caller, operation: Operation) -> None:
    """Responses lose a tag that is deleted, and keep their others."""
    name = things.fresh()
    tags = [things.make(call, things.TAGS, f"{name}-{letter}") for letter in "ab"]
    made = things.make(call, things.CANNED, name)
    body = {"_id": made["_id"], **things.body(things.CANNED, name)}
    _ = call(SAVE_RESPONSE, body={**body, "tags": [tag["name"] for tag in tags]}).data

    things.delete(call, things.TAGS, tags[0]["_id"])

    left = call(RESPONSE, path={"_id": made["_id"]}).data["cannedResponse"]["tags"]
    assert left == [tags[1]["name"]]


@relation(pattern="equality", operations=once((SAVE_RESPONSE, RESPONSE)), writes=True)
def a_response_stays_its_author_s(call: Caller, operation: Operation) -> None:
    """Whoever changes a response, it stays that of its author, and is found by the author."""
    name = things.fresh()
    body = {"shortcut": name, "text": "First", "scope": "user"}
    _ = call(SAVE_RESPONSE, body=body, as_="agent").data
    [made] = call(things.CANNED, text=name).items
    path = {"_id": made["_id"]}
    call.undo(f"DELETE {CANNED}/{{_id}}", path=path)
    made = call(RESPONSE, path=path, as_="agent").data["cannedResponse"]

    change = {"_id": made["_id"], "shortcut": f"{name}-b", "text": "Second", "tags": [name, "kit"]}
    _ = call(SAVE_RESPONSE, body={**body, **change}).data

    shown = call(RESPONSE, path=path, as_="agent").data["cannedResponse"]
    kept = ("_id", "userId", "createdBy", "_createdAt", "scope")
    assert {key: shown.get(key) for key in kept} == {key: made.get(key) for key in kept}
    assert {key: shown.get(key) for key in change} == change
    for how, there in (
        ({"createdBy": made["createdBy"]["_id"]}, True),
        ({"createdBy": call.run.target.account.user_id}, False),
        ({"tags[]": ["kit", "other"]}, True),
        ({"tags[]": ["other"]}, False),
        ({"scope": "user"}, True),
        ({"scope": "global"}, False),
        ({"shortcut": f"{name}-b"}, True),
        ({"shortcut": name}, False),
    ):
        found = call(things.CANNED, query={"text": name, **how}).items
        assert [one["_id"] for one in found] == [made["_id"]] * there, how
