"""Business hours: read, listed, saved and removed."""

from typing import Any

import pytest

from tests.administration.steps import API, department
from tests.client import Answer, Client

HOUR = f"{API}/business-hour"
HOURS = f"{API}/business-hours"
DEFAULT = "default-business-hour"


def work(day: str = "Monday", start: str = "08:00", finish: str = "18:00", **more: Any) -> Any:
    return {"day": day, "start": start, "finish": finish, "open": True, **more}


def save(client: Client, name: str = "Late", **more: Any) -> Answer:
    body = {
        "name": name,
        "timezoneName": "America/Sao_Paulo",
        "daysOpen": ["Monday"],
        "departmentsToApplyBusinessHour": "",
        "active": True,
        "type": "custom",
        "workHours": [work()],
        **more,
    }
    return client.post(f"{HOURS}.save", body)


def save_default(client: Client, **more: Any) -> Answer:
    return save(client, "", **{"type": "default", "_id": DEFAULT, **more})


def listed(manager: Client, **query: Any) -> list[dict[str, Any]]:
    hours: list[dict[str, Any]] = manager.get(HOURS, **query).body["businessHours"]
    return hours


def saved(manager: Client, name: str = "Late", **more: Any) -> str:
    assert save(manager, name, **more).status == 200
    hour: str = listed(manager, name=name)[0]["_id"]
    return hour


def custom(manager: Client, hour: str) -> Any:
    return manager.get(HOUR, type="custom", _id=hour).body["businessHour"]


def test_a_workspace_is_open_from_monday_to_friday(monitor: Client) -> None:
    hour = monitor.get(HOUR).body["businessHour"]

    assert (hour["name"], hour["type"], hour["active"]) == ("", "default", True)
    assert hour["timezone"] == {"name": "UTC", "utc": "0"}
    assert [(one["day"], one["code"], one["open"]) for one in hour["workHours"]] == [
        ("Monday", 1, True),
        ("Tuesday", 2, True),
        ("Wednesday", 3, True),
        ("Thursday", 4, True),
        ("Friday", 5, True),
        ("Saturday", 6, False),
        ("Sunday", 7, False),
    ]
    assert hour["workHours"][0]["start"] == {
        "time": "08:00",
        "utc": {"dayOfWeek": "Monday", "time": "08:00"},
        "cron": {"dayOfWeek": "Monday", "time": "08:00"},
    }


@pytest.mark.parametrize("query", [{"type": "default", "_id": "nope"}, {"type": ""}, {"_id": "x"}])
def test_the_default_hour_needs_no_id(monitor: Client, query: dict[str, str]) -> None:
    assert monitor.get(HOUR, **query).body["businessHour"]["_id"] == DEFAULT


@pytest.mark.parametrize(
    "query", [{"type": "odd"}, {"type": "custom"}, {"type": "custom", "_id": "nope"}]
)
def test_what_is_not_there_is_null(monitor: Client, query: dict[str, str]) -> None:
    answer = monitor.get(HOUR, **query)

    assert (answer.status, answer.body) == (200, {"businessHour": None, "success": True})


def test_a_saved_hour_is_read_in_its_zone_and_in_utc(manager: Client) -> None:
    hour = custom(manager, saved(manager))

    assert hour["timezone"] == {"name": "America/Sao_Paulo", "utc": "-03:00"}
    assert hour["departments"] == []
    assert hour["daysOpen"] == ["Monday"]
    utc = {"dayOfWeek": "Monday", "time": "11:00"}
    assert hour["workHours"] == [
        {
            "day": "Monday",
            "start": {"time": "08:00", "utc": utc, "cron": utc},
            "finish": {
                "time": "18:00",
                "utc": {"dayOfWeek": "Monday", "time": "21:00"},
                "cron": {"dayOfWeek": "Monday", "time": "21:00"},
            },
            "open": True,
        }
    ]


def test_a_day_may_begin_on_another_day_in_utc(manager: Client) -> None:
    hours = [work("Sunday", "00:00", "23:59")]

    hour = custom(manager, saved(manager, timezoneName="Asia/Kolkata", workHours=hours))

    assert hour["workHours"][0]["start"]["utc"] == {"dayOfWeek": "Saturday", "time": "18:30"}


def test_an_unknown_zone_is_utc(manager: Client) -> None:
    hour = custom(manager, saved(manager, timezoneName="Nowhere/Land"))

    assert hour["timezone"] == {"name": "Nowhere/Land", "utc": "+00:00"}


def test_hours_are_listed_by_name_the_default_one_first(manager: Client) -> None:
    saved(manager, "late")
    saved(manager, "Late")

    assert [hour["name"] for hour in listed(manager)] == ["", "Late", "late"]


def test_hours_are_found_by_a_part_of_their_name(manager: Client) -> None:
    saved(manager, "Night.")

    assert [hour["name"] for hour in listed(manager, name="NIGHT.")] == ["Night."]


def test_departments_keep_an_hour(manager: Client) -> None:
    hour = saved(manager, departmentsToApplyBusinessHour="sales,nope,support")

    found = custom(manager, hour)
    assert found["departments"] == [
        {"_id": "support", "name": "Support"},
        {"_id": "sales", "name": "Sales"},
    ]
    assert {"_id": "sales"} in listed(manager, name="Late")[0]["departments"]
    assert department(manager, "sales")["businessHourId"] == hour
    assert "departments" not in listed(manager)[0]


def test_a_department_keeps_one_hour_the_last(manager: Client) -> None:
    first = saved(manager, "First", departmentsToApplyBusinessHour="sales")

    second = saved(manager, "Second", departmentsToApplyBusinessHour="sales")

    assert department(manager, "sales")["businessHourId"] == second
    assert custom(manager, first)["departments"] == []


