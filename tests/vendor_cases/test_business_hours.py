"""Business hours when departments end and agents come, as the vendor's tests expect them."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.administration.steps import API, set_setting
from tests.administration.test_business_hours import DEFAULT, custom, save_default, saved, work
from tests.client import Client
from tests.people.steps import create_user, department

TODAY: dict[str, Any] = {"workHours": [work("Friday", "00:00", "23:59")], "timezoneName": "UTC"}
NEVER: dict[str, Any] = {
    "workHours": [work("Friday", "00:00", "23:59", open=False)],
    "timezoneName": "UTC",
}


def archive(admin: Client, department_id: str) -> None:
    assert admin.post(f"{API}/department/{department_id}/archive").status == 200


def disable(admin: Client, department_id: str) -> None:
    body = {"department": department(enabled=False)}
    assert admin.put(f"{API}/department/{department_id}", body).status == 200


def delete(admin: Client, department_id: str) -> None:
    assert admin.delete(f"{API}/department/{department_id}").status == 200


@pytest.fixture(params=[archive, disable, delete])
def end(request: pytest.FixtureRequest, admin: Client) -> Callable[[str], None]:
    """End a department in one of the three ways; there are several hours, the default one shut."""
    set_setting(admin, "Livechat_business_hour_type", "Multiple")
    set_setting(admin, "Livechat_enable_business_hours", True)
    set_setting(admin, "Omnichannel_enable_department_removal", True)
    save_default(admin, **NEVER)

    def act(department_id: str) -> None:
        request.param(admin, department_id)

    return act


def kept_by(admin: Client, departments: str) -> str:
    """Save a custom hour that is open now, for departments, and return its id."""
    return saved(admin, departmentsToApplyBusinessHour=departments, **TODAY)


def open_hours(client: Client) -> Any:
    return client.get("/api/v1/me").body.get("openBusinessHours")


def test_an_hour_that_loses_its_only_department_is_inactive(
    end: Callable[[str], None], admin: Client
) -> None:
    hour = kept_by(admin, "support")

    end("support")

    assert (custom(admin, hour)["active"], custom(admin, hour)["departments"]) == (False, [])


def test_an_hour_of_another_department_stays_active(
    end: Callable[[str], None], admin: Client
) -> None:
    hour = kept_by(admin, "support,sales")

    end("support")

    left = [one["_id"] for one in custom(admin, hour)["departments"]]
    assert (custom(admin, hour)["active"], left) == (True, ["sales"])


def test_the_members_of_an_ended_department_fall_back_on_the_default_hour(
    end: Callable[[str], None], admin: Client, agent: Client
) -> None:
    kept_by(admin, "support")
    save_default(admin, **TODAY)

    end("support")

    assert open_hours(agent) == [DEFAULT]


def test_who_is_in_another_department_keeps_its_hour_and_no_other(
    end: Callable[[str], None], admin: Client, kim: Client, lee: Client
) -> None:
    hour = kept_by(admin, "support,sales")
    save_default(admin, **TODAY)

    end("support")

    assert [open_hours(kim), open_hours(lee)] == [[hour], [hour]]


def test_an_hour_stays_active_when_a_department_without_members_is_deleted(admin: Client) -> None:
    for name in ("Livechat_enable_business_hours", "Omnichannel_enable_department_removal"):
        set_setting(admin, name, True)
    set_setting(admin, "Livechat_business_hour_type", "Multiple")
    hour = kept_by(admin, "night-shift")

    delete(admin, "night-shift")

    assert (custom(admin, hour)["active"], custom(admin, hour)["departments"]) == (True, [])


def test_while_the_default_hour_is_shut_agents_have_an_empty_list_and_new_ones_none(
    admin: Client, agent: Client, user: Client
) -> None:
    set_setting(admin, "Livechat_enable_business_hours", True)
    save_default(admin, **NEVER)

    admin.post(f"{API}/users/agent", {"username": "user"})

    assert [open_hours(agent), open_hours(user)] == [[], None]
    assert user.get("/api/v1/me").body["statusLivechat"] == "not-available"


def test_who_is_no_agent_any_more_has_neither_hours_nor_a_status(
    admin: Client, agent: Client
) -> None:
    set_setting(admin, "Livechat_enable_business_hours", True)
    before = open_hours(agent)

    admin.delete(f"{API}/users/agent/test.cat")

    assert before == [DEFAULT]
    assert {"openBusinessHours", "statusLivechat"}.isdisjoint(agent.get("/api/v1/me").body)


def test_an_account_that_is_made_with_the_role_has_the_open_hour_but_is_not_there_yet(
    admin: Client, visitor: Client
) -> None:
    set_setting(admin, "Livechat_enable_business_hours", True)
    made = create_user(admin, "nora", roles=["user", "livechat-agent"])

    signed_in = visitor.post("/api/v1/login", {"user": "nora", "password": "nora"}).body["data"]

    headers = {"X-User-Id": made, "X-Auth-Token": signed_in["authToken"]}
    own = visitor.call("GET", "/api/v1/me", headers=headers).body
    assert (own["openBusinessHours"], own["statusLivechat"]) == ([DEFAULT], "not-available")


def test_nobody_makes_a_deactivated_agent_available(admin: Client, manager: Client) -> None:
    made = create_user(admin, "nora", active=False)
    admin.post(f"{API}/users/agent", {"username": "nora"})
    manager.post(f"{API}/agent.status", {"status": "not-available", "agentId": made})

    answer = manager.post(f"{API}/agent.status", {"status": "available", "agentId": made})

    assert (answer.status, answer.error) == (400, "error-user-deactivated")


@pytest.mark.parametrize(
    ("start", "finish", "read_as"),
    [("08:00:00", "16:30:00", ("08:00", "16:30")), ("8:00", "20:00h", ("08:00", "20:00"))],
)
def test_times_are_read_leniently_and_kept_as_they_came(
    admin: Client, start: str, finish: str, read_as: tuple[str, str]
) -> None:
    hour = saved(admin, workHours=[work("Monday", start, finish)], timezoneName="UTC")

    [day] = custom(admin, hour)["workHours"]
    assert (day["start"]["time"], day["finish"]["time"]) == (start, finish)
    assert (day["start"]["utc"]["time"], day["finish"]["utc"]["time"]) == read_as
