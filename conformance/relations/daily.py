"""Days and hours: charts of one day, and of several, counted again from the list."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from conformance.layers.calling import Caller
from conformance.relations import figures, relation
from conformance.relations.windows import ROOMS, moment
from mockserver.contract import Operation

MOST = 100
DAYS = 3
DAY = timedelta(days=1)
LONGEST = 20 * DAY
OFFSETS = [timedelta(minutes=30 * n) for n in sorted(range(-24, 29), key=abs)]
"""What the clock of the reports may differ from UTC, which nothing tells."""
SUMS = ("Total_conversations", "Total_messages")


@relation(pattern="equality", operations=[figures.CHARTS_DATA])
def hours_are_counted_from_the_rooms(call: Caller, operation: Operation) -> None:
    """The chart of one day has, hour by hour, the conversations of the list that began in it."""
    began = _began(call)
    asked = _busiest(began)
    charts = {day: _points(call, operation, SUMS[0], day, day) for day in asked}

    assert any(
        all(hours == list(_hours(began, day, offset)) for day, hours in charts.items())
        for offset in OFFSETS
    ), {str(day): list(_hours(began, day, OFFSETS[0])) for day in asked}


@relation(pattern="equality", operations=[figures.CHARTS_DATA])
def days_are_counted_from_the_rooms(call: Caller, operation: Operation) -> None:
    """A chart that begins and ends with a busy day has, day by day, the list's conversations."""
    began = _began(call)
    last = max(one.date() for one in began)
    first = min(day for one in began if (day := one.date()) >= last - LONGEST)
    if first == last:
        pytest.skip("all known conversations began on one day")

    points = _points(call, operation, SUMS[0], first, last)

    span = [first + n * DAY for n in range((last - first).days + 1)]
    assert any(points == list(_by_day(began, span, offset)) for offset in OFFSETS), {
        "from": str(first),
        "counted": list(_by_day(began, span, OFFSETS[0])),
    }


@relation(pattern="complete", operations=[figures.CHARTS_DATA])
def hours_of_any_day_sum_to_it(call: Caller, operation: Operation) -> None:
    """Conversations and messages of the hours of a day sum to its point, the first day or last."""
    began = _began(call)
    for day in _busiest(began)[:2]:
        for name in SUMS:
            hours = _points(call, operation, name, day, day)
            until = _points(call, operation, name, day - DAY, day)
            since = _points(call, operation, name, day, day + DAY)
            if name == SUMS[0] and hours != list(_hours(began, day, OFFSETS[0])):
                pytest.skip("the reports of the target have a clock of their own")
            assert (until[-1], since[0]) == (sum(hours), sum(hours)), (name, str(day))


def _began(call: Caller) -> list[datetime]:
    """When the newest conversations began; none between the first and the last is missing."""
    found = call(ROOMS, count=MOST, sort={"ts": -1})
    if len(found.items) < 3:
        pytest.skip("the target has too few conversations")
    began = [moment(room["ts"]).astimezone(UTC) for room in found.items]
    if len(began) == found.total:
        return began
    whole = [one for one in began if one.date() > min(began).date()]
    if not whole:
        pytest.skip("all known conversations began on one day")
    return whole


def _busiest(began: list[datetime]) -> list[date]:
    """The last known day, and others that have most conversations."""
    days = Counter(one.date() for one in began)
    return list(dict.fromkeys([max(days), *(day for day, _ in days.most_common())]))[:DAYS]


def _points(call: Caller, operation: Operation, name: str, first: date, last: date) -> list[Any]:
    query = {"chartName": name, "start": str(first), "end": str(last)}
    points: list[Any] = call(operation, query=query).data["dataPoints"]
    return points


def _hours(began: list[datetime], day: date, offset: timedelta) -> Iterator[int]:
    counted = Counter((one + offset).hour for one in began if (one + offset).date() == day)
    return (counted[hour] for hour in range(24))


def _by_day(began: list[datetime], span: list[date], offset: timedelta) -> Iterator[int]:
    counted = Counter((one + offset).date() for one in began)
    return (counted[day] for day in span)
