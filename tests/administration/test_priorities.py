"""Priorities: there are five, they are renamed and reset, and conversations carry them."""

import pytest

from mockserver.world.messages.documents import MESSAGES, Message
from mockserver.world.world import World
from tests.client import Answer, Client
from tests.talks.steps import TOKEN, closed_room, inquiry, open_room

API = "/api/v1/livechat"
PRIORITIES = f"{API}/priorities"


def rename(manager: Client, priority: str, name: object) -> Answer:
    return manager.put(f"{PRIORITIES}/{priority}", {"name": name})


def names(client: Client, **query: object) -> list[str | None]:
    listed = client.get(PRIORITIES, **query).body["priorities"]
    return [priority.get("name") for priority in listed]


def ids(client: Client, **query: object) -> list[str]:
    return [priority["_id"] for priority in client.get(PRIORITIES, **query).body["priorities"]]


def test_a_licensed_workspace_has_five_priorities(agent: Client) -> None:
    listed = agent.get(PRIORITIES).body

    assert listed["total"] == 5
    assert [(one["i18n"], one["sortItem"], one["dirty"]) for one in listed["priorities"]] == [
        ("Lowest", 5, False),
        ("Low", 4, False),
        ("Medium", 3, False),
        ("High", 2, False),
        ("Highest", 1, False),
    ]


def test_a_priority_has_no_name_before_it_is_renamed(agent: Client) -> None:
    assert "name" not in agent.get(f"{PRIORITIES}/high").body


def test_a_renamed_priority_shows_its_name_and_is_dirty(manager: Client) -> None:
    answer = rename(manager, "high", "  Burning  ")

    read = manager.get(f"{PRIORITIES}/high").body
    assert answer.body == {"success": True}
    assert (read["name"], read["dirty"], read["success"]) == ("Burning", True, True)


def test_renamed_priorities_come_last_by_name(manager: Client) -> None:
    rename(manager, "lowest", "b")
    rename(manager, "highest", "a")

    assert ids(manager) == ["low", "medium", "high", "highest", "lowest"]


def test_a_sort_replaces_the_order(manager: Client) -> None:
    assert ids(manager, sort='{"sortItem": 1}', count=2) == ["highest", "high"]


def test_text_finds_a_part_of_a_name_in_any_case(manager: Client) -> None:
    rename(manager, "high", "Burning")

    assert names(manager, text="URN") == ["Burning"]


def test_text_does_not_find_the_english_word_of_an_unnamed_priority(manager: Client) -> None:
    assert names(manager, text="High") == []


def test_text_is_taken_as_it_is(manager: Client) -> None:
    rename(manager, "high", "Burning")

    assert names(manager, text="B.*g") == []


def test_an_unknown_priority_is_not_found(agent: Client) -> None:
    answer = agent.get(f"{PRIORITIES}/nope")

    assert (answer.status, answer.error) == (404, "Priority with id nope not found")


def test_a_name_in_use_is_refused_in_any_case(manager: Client) -> None:
    rename(manager, "high", "Burning")

    answer = rename(manager, "low", " bURNING ")

    assert (answer.status, answer.error) == (400, "error-duplicate-priority-name")
    assert answer.error_type is None


def test_a_priority_may_get_its_own_name_again(manager: Client) -> None:
    rename(manager, "high", "Burning")

    assert rename(manager, "high", "burning").status == 200


def test_the_english_word_of_another_priority_is_free(manager: Client) -> None:
    assert rename(manager, "high", "Low").status == 200


def test_false_is_a_name(manager: Client) -> None:
    rename(manager, "high", False)

    assert manager.get(f"{PRIORITIES}/high").body["name"] == "false"


def test_two_empty_names_break_the_unique_index(manager: Client) -> None:
    rename(manager, "high", "")

    answer = rename(manager, "low", "")

    assert answer.status == 400
    assert answer.error.startswith("E11000 duplicate key error collection")


@pytest.mark.parametrize("body", [{"name": "x"}, {"reset": True}])
def test_an_unknown_priority_cannot_be_changed(manager: Client, body: dict[str, object]) -> None:
    answer = manager.put(f"{PRIORITIES}/nope", body)

    assert (answer.status, answer.error) == (400, "error-unable-to-update-priority")


def test_an_empty_change_matches_both_forms_and_so_none(manager: Client) -> None:
    answer = manager.put(f"{PRIORITIES}/high", {})

    assert answer.error == "must match exactly one schema in oneOf [invalid-params]"


@pytest.mark.parametrize(
    "body",
    [{"name": "x", "reset": True}, {"nickname": "x"}, {"name": {"de": "x"}}, {"name": []}],
)
def test_a_change_is_of_exactly_one_form(manager: Client, body: dict[str, object]) -> None:
    answer = manager.put(f"{PRIORITIES}/high", body)

    assert (answer.status, answer.error_type) == (400, "invalid-params")
    assert answer.error.endswith("must match exactly one schema in oneOf [invalid-params]")


