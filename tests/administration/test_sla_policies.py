"""SLA policies: made, read, changed and deleted; conversations carry them."""

from typing import Any

import pytest

from mockserver.world.messages.documents import MESSAGES, Message
from mockserver.world.world import World
from tests.client import Answer, Client
from tests.talks.steps import TOKEN, inquiry, open_room, take

API = "/api/v1/livechat"
SLA = f"{API}/sla"


def create(manager: Client, name: str = "Gold", minutes: Any = 10, **more: Any) -> Answer:
    return manager.post(SLA, {"name": name, "dueTimeInMinutes": minutes, **more})


def created(manager: Client, name: str = "Gold", minutes: Any = 10, **more: Any) -> str:
    policy: str = create(manager, name, minutes, **more).body["sla"]["_id"]
    return policy


def promise(agent: Client, rid: Any, policy: Any) -> Answer:
    return agent.put(f"{API}/inquiry.setSLA", {"roomId": rid, "sla": policy})


def test_a_new_policy_is_answered_with_its_id(manager: Client) -> None:
    answer = create(manager, "Gold", 10, description="For those who pay")

    made = answer.body["sla"]
    assert {**made, "_id": ""} == {
        "_id": "",
        "name": "Gold",
        "description": "For those who pay",
        "dueTimeInMinutes": 10,
    }
    assert len(made["_id"]) == 24


def test_a_policy_is_read_with_its_keys_beside_success(manager: Client, agent: Client) -> None:
    policy = created(manager, "Gold", 10)

    read = agent.get(f"{SLA}/{policy}").body

    assert (read["name"], read["dueTimeInMinutes"], read["success"]) == ("Gold", 10, True)
    assert "_updatedAt" in read


def test_policies_are_listed_by_name_in_the_order_of_bytes(manager: Client) -> None:
    before = manager.get(SLA).body["total"]
    for number, name in enumerate(["zb", "Za", "za"]):
        create(manager, name, 1000 + number)

    listed = manager.get(SLA, text="z").body["sla"]
    assert [one["name"] for one in listed if one["dueTimeInMinutes"] >= 1000] == ["Za", "za", "zb"]
    assert manager.get(SLA).body["total"] == before + 3


def test_text_finds_a_part_of_name_or_description(manager: Client) -> None:
    create(manager, "Xenon", 1000)
    create(manager, "Other", 1001, description="like xenon*")

    names = [one["name"] for one in manager.get(SLA, text="XENON").body["sla"]]
    starred = [one["name"] for one in manager.get(SLA, text="xenon*").body["sla"]]

    assert (names, starred) == (["Other", "Xenon"], ["Other"])


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("10", 10), (10.9, 10), (0, 0), (-3, -3), (True, 1), (1e20, 10**20), (1e21, 1)],
)
def test_minutes_are_cut_to_a_whole_number(manager: Client, sent: Any, kept: int) -> None:
    assert create(manager, "Odd", sent).body["sla"]["dueTimeInMinutes"] == kept


def test_a_description_may_be_null(manager: Client) -> None:
    assert create(manager, description=None).body["sla"]["description"] is None


@pytest.mark.parametrize(("name", "minutes"), [("Gold", 99), ("Silver", 10)])
def test_neither_name_nor_minutes_may_be_those_of_another(
    manager: Client, name: str, minutes: int
) -> None:
    create(manager, "Gold", 10)

    answer = create(manager, name, minutes)

    assert (answer.status, answer.error, answer.error_type) == (400, "error-duplicated-sla", None)


def test_a_changed_policy_is_answered_with_the_time_of_the_change(manager: Client) -> None:
    policy = created(manager)

    changed = manager.put(f"{SLA}/{policy}", {"name": "Platinum", "dueTimeInMinutes": 5}).body

    assert changed["sla"]["_updatedAt"]
    assert manager.get(f"{SLA}/{policy}").body["name"] == "Platinum"


def test_a_description_that_is_not_sent_stays(manager: Client) -> None:
    policy = created(manager, description="Kept")

    manager.put(f"{SLA}/{policy}", {"name": "Gold", "dueTimeInMinutes": 11})

    assert manager.get(f"{SLA}/{policy}").body["description"] == "Kept"


def test_a_policy_may_keep_its_name_and_minutes(manager: Client) -> None:
    policy = created(manager, "Gold", 10)

    answer = manager.put(f"{SLA}/{policy}", {"name": "Gold", "dueTimeInMinutes": 10})

    assert answer.status == 200


def test_a_change_may_not_take_the_minutes_of_another(manager: Client) -> None:
    create(manager, "Gold", 10)
    policy = created(manager, "Silver", 20)

    answer = manager.put(f"{SLA}/{policy}", {"name": "Silver", "dueTimeInMinutes": 10})

    assert (answer.status, answer.error) == (400, "error-duplicated-sla")


