"""What reports refuse, and in which order."""

from typing import Any

import pytest

from mockserver.world.licence import Module
from mockserver.world.world import World
from tests.analytics.conftest import ANALYTICS, NO_END, NO_PERMISSION, NO_START, NOT_LICENSED
from tests.client import Client

SORTED = ("department", "tags", "agent")
ALL = ("source", "status", *SORTED)
TOO_LONG = 'The "start" and "end" query parameters must be less than 1 year apart.'
EXCHANGED = 'The "start" query parameter must be before the "end" query parameter.'


def path(report: str) -> str:
    return f"{ANALYTICS}/dashboards/conversations-by-{report}"


@pytest.mark.parametrize("report", ALL)
def test_a_caller_must_be_signed_in_to_see_reports(visitor: Client, report: str) -> None:
    answer = visitor.get(path(report), start="test")

    assert answer.status == 401


@pytest.mark.parametrize("report", ALL)
def test_reports_need_a_permission_of_their_own(admin: Client, world: World, report: str) -> None:
    world.remove(Module)
    none = {"permissions": [{"_id": "view-livechat-reports", "roles": []}]}
    admin.post("/api/v1/permissions.update", none)

    answer = admin.get(path(report), start="test", end="test")

    assert (answer.status, answer.body) == (403, NO_PERMISSION)


@pytest.mark.parametrize("report", ALL)
def test_reports_need_the_licence_before_the_query_is_looked_at(
    monitor: Client, world: World, report: str
) -> None:
    world.remove(Module)

    answer = monitor.get(path(report), start="test")

    assert (answer.status, answer.body) == (400, NOT_LICENSED)


@pytest.mark.parametrize("report", ALL)
@pytest.mark.parametrize(
    ("query", "error", "error_type"),
    [
        ({"end": "test"}, "must have required property 'start' [invalid-params]", "invalid-params"),
        ({"start": "test"}, "must have required property 'end' [invalid-params]", "invalid-params"),
        (
            {"start": "test", "end": "test", "departmentId": "sales"},
            "must NOT have additional properties [invalid-params]",
            "invalid-params",
        ),
        (
            {"start[]": "2020", "end": "test"},
            "must be string [invalid-params]",
            "invalid-params",
        ),
        ({"start": "test", "end": "test"}, NO_START, None),
        ({"start": "2020-01-01", "end": "test"}, NO_END, None),
        ({"start": "2019-01-01", "end": "2020-09-11"}, TOO_LONG, None),
        ({"start": "2020-09-11T00:00:00.001Z", "end": "2020-09-11"}, EXCHANGED, None),
        ({"start": "2020-09-11", "end": "2000-01-01"}, EXCHANGED, None),
    ],
)
def test_a_report_refuses_in_this_order(
    manager: Client, report: str, query: dict[str, Any], error: str, error_type: str | None
) -> None:
    answer = manager.get(path(report), **query)

    assert (answer.status, answer.error, answer.error_type) == (400, error, error_type)


@pytest.mark.parametrize("report", SORTED)
@pytest.mark.parametrize("sort", ["{", '{"total":2}', "[1]", "null", '{"total":"1"}'])
def test_a_bad_sort_is_told_before_a_bad_date_and_after_the_schema(
    manager: Client, report: str, sort: str
) -> None:
    answer = manager.get(path(report), start="test", end="test", sort=sort)
    earlier = manager.get(path(report), start="test", sort=sort)

    assert answer.status == 400
    assert answer.error == f'Invalid sort parameter provided: "{sort}" [error-invalid-sort]'
    assert answer.error_type == "error-invalid-sort"
    assert earlier.error == "must have required property 'end' [invalid-params]"


@pytest.mark.parametrize(
    ("start", "end", "status"),
    [
        ("2019-03-01", "2020-03-01", 200),
        ("2019-03-01", "2020-03-04T23:59:59Z", 200),
        ("2019-03-01", "2020-03-05", 400),
        ("2018-05-10", "2019-05-13", 200),
        ("2018-05-10T23:59:59Z", "2019-05-14", 400),
        ("2020-02-29", "2021-03-03", 200),
        ("2020-02-29", "2021-03-04", 400),
        ("+012020-01-01", "+012021-01-04", 200),
        ("+012020-01-01", "+012022-01-04", 400),
    ],
)
def test_a_year_and_three_days_may_lie_between_and_a_day_more_may_not(
    manager: Client, start: str, end: str, status: int
) -> None:
    answer = manager.get(path("source"), start=start, end=end)

    assert answer.status == status
    assert answer.error == (None if status == 200 else TOO_LONG)


@pytest.mark.parametrize("text", ["2020-02-30", "2020-01-01x", "2020-09-10T10:00:00 02:00"])
def test_dates_are_those_that_moment_reads(manager: Client, text: str) -> None:
    answer = manager.get(path("status"), start=text, end="2020-09-11")

    assert (answer.status, answer.error) == (400, NO_START)


@pytest.mark.parametrize("text", ["20200910", "Sep 10, 2020", "2020-09-10T10", "10/09/2020"])
def test_moment_reads_more_than_iso_dates(manager: Client, text: str) -> None:
    answer = manager.get(path("status"), start=text, end="2020-10-11")

    assert answer.status == 200
