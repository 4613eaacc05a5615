"""The waiting queue: automatic routing comes back to it, and limits decide who may take."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mockserver.served import Served
from mockserver.world.load import load
from mockserver.world.world import World
from tests.client import Client
from tests.people.steps import department
from tests.talks.steps import inquiry, open_room, room
from tests.vendor_cases.desk import API, TOKEN, body, hire, office, rest, room_of, set_setting

KEY = "maxNumberSimultaneousChat"
METHODS = ["Auto_Selection", "Load_Balancing", "Load_Rotation"]
NEW = """about: A new workspace with a licence.
licence: [livechat-enterprise]
now: 2020-09-11T09:00:00.000Z
users:
  - {_id: admin, name: Ada Admin, roles: [admin], status: online}
"""
Wait = Callable[..., None]


@pytest.fixture
def world(tmp_path: Path, served: Served) -> World:
    """A workspace that nobody has worked in yet."""
    (tmp_path / "new.yaml").write_text(NEW)
    served.world = load(str(tmp_path / "new.yaml"))
    return served.world


@pytest.fixture
def wait(world: World) -> Wait:
    """Let the world's clock run on; five seconds are one look at the queue."""

    def run(seconds: float = 5) -> None:
        snapshot = world.snapshot()
        world.restore(snapshot._replace(now=snapshot.now + int(seconds * 1000)))

    return run


@pytest.fixture(params=METHODS)
def method(request: pytest.FixtureRequest, admin: Client) -> str:
    set_setting(admin, "Livechat_Routing_Method", request.param)
    set_setting(admin, "Livechat_waiting_queue", True)
    name: str = request.param
    return name


def limit(admin: Client, agent: Client, most: int, *departments: str) -> None:
    """Let an agent have so many conversations at once."""
    wish = {"agentId": agent.headers["X-User-Id"], "agentDepartments": [*departments]}
    body(admin.post(f"{API}/agents.saveInfo", {**wish, "agentData": {KEY: most}}))


def server_of(admin: Client, rid: str) -> Any:
    return (room(admin, rid).get("servedBy") or {}).get("username")


@pytest.mark.usefixtures("method")
def test_a_new_room_waits_until_the_queue_is_looked_at(
    visitor: Client, admin: Client, wait: Wait
) -> None:
    rid = room_of(visitor, TOKEN, office(admin, "Tents", hire(admin, "ann")))

    before = inquiry(admin, rid)["status"]
    wait()

    assert (before, inquiry(admin, rid)["status"]) == ("queued", "taken")


@pytest.mark.usefixtures("method")
def test_the_limit_of_the_agent_holds_where_that_of_the_department_would_not(
    visitor: Client, admin: Client, wait: Wait
) -> None:
    ann = hire(admin, "ann")
    tents = office(admin, "Tents", ann, **{KEY: 2})
    limit(admin, ann, 1, tents)
    rids = [room_of(visitor, token, tents) for token in ("tia", "tom")]

    wait()

    assert [server_of(admin, rid) for rid in rids] == ["ann", None]


@pytest.mark.usefixtures("method")
def test_a_raised_limit_lets_the_next_one_in(visitor: Client, admin: Client, wait: Wait) -> None:
    ann = hire(admin, "ann")
    tents = office(admin, "Tents", ann, **{KEY: 2})
    limit(admin, ann, 1, tents)
    rids = [room_of(visitor, token, tents) for token in ("tia", "tom")]
    wait()

    limit(admin, ann, 2, tents)

    assert [server_of(admin, rid) for rid in rids] == ["ann", "ann"]


@pytest.mark.usefixtures("method")
def test_rooms_of_other_departments_count_for_the_agent(
    visitor: Client, admin: Client, wait: Wait
) -> None:
    ann = hire(admin, "ann")
    tents, boats = office(admin, "Tents", ann), office(admin, "Boats", ann)
    limit(admin, ann, 1, tents, boats)
    room_of(visitor, "tia", tents)
    wait()

    rid = room_of(visitor, "tom", boats)
    wait()

    assert server_of(admin, rid) is None


@pytest.mark.usefixtures("method")
def test_without_a_limit_of_his_own_an_agent_has_that_of_the_workspace(
    visitor: Client, admin: Client, wait: Wait
) -> None:
    tents = office(admin, "Tents", hire(admin, "ann"))
    set_setting(admin, "Livechat_maximum_chats_per_agent", 1)
    rids = [room_of(visitor, token, tents) for token in ("tia", "tom")]

    wait()

    assert [server_of(admin, rid) for rid in rids] == ["ann", None]


@pytest.mark.usefixtures("method")
def test_the_limit_of_the_agent_outweighs_that_of_the_workspace(
    visitor: Client, admin: Client, wait: Wait
) -> None:
    ann = hire(admin, "ann")
    tents = office(admin, "Tents", ann)
    set_setting(admin, "Livechat_maximum_chats_per_agent", 1000)
    limit(admin, ann, 1, tents)
    rids = [room_of(visitor, token, tents) for token in ("tia", "tom")]

    wait()

    assert [server_of(admin, rid) for rid in rids] == ["ann", None]