def test_a_department_that_is_not_named_again_loses_the_hour(manager: Client) -> None:
    hour = saved(manager, departmentsToApplyBusinessHour="sales")

    save(manager, _id=hour)

    assert "businessHourId" not in department(manager, "sales")


def test_a_saved_default_hour_is_replaced_key_by_key(manager: Client) -> None:
    answer = save_default(manager, departmentsToApplyBusinessHour="sales")

    hour = manager.get(HOUR).body["businessHour"]
    assert answer.body == {"success": True}
    assert [(one["day"], "code" in one) for one in hour["workHours"]] == [("Monday", False)]
    assert hour["departmentsToApplyBusinessHour"] == "sales"
    assert "businessHourId" not in department(manager, "sales")


def test_a_default_hour_without_id_is_not_saved(manager: Client) -> None:
    before = manager.get(HOUR).body

    answer = save(manager, "", type="default", workHours=[work(start="x")])

    assert answer.status == 200
    assert manager.get(HOUR).body == before


def test_an_unknown_hour_is_not_saved(manager: Client) -> None:
    answer = save(manager, "Ghost", _id="nope", departmentsToApplyBusinessHour="sales")

    assert answer.status == 200
    assert listed(manager, name="Ghost") == []
    assert "businessHourId" not in department(manager, "sales")


def test_an_hour_is_changed(manager: Client) -> None:
    hour = saved(manager)

    times = [{"day": "Friday", "start": {"time": "9"}, "finish": {"time": "17"}, "open": True}]
    save(manager, "Later", _id=hour, active=False, daysTime=times)

    changed = custom(manager, hour)
    assert (changed["name"], changed["active"], changed["daysTime"]) == ("Later", False, times)


@pytest.mark.parametrize("name", ["Late", ""])
def test_a_name_is_taken_once(manager: Client, name: str) -> None:
    saved(manager)

    answer = save(manager, name)

    assert (answer.status, answer.error) == (400, "error-business-hour-name-already-in-use")
    assert answer.error_type is None


@pytest.mark.parametrize(
    ("hours", "error"),
    [
        (work(finish="07:59"), "error-business-hour-finish-time-before-start-time"),
        (work(finish="08:00"), "error-business-hour-finish-time-equals-start-time"),
        (work(start="soon"), "Invalid date"),
        (work(day="Someday"), "Invalid date"),
        (work(finish="24:01"), "Invalid date"),
        (work(finish="10:60"), "Invalid date"),
    ],
)
def test_times_make_sense(manager: Client, hours: Any, error: str) -> None:
    answer = save(manager, workHours=[hours])

    assert (answer.status, answer.error) == (400, error)


def test_a_closed_day_may_end_before_it_begins(manager: Client) -> None:
    assert save(manager, workHours=[work(finish="07:00", open=False)]).status == 200


def test_an_unknown_type_breaks_as_on_the_server(manager: Client) -> None:
    saving = save(manager, type="odd")
    removing = manager.post(f"{HOURS}.remove", {"_id": "x", "type": "odd"})

    words = "Cannot read properties of undefined (reading '{}')"
    assert (saving.status, saving.error) == (400, words.format("saveBusinessHour"))
    assert (removing.status, removing.error) == (400, words.format("removeBusinessHourById"))


def test_a_removed_hour_is_gone_and_no_department_keeps_it(manager: Client) -> None:
    hour = saved(manager, departmentsToApplyBusinessHour="sales")

    answer = manager.post(f"{HOURS}.remove", {"_id": hour, "type": "custom"})

    assert answer.body == {"success": True}
    assert custom(manager, hour) is None
    assert "businessHourId" not in department(manager, "sales")


@pytest.mark.parametrize(
    "body", [{"_id": DEFAULT, "type": "default"}, {"_id": "x", "type": "custom"}]
)
def test_neither_the_default_hour_nor_an_unknown_one_is_removed(
    manager: Client, body: dict[str, str]
) -> None:
    answer = manager.post(f"{HOURS}.remove", body)

    assert answer.body == {"success": True}
    assert len(listed(manager)) == 1


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"workHours": []}, "must NOT have fewer than 1 items"),
        ({"color": "red"}, "must NOT have additional properties"),
        ({"workHours": [{"day": "Monday"}]}, "must have required property 'start'"),
    ],
)
def test_the_body_is_judged_without_an_ending(
    manager: Client, change: dict[str, Any], error: str
) -> None:
    answer = save(manager, **change)

    assert (answer.status, answer.error, answer.error_type) == (400, error, "invalid-params")


def test_whoever_is_signed_in_saves_and_removes_hours(user: Client, manager: Client) -> None:
    status = save(user).status
    hour = listed(manager, name="Late")[0]["_id"]
    removed = user.post(f"{HOURS}.remove", {"_id": hour, "type": "custom"})

    assert (status, removed.status, custom(manager, hour)) == (200, 200, None)


@pytest.mark.parametrize("caller", ["test.cat", "user"])
def test_hours_are_read_by_monitors_and_managers_alone(visitor: Client, caller: str) -> None:
    client = visitor.signed_in(caller)

    assert client.get(HOUR).status == 403
    assert client.get(HOURS).status == 403


def test_a_disabled_or_archived_department_keeps_no_hour(manager: Client) -> None:
    saved(manager, departmentsToApplyBusinessHour="sales")

    manager.post(f"{API}/department/archive/sales")

    assert "businessHourId" not in department(manager, "sales")
