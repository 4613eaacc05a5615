"""Figures: times, shares and reports that are not true."""

import sqlalchemy as sa

from mockserver.world.analytics import (
    agent_overview,
    agent_service,
    charts,
    department_figures,
    overview,
    reports,
    seconds,
    timings,
    totalizers,
    windows,
)
from mockserver.world.analytics.windows import Counting
from mockserver.world.rooms.documents import ROOMS
from tests.mutants import operations as at
from tests.mutants.plant import Plant
from tests.mutants.registry import spoils_mock
from tests.mutants.semantics.counting import recount

REPORTS = f"{at.BOARDS}/conversations-by-"


@spoils_mock(kills="a_wider_window_has_no_shorter_longest", on=at.TIMINGS)
def longest_is_the_shortest(plant: Plant) -> None:
    """The longest duration is the shortest."""
    recount(
        plant,
        timings,
        "_TIMINGS",
        timings._statement,
        "sa.func.max(_R.chat_duration)",
        "sa.func.min(_R.chat_duration)",
    )


@spoils_mock(kills="an_average_is_no_longer_than_the_longest", on=at.TIMINGS)
def average_is_the_sum(plant: Plant) -> None:
    """The average is not divided by the number of chats."""
    plant.edit(timings._timing, "int((total or 0) / rooms)", "int(total or 0)")


@spoils_mock(
    kills="the_overview_has_the_totals_of_the_dashboard",
    on=at.CONVERSATIONS,
    beside=(f"GET {at.LIVECHAT}/analytics/overview",),
)
def open_total_has_all(plant: Plant) -> None:
    """The dashboard's open conversations are all conversations."""
    plant.edit(totalizers.conversations, "found.open", "found.total")


@spoils_mock(kills="totals_of_a_department_are_not_more", on=at.CONVERSATIONS)
def visitors_of_all_departments_times_two(plant: Plant) -> None:
    """The visitors of one department are all those of the workspace, twice."""
    plant.set(totalizers, "_VISITORS", Counting(lambda _: totalizers._visitors(sa.true())))


@spoils_mock(kills="response_schema_conformance", on=at.CHAT_TOTALS)
def seconds_not_filled_up(plant: Plant) -> None:
    """A duration is written as `0:2:5`."""
    plant.edit(seconds.hh_mm_ss, "str(part).zfill(2)", "str(part)")


@spoils_mock(kills="reports_of_two_halves_sum_to_the_window", on=f"GET {REPORTS}source")
def source_counted_by_rooms_of_all_time(plant: Plant) -> None:
    """A report counts the conversations of all time."""
    plant.set(
        reports,
        "_SOURCES",
        Counting(
            lambda department: (
                sa.select(ROOMS.c.source_type, ROOMS.c.source_alias, sa.func.count())
                .where(ROOMS.c.source_type.is_not(None), department)
                .group_by(ROOMS.c.source_type, ROOMS.c.source_alias)
            )
        ),
    )


@spoils_mock(kills="rows_of_a_report_sum_to_its_total", on=f"GET {REPORTS}department")
def largest_row_left_out(plant: Plant) -> None:
    """A report has one row less than its total counts."""
    plant.edit(reports._report, "for row in rows]\n", "for row in rows[:-1]]\n")


@spoils_mock(
    kills="the_report_by_status_agrees_with_the_chart",
    on=f"GET {REPORTS}status",
    beside=(at.CHATS,),
)
def queued_reported_as_open(plant: Plant) -> None:
    """The report by state mixes up what waits and what is served."""
    recount(
        plant,
        reports,
        "_STATES",
        reports._states,
        "(_R.is_open, is_served, ~_R.on_hold)",
        "(_R.is_open, ~is_served)",
    )


@spoils_mock(
    kills="agents_and_nobody_have_all_conversations",
    on=f"GET {REPORTS}agent",
    beside=(f"GET {REPORTS}status",),
)
def unserved_conversations_left_out(plant: Plant) -> None:
    """The report by agent forgets the conversations without one."""
    plant.edit(
        reports.by_agent,
        "return _with_rest(world, period, _WITHOUT_AGENT, _sorted(rows, order or BY_NAME))",
        "return {**_report(_sorted(rows, order or BY_NAME)), 'unspecified': 0}",
    )