@pytest.mark.usefixtures("method")
def test_a_department_that_loses_its_limit_is_served_again(
    visitor: Client, admin: Client, wait: Wait
) -> None:
    tents = office(admin, "Tents", hire(admin, "ann"), **{KEY: 1})
    rids = [room_of(visitor, token, tents) for token in ("tia", "tom")]
    wait()

    changed = department(name="Tents", **{KEY: 0})
    body(admin.put(f"{API}/department/{tents}", {"department": changed}))

    assert [server_of(admin, rid) for rid in rids] == ["ann", "ann"]


@pytest.mark.usefixtures("method")
def test_who_is_full_leaves_the_room_to_another(visitor: Client, admin: Client, wait: Wait) -> None:
    ann, bob = hire(admin, "ann"), hire(admin, "bob")
    tents = office(admin, "Tents", ann, bob)
    limit(admin, ann, 1, tents)
    for token in ("tia", "tom", "tim"):
        room_of(visitor, token, tents)

    wait()

    queue = body(admin.get(f"{API}/queue"))["queue"]
    assert {row["user"]["username"]: row["chats"] for row in queue} == {"ann": 1, "bob": 2}


@pytest.mark.usefixtures("method")
def test_the_first_of_a_department_holds_up_its_own_queue_alone(
    visitor: Client, admin: Client, wait: Wait
) -> None:
    away = hire(admin, "ann")
    resting, tents = office(admin, "Resting", away), office(admin, "Tents", hire(admin, "bob"))
    rids = [room_of(visitor, "tia", resting), room_of(visitor, "tom", tents)]
    rest(away)

    wait()

    assert [server_of(admin, rid) for rid in rids] == [None, "bob"]


@pytest.mark.usefixtures("method")
def test_a_room_without_department_is_given_out_too(
    visitor: Client, admin: Client, wait: Wait
) -> None:
    hire(admin, "ann")
    rid = open_room(visitor)

    wait()

    assert server_of(admin, rid) == "ann"


def test_a_queue_waits_for_ever_while_people_take_by_hand(
    visitor: Client, admin: Client, wait: Wait
) -> None:
    set_setting(admin, "Livechat_Routing_Method", "Manual_Selection")
    rid = room_of(visitor, TOKEN, office(admin, "Tents", hire(admin, "ann")))

    wait(3600)

    assert inquiry(admin, rid)["status"] == "queued"


def test_switching_to_an_automatic_method_gives_out_what_waits(
    visitor: Client, admin: Client, wait: Wait
) -> None:
    set_setting(admin, "Livechat_Routing_Method", "Manual_Selection")
    rid = room_of(visitor, TOKEN, office(admin, "Tents", hire(admin, "ann")))
    wait(3600)
    set_setting(admin, "Livechat_Routing_Method", "Auto_Selection")

    at_once = server_of(admin, rid)
    wait()

    assert (at_once, server_of(admin, rid)) == (None, "ann")


def test_the_workspace_says_how_often_the_queue_is_looked_at(
    visitor: Client, admin: Client, wait: Wait
) -> None:
    set_setting(admin, "Livechat_waiting_queue", True)
    set_setting(admin, "Omnichannel_queue_delay_timeout", 30)
    rid = room_of(visitor, TOKEN, office(admin, "Tents", hire(admin, "ann")))
    wait(20)

    early = server_of(admin, rid)
    wait(10)

    assert (early, server_of(admin, rid)) == (None, "ann")


def test_the_agent_that_an_inquiry_wishes_comes_first(
    visitor: Client, admin: Client, wait: Wait
) -> None:
    set_setting(admin, "Livechat_waiting_queue", True)
    ann, bob = hire(admin, "ann"), hire(admin, "bob")
    tents = office(admin, "Tents", ann, bob)
    body(visitor.post(f"{API}/visitor", {"visitor": {"token": TOKEN, "department": tents}}))
    wish = {"token": TOKEN, "agentId": bob.headers["X-User-Id"]}
    rid = body(visitor.get(f"{API}/room", **wish))["room"]["_id"]

    wait()

    assert server_of(admin, rid) == "bob"


def test_a_department_at_rest_is_served_when_its_agent_comes_back(
    visitor: Client, admin: Client, wait: Wait
) -> None:
    off = hire(admin, "off")
    first = office(admin, "First", hire(admin, "ann"))
    resting = office(admin, "Resting", off, allowReceiveForwardOffline=True)
    rest(off)
    rid = room_of(visitor, TOKEN, first)
    body(admin.post(f"{API}/room.forward", {"roomId": rid, "departmentId": resting}))
    wait()

    body(off.post("/api/v1/users.setStatus", {"message": "", "status": "online"}))
    body(off.post(f"{API}/agent.status", {"status": "available"}))

    assert server_of(admin, rid) == "off"
