"""What business hours do to agents: who is available, and who may become so."""

from collections.abc import Callable
from typing import Any

import pytest

from mockserver.world.world import World
from tests.administration.steps import API, set_setting
from tests.administration.test_business_hours import DEFAULT, HOURS, save_default, saved, work
from tests.client import Answer, Client

HOUR_MS = 3_600_000
FRIDAY_NINE = {"workHours": [work("Friday", "08:00", "20:00")], "timezoneName": "UTC"}
CLOSED = {"workHours": [work("Sunday", "08:00", "20:00")], "timezoneName": "UTC"}


@pytest.fixture
def wait(world: World) -> Callable[[float], None]:
    """Let the world's clock run on by hours; it stands on a Friday at 09:00 UTC."""

    def run(hours: float) -> None:
        snapshot = world.snapshot()
        world.restore(snapshot._replace(now=snapshot.now + int(hours * HOUR_MS)))

    return run


@pytest.fixture
def switched_on(admin: Client) -> None:
    set_setting(admin, "Livechat_enable_business_hours", True)


@pytest.fixture
def several(admin: Client) -> None:
    set_setting(admin, "Livechat_business_hour_type", "Multiple")
    set_setting(admin, "Livechat_enable_business_hours", True)


def status(manager: Client, agent: str = "test.cat") -> Any:
    return manager.get(f"{API}/users/agent/{agent}").body["user"]["statusLivechat"]


def open_hours(client: Client) -> Any:
    return client.get("/api/v1/me").body.get("openBusinessHours")


def switch(client: Client, wanted: str, **more: Any) -> Answer:
    return client.post(f"{API}/agent.status", {"status": wanted, **more})


def test_hours_that_are_switched_off_do_nothing(
    agent: Client, manager: Client, wait: Callable[[float], None]
) -> None:
    wait(24)

    assert (status(manager), open_hours(agent)) == ("available", None)


@pytest.mark.usefixtures("switched_on")
def test_every_agent_has_the_default_hour_while_it_is_open(agent: Client, manager: Client) -> None:
    assert (status(manager), open_hours(agent)) == ("available", [DEFAULT])


@pytest.mark.usefixtures("switched_on")
def test_agents_go_home_at_closing_time(
    agent: Client, manager: Client, wait: Callable[[float], None]
) -> None:
    open_hours(agent)

    wait(11)

    assert (open_hours(agent), status(manager)) == ([], "not-available")


@pytest.mark.usefixtures("switched_on")
def test_agents_who_are_online_come_in_at_opening_time(
    agent: Client, manager: Client, wait: Callable[[float], None]
) -> None:
    wait(24)
    before = status(manager)

    wait(48)

    assert (before, status(manager), open_hours(agent)) == (
        "not-available",
        "available",
        [DEFAULT],
    )


@pytest.mark.usefixtures("switched_on")
def test_an_agent_who_is_away_stays_unavailable_at_opening_time(
    agent: Client, manager: Client, wait: Callable[[float], None]
) -> None:
    agent.post("/api/v1/users.setStatus", {"message": "", "status": "away"})
    wait(24)
    status(manager)

    wait(48)

    assert (status(manager), open_hours(agent)) == ("not-available", [DEFAULT])


@pytest.mark.usefixtures("switched_on")
def test_outside_hours_an_agent_cannot_become_available(
    agent: Client, wait: Callable[[float], None]
) -> None:
    wait(24)

    answer = switch(agent, "available")

    assert (answer.status, answer.error) == (400, "error-business-hours-are-closed")


@pytest.mark.usefixtures("switched_on")
def test_outside_hours_nothing_changes_for_another_agent(
    manager: Client, wait: Callable[[float], None]
) -> None:
    wait(24)

    answer = switch(manager, "available", agentId="test.cat")

    assert (answer.status, answer.body["status"]) == (200, "not-available")


@pytest.mark.usefixtures("switched_on")
def test_inside_hours_an_agent_comes_and_goes(agent: Client) -> None:
    assert switch(agent, "not-available").body["status"] == "not-available"
    assert switch(agent, "available").body["status"] == "available"


@pytest.mark.usefixtures("switched_on")
def test_a_new_agent_outside_hours_is_unavailable(
    manager: Client, wait: Callable[[float], None]
) -> None:
    wait(24)

    manager.post(f"{API}/users/agent", {"username": "user"})

    assert status(manager, "user") == "not-available"


@pytest.mark.usefixtures("switched_on")
def test_a_new_agent_inside_hours_has_them(manager: Client, user: Client) -> None:
    manager.post(f"{API}/users/agent", {"username": "user"})

    assert (status(manager, "user"), open_hours(user)) == ("available", [DEFAULT])


@pytest.mark.usefixtures("switched_on")
def test_saving_the_default_hour_opens_or_closes_at_once(agent: Client, manager: Client) -> None:
    save_default(manager, **CLOSED)
    closed = (status(manager), open_hours(agent))

    save_default(manager, **FRIDAY_NINE)

    assert closed == ("not-available", [])
    assert (status(manager), open_hours(agent)) == ("available", [DEFAULT])


@pytest.mark.usefixtures("switched_on")
def test_hours_that_are_not_active_are_closed(agent: Client, manager: Client) -> None:
    save_default(manager, active=False, **FRIDAY_NINE)

    assert status(manager) == "not-available"