@spoils_mock(
    kills="a_tag_of_closing_counts_once", on=f"GET {REPORTS}tags", beside=(at.CLOSE_BY_USER,)
)
def tags_counted_twice(plant: Plant) -> None:
    """The report by tag counts each conversation twice."""
    plant.edit(reports.by_tag, "counted[tag] += rooms", "counted[tag] += 2 * rooms")


@spoils_mock(kills="a_reversed_order_reverses_a_report", on=f"GET {REPORTS}department")
def order_of_a_report_ignored(plant: Plant) -> None:
    """`sort` does not order a report."""
    plant.edit(reports.by_department, "order or FEWEST_FIRST", "FEWEST_FIRST")


@spoils_mock(
    kills="answered_and_waiting_chats_are_all",
    on=f"GET {at.BY_DEPARTMENT}/amount-of-chats",
    beside=(f"GET {REPORTS}status",),
)
def waiting_chats_count_as_answered(plant: Plant) -> None:
    """Chats whose visitor waits are counted as answered, too."""
    plant.set(
        department_figures,
        "_ANSWERED",
        department_figures._grouped(sa.func.count(), windows.BEGUN_INSIDE),
    )


@spoils_mock(
    kills="departments_sum_over_halves", on=f"GET {at.BY_DEPARTMENT}/total-transferred-chats"
)
def transfers_of_all_time(plant: Plant) -> None:
    """Transfers are counted whenever they were made."""
    recount(
        plant,
        department_figures,
        "_TRANSFERS",
        department_figures._transfers,
        "sa.and_(message.kind == TRANSFER, message.ts.between(START, END))",
        "sa.and_(message.kind == TRANSFER, START <= END)",
    )


@spoils_mock(
    kills="percents_are_between_0_and_100", on=f"GET {at.BY_DEPARTMENT}/percentage-abandoned-chats"
)
def percents_of_a_thousand(plant: Plant) -> None:
    """Shares are counted in thousandths, and never none."""
    plant.edit(
        department_figures.abandoned_percents, "left * 100 // rooms", "(left * 1000 + 999) // rooms"
    )


@spoils_mock(
    kills="averages_and_sums_are_of_the_same_agents",
    on=f"GET {at.BY_AGENT}/average-service-time",
    beside=(f"GET {at.BY_AGENT}/total-service-time",),
)
def average_service_is_the_sum(plant: Plant) -> None:
    """The average service time of an agent is its sum."""
    plant.edit(agent_service.means, "math.ceil(seconds / chats)", "math.ceil(seconds) + chats")


@spoils_mock(
    kills="shares_of_agents_sum_to_a_hundred", on=f"GET {at.LIVECHAT}/analytics/agent-overview"
)
def shares_of_the_largest(plant: Plant) -> None:
    """Shares are those of the agent with most conversations, not of all."""
    plant.edit(
        agent_overview.table,
        "total = sum(figure for _, figure in figures)",
        "total = max((figure for _, figure in figures), default=1)",
    )


@spoils_mock(
    kills="days_are_counted_from_the_rooms",
    on=f"GET {at.LIVECHAT}/livechat/analytics/dashboards/charts-data",
    beside=(at.CONVERSATIONS,),
)
def first_day_of_a_chart_empty(plant: Plant) -> None:
    """The first point of a chart is 0."""
    plant.edit(charts._points, "    return points", "    return [0, *points[1:]]")


@spoils_mock(
    kills="hours_are_counted_from_the_rooms",
    on=f"GET {at.LIVECHAT}/livechat/analytics/dashboards/charts-data",
)
def hours_of_a_day_shifted_out(plant: Plant) -> None:
    """A chart of hours leaves out the evening."""
    plant.edit(
        charts._points,
        "points[number] = plain(rounded((value or 0) * 100) / 100)",
        "points[number] = plain(rounded((value or 0) * 100) / 100) if number < 12 else 0",
    )


@spoils_mock(
    kills="messages_by_day_sum_to_the_total",
    on=at.CONVERSATIONS,
    beside=(f"GET {at.LIVECHAT}/livechat/analytics/dashboards/charts-data",),
)
def notes_counted_as_messages(plant: Plant) -> None:
    """The total of messages is one more for each conversation."""
    plant.edit(
        overview.conversations,
        "Conversations(total, open_, held, messages,",
        "Conversations(total, open_, held, messages + total,",
    )
