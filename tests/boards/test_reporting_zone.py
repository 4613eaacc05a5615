"""The zone of reports: whole days are days of the zone that a setting names."""

from typing import Any

import pytest

from mockserver.world.settings.documents import Setting
from mockserver.world.users.documents import User
from mockserver.world.world import World
from tests.boards.conftest import Ask, Fill

BOARD = "conversation-totalizers"
LATE = {"ts": "2020-09-09T22:30:00.000Z"}


def set_value(world: World, key: str, value: Any) -> None:
    setting = world.get(Setting, key)
    assert setting is not None
    setting.value = value
    world.save(setting)


def report_in(world: World, zone: Any) -> None:
    set_value(world, "Default_Timezone_For_Reporting", "custom")
    set_value(world, "Default_Custom_Timezone", zone)


def total(ask: Ask, day: str) -> int:
    found: int = ask(BOARD, start=day, end=day)["Total_conversations"]
    return found


def test_days_are_those_of_utc_if_nothing_else_is_set(holding: Fill, ask: Ask) -> None:
    holding([LATE])

    assert (total(ask, "2020-09-09"), total(ask, "2020-09-10")) == (1, 0)


def test_a_custom_zone_moves_the_midnight(holding: Fill, ask: Ask, world: World) -> None:
    report_in(world, "Europe/Berlin")
    holding([LATE])

    assert (total(ask, "2020-09-09"), total(ask, "2020-09-10")) == (0, 1)


@pytest.mark.parametrize("zone", ["Atlantis/Capital", "", "Europe", "../UTC", None, 2])
def test_an_unknown_custom_zone_is_utc(holding: Fill, ask: Ask, world: World, zone: Any) -> None:
    report_in(world, zone)
    holding([LATE])

    assert total(ask, "2020-09-09") == 1


@pytest.mark.parametrize(("offset", "day"), [(2, "2020-09-10"), (-5, "2020-09-09")])
def test_the_users_zone_is_one_with_his_offset(
    holding: Fill, ask: Ask, world: World, offset: float, day: str
) -> None:
    set_value(world, "Default_Timezone_For_Reporting", "user")
    manager = world.get(User, "manager")
    assert manager is not None
    manager.utc_offset = offset
    world.save(manager)
    holding([LATE])

    assert total(ask, day) == 1


@pytest.mark.parametrize("offset", [5.5, 24, -1e300])
def test_an_offset_that_no_zone_has_in_whole_hours_means_utc(
    holding: Fill, ask: Ask, world: World, offset: float
) -> None:
    set_value(world, "Default_Timezone_For_Reporting", "user")
    manager = world.get(User, "manager")
    assert manager is not None
    manager.utc_offset = offset
    world.save(manager)
    holding([LATE])

    assert total(ask, "2020-09-09") == 1


def test_the_busiest_hour_is_one_of_the_zone(holding: Fill, ask: Ask, world: World) -> None:
    report_in(world, "Asia/Kathmandu")
    holding([{"ts": "2020-09-09T10:20:00.000Z"}])

    totals = ask("agents-productivity-totalizers")

    assert totals["Busiest_time"] == "4PM - 5PM"  # 16:05 at +05:45


def test_the_hours_of_a_chart_begin_at_the_zones_midnight(
    holding: Fill, ask: Ask, world: World
) -> None:
    report_in(world, "Europe/Berlin")
    holding([LATE])

    drawn = ask(
        "charts-data", chartName="Total_conversations", start="2020-09-10", end="2020-09-10"
    )

    assert drawn["dataLabels"][0] == "12AM-1AM"
    assert drawn["dataPoints"] == [1, *[0] * 23]


def test_the_days_of_a_chart_stay_days_of_utc(holding: Fill, ask: Ask, world: World) -> None:
    report_in(world, "Europe/Berlin")
    holding([LATE])

    drawn = ask(
        "charts-data", chartName="Total_conversations", start="2020-09-10", end="2020-09-11"
    )

    assert drawn["dataLabels"] == ["9/9", "9/10", "9/11"]
    assert drawn["dataPoints"] == [1, 0, 0]


def test_a_day_of_23_hours_ends_at_the_zones_midnight(
    holding: Fill, ask: Ask, world: World
) -> None:
    report_in(world, "Europe/Berlin")
    holding([{"ts": "2020-03-29T21:59:59.999Z"}, {"ts": "2020-03-29T22:00:00.000Z"}])

    assert (total(ask, "2020-03-29"), total(ask, "2020-03-30")) == (1, 1)


def test_exact_instants_know_no_zone(holding: Fill, ask: Ask, world: World) -> None:
    report_in(world, "Europe/Berlin")
    holding([{**LATE, "servedBy": "anna"}])

    counted = ask("charts/chats-per-agent", start="2020-09-10", end="2020-09-11")

    assert counted == {}
