"""Reports of conversations by channel, state, department, tag and agent."""

from collections.abc import Callable
from typing import Any

import pytest

from mockserver.world.departments.documents import Department
from mockserver.world.users.documents import User
from mockserver.world.world import World
from tests.analytics.conftest import DAY, Read
from tests.boards.conftest import Fill, Given
from tests.client import Client

BY_SOURCE = "dashboards/conversations-by-source"
BY_STATUS = "dashboards/conversations-by-status"
BY_DEPARTMENT = "dashboards/conversations-by-department"
BY_TAGS = "dashboards/conversations-by-tags"
BY_AGENT = "dashboards/conversations-by-agent"
WITH_REST = (BY_DEPARTMENT, BY_TAGS, BY_AGENT)
ALL = (BY_SOURCE, BY_STATUS, *WITH_REST)


def rows(body: dict[str, Any]) -> list[tuple[str, int]]:
    return [(row["label"], row["value"]) for row in body["data"]]


def from_(kind: str, alias: str | None = None) -> Given:
    return {"source": {"type": kind} if alias is None else {"type": kind, "alias": alias}}


@pytest.mark.parametrize("report", ALL)
def test_a_period_of_no_length_is_empty(holding: Fill, read: Read, report: str) -> None:
    now = "2020-09-09T12:00:00.000Z"
    holding([{"ts": now, "servedBy": "a", "tags": ["x"], **from_("widget")}])

    body = read(report, start=now, end=now)

    rest = {"unspecified": 0} if report in WITH_REST else {}
    assert body == {"total": 0, "data": [], **rest, "success": True}


@pytest.mark.parametrize("report", WITH_REST)
def test_the_start_belongs_to_the_period_and_the_end_does_not(
    holding: Fill, read: Read, report: str
) -> None:
    times = ["2020-09-08T23:59:59.999Z", DAY["start"], "2020-09-09T23:59:59.999Z", DAY["end"]]
    holding([{"ts": ts} for ts in times])

    body = read(report, **DAY)

    assert body["unspecified"] == 2


def test_a_source_is_known_by_its_alias_or_its_type_most_first(holding: Fill, read: Read) -> None:
    sources = [from_("widget"), from_("app", "Shop"), from_("api"), from_("app", "Shop")]
    holding([*sources, from_("api"), from_("api"), {}])

    body = read(BY_SOURCE, **DAY)

    assert body == {
        "total": 6,
        "data": [
            {"label": "api", "value": 3},
            {"label": "Shop", "value": 2},
            {"label": "widget", "value": 1},
        ],
        "success": True,
    }


def test_an_alias_without_a_letter_is_an_alias(holding: Fill, read: Read) -> None:
    holding([from_("app", "")])

    body = read(BY_SOURCE, **DAY)

    assert rows(body) == [("", 1)]


def test_two_types_under_one_alias_are_two_rows(holding: Fill, read: Read) -> None:
    holding([from_("app", "Shop"), from_("sms", "Shop")])

    body = read(BY_SOURCE, **DAY)

    assert rows(body) == [("Shop", 1), ("Shop", 1)]


def test_all_four_states_are_shown_once_there_is_a_conversation(holding: Fill, read: Read) -> None:
    holding([{"servedBy": "a"}])

    body = read(BY_STATUS, **DAY)

    assert rows(body) == [("Open", 1), ("Closed", 0), ("Queued", 0), ("On_Hold", 0)]


def test_states_come_most_first_and_the_total_has_all_rooms(holding: Fill, read: Read) -> None:
    lasted = {"closedAt": "2020-09-09T14:00:00.000Z", "metrics": {"chatDuration": 7200}}
    at_once = {"closedAt": "2020-09-09T12:00:00.000Z", "metrics": {"chatDuration": 0}}
    held = {"servedBy": "a", "onHold": True}
    holding([{}, {}, {}, lasted, lasted, at_once, held])

    body = read(BY_STATUS, **DAY)

    assert rows(body) == [("Queued", 3), ("Closed", 2), ("On_Hold", 1), ("Open", 0)]
    assert body["total"] == 7


def test_departments_come_fewest_first_and_removed_ones_are_dropped(
    holding: Fill, read: Read
) -> None:
    departments = ["support", "support", "sales", "gone"]
    holding([*({"departmentId": department} for department in departments), {}, {}])

    body = read(BY_DEPARTMENT, **DAY)

    assert body == {
        "total": 3,
        "data": [{"label": "Sales", "value": 1}, {"label": "Support", "value": 2}],
        "unspecified": 2,
        "success": True,
    }


def test_departments_of_one_name_are_one_row(holding: Fill, read: Read, world: World) -> None:
    sales = world.get(Department, "sales")
    assert sales is not None
    sales.name = "Support"
    world.save(sales)
    holding([{"departmentId": "sales"}, {"departmentId": "support"}])

    body = read(BY_DEPARTMENT, **DAY)

    assert rows(body) == [("Support", 2)]