@pytest.mark.usefixtures("switched_on")
def test_switching_off_removes_the_lists_and_leaves_the_agents(
    agent: Client, admin: Client, manager: Client, wait: Callable[[float], None]
) -> None:
    wait(24)
    status(manager)

    set_setting(admin, "Livechat_enable_business_hours", False)

    assert (status(manager), open_hours(agent)) == ("not-available", None)


@pytest.mark.usefixtures("switched_on")
def test_nobody_is_there_for_visitors_outside_hours(
    visitor: Client, wait: Callable[[float], None]
) -> None:
    wait(24)

    config = visitor.get(f"{API}/config").body["config"]

    assert config["online"] is False


@pytest.mark.usefixtures("switched_on")
def test_a_bot_never_goes_home(
    admin: Client, manager: Client, wait: Callable[[float], None]
) -> None:
    manager.post(f"{API}/users/agent", {"username": "rocket.cat"})

    wait(24)

    assert status(manager, "rocket.cat") == "available"


@pytest.mark.usefixtures("several")
def test_members_of_a_department_have_its_hour_and_not_the_default_one(
    agent: Client, kim: Client, lee: Client, manager: Client
) -> None:
    hour = saved(manager, departmentsToApplyBusinessHour="support,sales", **FRIDAY_NINE)

    assert [open_hours(client) for client in (agent, kim, lee)] == [[hour]] * 3


@pytest.mark.usefixtures("several")
def test_members_of_a_closed_department_go_home(
    agent: Client, kim: Client, manager: Client
) -> None:
    saved(manager, departmentsToApplyBusinessHour="support", **CLOSED)

    assert (status(manager), open_hours(agent)) == ("not-available", [])
    assert switch(agent, "available").error == "error-business-hours-are-closed"


@pytest.mark.usefixtures("several")
def test_a_new_member_gets_the_hour_of_the_department(user: Client, manager: Client) -> None:
    hour = saved(manager, departmentsToApplyBusinessHour="sales", **FRIDAY_NINE)
    manager.post(f"{API}/users/agent", {"username": "user"})
    before = open_hours(user)

    change(manager, "sales", upsert=["user"])

    assert (before, open_hours(user)) == ([DEFAULT], [hour])


@pytest.mark.usefixtures("several")
def test_a_former_member_gets_the_default_hour_back(user: Client, manager: Client) -> None:
    saved(manager, departmentsToApplyBusinessHour="sales", **FRIDAY_NINE)
    manager.post(f"{API}/users/agent", {"username": "user"})
    change(manager, "sales", upsert=["user"])

    change(manager, "sales", remove=["user"])

    assert open_hours(user) == [DEFAULT]


def change(manager: Client, department: str, **lists: list[str]) -> None:
    items = {
        name: [{"agentId": one, "username": one} for one in lists.get(name, [])]
        for name in ("upsert", "remove")
    }
    assert manager.post(f"{API}/department/{department}/agents", items).status == 200


@pytest.mark.usefixtures("several")
def test_an_hour_without_departments_is_switched_off_and_its_agents_fall_back(
    agent: Client, manager: Client
) -> None:
    hour = saved(manager, departmentsToApplyBusinessHour="support", **CLOSED)
    status(manager)

    manager.post(f"{API}/department/archive/support")

    found = manager.get(f"{API}/business-hour", type="custom", _id=hour).body["businessHour"]
    assert (found["active"], found["departments"]) == (False, [])
    assert (status(manager), open_hours(agent)) == ("available", [DEFAULT])


@pytest.mark.usefixtures("several")
def test_agents_of_a_removed_hour_go_home(agent: Client, manager: Client) -> None:
    hour = saved(manager, departmentsToApplyBusinessHour="support", **FRIDAY_NINE)
    before = open_hours(agent)

    manager.post(f"{HOURS}.remove", {"_id": hour, "type": "custom"})

    assert (before, open_hours(agent), status(manager)) == ([hour], [], "not-available")


@pytest.mark.usefixtures("several")
def test_a_department_opens_and_closes_by_its_own_hour(
    agent: Client, manager: Client, wait: Callable[[float], None]
) -> None:
    hours = [work("Friday", "10:00", "12:00")]
    hour = saved(
        manager, departmentsToApplyBusinessHour="support", workHours=hours, timezoneName="UTC"
    )
    seen = [status(manager)]

    for _ in range(2):
        wait(2)
        seen.append(status(manager))

    assert seen == ["not-available", "available", "not-available"]
    assert hour not in (open_hours(agent) or [])


def test_removing_an_hour_sends_agents_home_even_where_hours_do_nothing(manager: Client) -> None:
    hour = saved(manager)

    manager.post(f"{HOURS}.remove", {"_id": hour, "type": "custom"})

    assert status(manager) == "not-available"


@pytest.mark.usefixtures("several")
def test_an_hour_of_other_departments_stays_open_for_their_members(
    agent: Client, kim: Client, manager: Client
) -> None:
    hour = saved(manager, departmentsToApplyBusinessHour="support,sales", **FRIDAY_NINE)

    manager.post(f"{API}/department/archive/support")

    found = manager.get(f"{API}/business-hour", type="custom", _id=hour).body["businessHour"]
    assert (found["active"], [one["_id"] for one in found["departments"]]) == (True, ["sales"])
    assert (open_hours(kim), open_hours(agent)) == ([hour], [DEFAULT])