def test_changing_an_unknown_policy_echoes_and_stores_nothing(manager: Client) -> None:
    answer = manager.put(f"{SLA}/nope", {"name": "Ghost", "dueTimeInMinutes": 77})

    assert (answer.status, answer.body["sla"]["_id"]) == (200, "nope")
    assert manager.get(SLA, text="Ghost").body["total"] == 0


def test_a_deleted_policy_is_gone(manager: Client) -> None:
    policy = created(manager)

    answer = manager.delete(f"{SLA}/{policy}")

    gone = manager.get(f"{SLA}/{policy}")
    assert answer.body == {"success": True}
    assert (gone.status, gone.error) == (404, f"SLA with id {policy} not found")


def test_deleting_an_unknown_policy_is_refused(manager: Client) -> None:
    answer = manager.delete(f"{SLA}/nope")

    assert (answer.status, answer.error) == (400, "SLA with id nope not found")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"dueTimeInMinutes": 1}, "must have required property 'name' [invalid-params]"),
        ({"name": "x"}, "must have required property 'dueTimeInMinutes' [invalid-params]"),
        ({"name": "x", "dueTimeInMinutes": "soon"}, "must be number [invalid-params]"),
        (
            {"name": "x", "dueTimeInMinutes": 1, "color": "red"},
            "must NOT have additional properties [invalid-params]",
        ),
    ],
)
def test_a_policy_is_judged_by_the_schema(
    manager: Client, body: dict[str, Any], error: str
) -> None:
    answer = manager.post(SLA, body)

    assert (answer.status, answer.error, answer.error_type) == (400, error, "invalid-params")


@pytest.mark.parametrize("key", ["_id", "name"])
def test_a_waiting_room_gets_a_policy_by_id_or_name(
    visitor: Client, agent: Client, manager: Client, key: str
) -> None:
    rid = open_room(visitor)
    made = create(manager, "Gold", 10).body["sla"]

    answer = promise(agent, rid, made[key])

    waiting = inquiry(agent, rid)
    room = visitor.get(f"{API}/room", token=TOKEN).body["room"]
    assert answer.body == {"success": True}
    for carrier in (waiting, room):
        assert (carrier["slaId"], carrier["estimatedWaitingTimeQueue"]) == (made["_id"], 10)


def test_giving_a_policy_is_noted_in_the_conversation(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    rid = open_room(visitor)

    promise(agent, rid, created(manager))

    note = world.find(Message, MESSAGES.c.rid == rid, MESSAGES.c.kind.contains("sla"))
    assert note is not None
    assert note.sla_data["definedBy"]["_id"] == "test.cat"


def test_new_minutes_hold_for_inquiries_that_wait(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = open_room(visitor)
    policy = created(manager, "Gold", 10)
    promise(agent, rid, policy)

    manager.put(f"{SLA}/{policy}", {"name": "Gold", "dueTimeInMinutes": 30})

    assert inquiry(agent, rid)["estimatedWaitingTimeQueue"] == 30


def test_conversations_lose_a_deleted_policy(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = open_room(visitor)
    policy = created(manager)
    promise(agent, rid, policy)

    manager.delete(f"{SLA}/{policy}")

    waiting = inquiry(agent, rid)
    room = visitor.get(f"{API}/room", token=TOKEN).body["room"]
    for carrier in (waiting, room):
        assert ("slaId" in carrier, carrier["estimatedWaitingTimeQueue"]) == (False, 9999999)


@pytest.mark.parametrize("rid", ["", None])
def test_a_policy_needs_a_room(agent: Client, manager: Client, rid: Any) -> None:
    answer = promise(agent, rid, created(manager))

    assert (answer.status, answer.error) == (400, "The 'roomId' param is required")


@pytest.mark.parametrize("rid", ["nope", {"$ne": 1}, ["x"]])
def test_an_unknown_room_gets_no_policy(agent: Client, manager: Client, rid: Any) -> None:
    answer = promise(agent, rid, created(manager))

    assert (answer.status, answer.error) == (400, "error-invalid-inquiry")


def test_a_taken_room_gets_no_policy(visitor: Client, agent: Client, manager: Client) -> None:
    rid = open_room(visitor)
    take(agent, rid)

    assert promise(agent, rid, created(manager)).error == "error-invalid-inquiry"


@pytest.mark.parametrize("policy", ["nope", None, 7])
def test_an_unknown_policy_is_given_to_no_room(visitor: Client, agent: Client, policy: Any) -> None:
    answer = promise(agent, open_room(visitor), policy)

    assert (answer.status, answer.error) == (400, "error-invalid-sla")


def test_an_agent_reads_policies_but_makes_none(agent: Client) -> None:
    assert agent.get(SLA).status == 200
    assert create(agent).status == 403


def test_a_monitor_makes_no_policy_either(monitor: Client) -> None:
    assert create(monitor).status == 403


def test_a_user_without_role_sees_no_policies(user: Client) -> None:
    assert user.get(SLA).status == 403
