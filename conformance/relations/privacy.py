"""Privacy: what is gone or another's is not shown, whoever knows its name."""

import pytest

from conformance.answers import Kind
from conformance.layers.calling import Caller
from conformance.layers.reading import Answer
from conformance.relations import desk, relation, things
from conformance.relations.windows import ROOMS
from mockserver.contract import Operation

BASE = "/api/v1/livechat/"
VISITOR = f"GET {BASE}visitor/{{token}}"
CANNED = "/api/v1/canned-responses"
UPLOAD = f"POST {BASE}upload/{{rid}}"
MESSAGES = f"GET {BASE}messages/{{rid}}"
FILE = {"file": ("kit.txt", b"Of the kit", "text/plain")}
MOST = 100


@relation(pattern="difference", operations=[VISITOR], writes=True)
def a_deleted_visitor_is_nobody(call: Caller, operation: Operation) -> None:
    """The token of a deleted visitor opens nothing any more, and begins no conversation."""
    token = things.fresh()
    _ = call(desk.VISITOR, body={"visitor": {"token": token, "name": token}}).data
    call.undo(f"DELETE {BASE}visitor/{{token}}", path={"token": token})
    before = call(operation, path={"token": token}).status

    _ = call(f"DELETE {BASE}visitor/{{token}}", path={"token": token}).data

    after = [call(operation, path={"token": token}), call(desk.ROOM, token=token)]
    assert (before, [answer.status for answer in after]) == (200, [400, 400])


@relation(pattern="disjoint", operations=[f"GET {CANNED}/{{_id}}"], writes=True)
def a_private_response_is_private(call: Caller, operation: Operation) -> None:
    """A private response is shown to who made it, and not to an agent who knows its id."""
    name = things.fresh()
    made = things.make(call, things.CANNED, name)
    path = {"_id": made["_id"]}

    own = call(operation, path=path)
    other = call(operation, path=path, as_="agent")

    assert own.status == 200
    assert other.kind is not Kind.JUDGED or other.status in (403, 404)


@relation(pattern="complete", operations=[f"GET {CANNED}"], writes=True)
def responses_are_found_by_their_tags(call: Caller, operation: Operation) -> None:
    """Asked for a tag the list has the response that was made with it, alone."""
    name, tag = things.fresh(), things.fresh()
    made = things.make(call, things.CANNED, name)
    change = {"_id": made["_id"], **things.body(things.CANNED, name), "tags": [tag]}

    _ = call(f"POST {CANNED}", body=change).data

    found = call(operation, query={"tags[]": tag}).items
    assert [one["_id"] for one in found] == [made["_id"]]


@relation(pattern="subset", operations=[ROOMS])
def a_monitor_sees_own_departments(call: Caller, operation: Operation) -> None:
    """A monitor's list has conversations of the departments within reach, and of none."""
    reach = call(things.DEPARTMENTS, count=MOST, onlyMyDepartments="true", as_="monitor")
    if len(reach.items) != reach.total:
        pytest.skip(f"the monitor reaches more than {MOST} departments")
    departments = {one["_id"] for one in reach.items}

    seen = call(operation, count=MOST, as_="monitor").items

    others = {one["departmentId"] for one in seen if "departmentId" in one} - departments
    archived = {one["_id"] for one in call(things.ARCHIVED, count=MOST).items}
    assert others <= archived


@relation(pattern="disjoint", operations=[UPLOAD], writes=True)
def a_file_comes_from_the_visitor_of_the_conversation(call: Caller, operation: Operation) -> None:
    """A file is taken from the visitor of an open conversation alone, and stands in it."""
    place = desk.open_desk(call)
    chat, other = place.begin(), place.begin()
    path = {"rid": chat.room}
    own = _as(chat.token)
    strange: list[dict[str, str]] = [{}, _as(things.fresh()), _as(other.token)]

    refused = [_sent(call, path, headers).status for headers in strange]
    sent = _sent(call, path, own).data
    stands = call(MESSAGES, path=path).items
    _ = call(desk.LEAVE, body={"rid": chat.room, "token": chat.token}).data
    late = _sent(call, path, own)

    shown = [one.get("file", {}).get("name") for one in stands if one["_id"] == sent["_id"]]
    assert ([*refused, late.status], shown) == ([403] * 4, ["kit.txt"])
    assert (sent["rid"], sent["file"]["name"], sent["token"]) == (chat.room, "kit.txt", chat.token)


def _as(token: str) -> dict[str, str]:
    return {"x-visitor-token": token}


def _sent(call: Caller, path: dict[str, str], headers: dict[str, str]) -> Answer:
    return call(UPLOAD, path=path, headers=headers, files=FILE, as_=None)