def test_reset_takes_one_name_back(manager: Client) -> None:
    rename(manager, "high", "Burning")

    manager.put(f"{PRIORITIES}/high", {"reset": True})

    read = manager.get(f"{PRIORITIES}/high").body
    assert (read["dirty"], "name" in read) == (False, False)


def test_a_workspace_says_whether_a_reset_would_change_anything(manager: Client) -> None:
    before = manager.get(f"{API}/priorities.reset").body["reset"]
    rename(manager, "high", "Burning")

    assert (before, manager.get(f"{API}/priorities.reset").body["reset"]) == (False, True)


def test_all_names_are_taken_back_at_once(manager: Client) -> None:
    rename(manager, "high", "Burning")
    rename(manager, "low", "Someday")

    answer = manager.post(f"{API}/priorities.reset")

    assert answer.body == {"success": True}
    assert names(manager) == [None] * 5


def test_a_reset_of_nothing_is_refused_without_a_word(manager: Client) -> None:
    answer = manager.post(f"{API}/priorities.reset")

    assert (answer.status, answer.body) == (400, {"success": False})


def test_a_room_and_its_inquiry_get_a_priority_and_its_weight(
    visitor: Client, agent: Client
) -> None:
    rid = open_room(visitor)

    answer = agent.post(f"{API}/room/{rid}/priority", {"priorityId": "high"})

    waiting = inquiry(agent, rid)
    assert answer.body == {"success": True}
    assert (waiting["priorityId"], waiting["priorityWeight"]) == ("high", 2)
    room = visitor.get(f"{API}/room", token=TOKEN).body["room"]
    assert (room["priorityId"], room["priorityWeight"]) == ("high", 2)


def test_renaming_a_priority_changes_no_conversation(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = open_room(visitor)
    agent.post(f"{API}/room/{rid}/priority", {"priorityId": "high"})

    rename(manager, "high", "Burning")

    assert inquiry(agent, rid)["priorityWeight"] == 2


def test_a_priority_is_taken_from_room_and_inquiry(visitor: Client, agent: Client) -> None:
    rid = open_room(visitor)
    agent.post(f"{API}/room/{rid}/priority", {"priorityId": "high"})

    answer = agent.delete(f"{API}/room/{rid}/priority")

    waiting = inquiry(agent, rid)
    assert answer.body == {"success": True}
    assert ("priorityId" in waiting, waiting["priorityWeight"]) == (False, 99)


def test_a_closed_room_may_get_a_priority_too(visitor: Client, agent: Client) -> None:
    rid = closed_room(visitor, agent)

    answer = agent.post(f"{API}/room/{rid}/priority", {"priorityId": "low"})

    assert answer.status == 200


def test_a_change_of_priority_is_noted_in_the_conversation(
    visitor: Client, agent: Client, world: World
) -> None:
    rid = open_room(visitor)

    agent.post(f"{API}/room/{rid}/priority", {"priorityId": "high"})
    agent.delete(f"{API}/room/{rid}/priority")

    is_note = MESSAGES.c.kind == "omnichannel_priority_change_history"
    noted = [note.priority_data for note in world.all(Message, MESSAGES.c.rid == rid, is_note)]
    by = {"_id": "test.cat", "username": "test.cat"}
    assert [note["definedBy"] for note in noted if note] == [by, by]
    assert ["priority" in note for note in noted if note] == [True, False]


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_an_unknown_room_gets_and_loses_no_priority(agent: Client, method: str) -> None:
    body = {"priorityId": "high"} if method == "POST" else None

    answer = agent.call(method, f"{API}/room/nope/priority", body=body)

    assert (answer.status, answer.error) == (400, "error-room-does-not-exist")


def test_an_unknown_priority_is_given_to_no_room(visitor: Client, agent: Client) -> None:
    answer = agent.post(f"{API}/room/{open_room(visitor)}/priority", {"priorityId": "nope"})

    assert (answer.status, answer.error) == (400, "error-invalid-priority")


def test_giving_a_priority_names_it(agent: Client) -> None:
    answer = agent.post(f"{API}/room/nope/priority", {})

    assert answer.error == "must have required property 'priorityId' [invalid-params]"


def test_an_agent_reads_priorities_but_does_not_rename_them(agent: Client) -> None:
    assert agent.get(PRIORITIES).status == 200
    assert rename(agent, "high", "x").status == 403


def test_a_user_without_role_sees_no_priorities(user: Client) -> None:
    assert user.get(PRIORITIES).status == 403