def test_a_conversation_counts_for_each_of_its_tags(holding: Fill, read: Read) -> None:
    tagged = [["new", "vip"], ["vip"], ["vip", "new"], ["old"], []]
    holding([*({"tags": tags} for tags in tagged), {}])

    body = read(BY_TAGS, **DAY)

    assert rows(body) == [("old", 1), ("new", 2), ("vip", 3)]
    assert (body["total"], body["unspecified"]) == (6, 2)


def test_agents_come_by_their_present_name_or_by_their_id(
    holding: Fill, read: Read, world: World
) -> None:
    lee = world.get(User, "lee.keith")
    assert lee is not None
    lee.name = "aaron"
    world.save(lee)
    holding([{"servedBy": name} for name in ("lee.keith", "kim.jane", "kim.jane", "Gone")] + [{}])

    body = read(BY_AGENT, **DAY)

    assert rows(body) == [("Gone", 1), ("Kim Jane", 2), ("aaron", 1)]
    assert (body["total"], body["unspecified"]) == (4, 1)


@pytest.mark.parametrize(
    ("sort", "labels"),
    [
        ('{"total":-1}', "bac"),
        ('{"total":1}', "acb"),
        ('{"_id":1}', "abc"),
        ('{"_id":-1}', "cba"),
        ('{"total":1,"_id":-1}', "cab"),
        ('{"unknown":1}', "bac"),
        ("", "acb"),
    ],
)
def test_a_sort_orders_by_total_and_by_tag(
    holding: Fill, read: Read, sort: str, labels: str
) -> None:
    holding([{"tags": list(tags)} for tags in ("ba", "bc", "b")])

    body = read(BY_TAGS, sort=sort, **DAY)

    assert "".join(label for label, _ in rows(body)) == labels


def test_capitals_come_before_small_letters(holding: Fill, read: Read) -> None:
    holding([{"tags": ["b", "ä", "B", "a", "Z"]}])

    body = read(BY_TAGS, sort='{"_id":1}', **DAY)

    assert [label for label, _ in rows(body)] == ["B", "Z", "a", "b", "ä"]


@pytest.mark.parametrize(("sort", "first"), [('{"name":-1}', "Tess Catalan"), (None, "Kim Jane")])
def test_agents_may_be_sorted_by_name(
    holding: Fill, read: Read, sort: str | None, first: str
) -> None:
    holding([{"servedBy": "kim.jane"}, {"servedBy": "test.cat"}])
    wish = {} if sort is None else {"sort": sort}

    body = read(BY_AGENT, **wish, **DAY)

    assert body["data"][0]["label"] == first


@pytest.mark.parametrize("report", [BY_SOURCE, BY_STATUS])
def test_channels_and_states_ignore_a_sort_even_a_broken_one(
    holding: Fill, read: Read, report: str
) -> None:
    holding([from_("api"), from_("api"), {**from_("sms"), "servedBy": "a"}])

    assert read(report, sort='{"total":1}', **DAY) == read(report, sort="{", **DAY)


@pytest.mark.parametrize("report", ALL)
def test_a_monitor_sees_the_rooms_of_his_units_only(
    holding: Fill, read: Read, monitor: Client, supervise: Callable[[str], None], report: str
) -> None:
    common = {"servedBy": "a", "tags": ["x"], **from_("api")}
    holding([{**common, "departmentId": "sales"}, {**common, "departmentId": "support"}, common])
    supervise("sales")

    mine, all_ = read(report, caller=monitor, **DAY), read(report, **DAY)

    assert mine["total"] == 1
    assert all_["total"] == (2 if report == BY_DEPARTMENT else 3)
    assert mine.get("unspecified", 0) == 0


@pytest.mark.parametrize("report", ALL)
def test_a_monitor_without_units_sees_nothing_once_there_are_units(
    holding: Fill, read: Read, visitor: Client, manager: Client, report: str
) -> None:
    holding([{"servedBy": "a", "tags": ["x"], "departmentId": "sales", **from_("api")}])
    body = {
        "unitData": {"name": "Others", "visibility": "public"},
        "unitMonitors": [],
        "unitDepartments": [{"departmentId": "sales"}],
    }
    assert manager.post("/api/v1/livechat/units", body).status == 200

    report_ = read(report, caller=visitor.signed_in("monitor"), **DAY)

    rest = {"unspecified": 0} if report in WITH_REST else {}
    assert report_ == {"total": 0, "data": [], **rest, "success": True}


def test_a_conversation_through_the_api_is_reported(
    visitor: Client, agent: Client, read: Read
) -> None:
    today = {"start": "2020-09-11T08:59:59Z", "end": "2020-09-12"}
    before = read(BY_STATUS, **today)["total"]
    token = {"token": "reported"}
    visitor.post("/api/v1/livechat/visitor", {"visitor": {**token, "name": "Ann"}})

    visitor.get("/api/v1/livechat/room", **token)

    assert read(BY_STATUS, **today)["total"] == before + 1
    assert sum(value for _, value in rows(read(BY_SOURCE, **today))) == before + 1
