"""Agreement: answers that contradict another answer, or one to a wider question."""

import sqlalchemy as sa

from mockserver.world.analytics import (
    agent_chats,
    agent_overview,
    overview,
    reports,
    room_chats,
    windows,
)
from mockserver.world.analytics.windows import END, START, Counting
from mockserver.world.departments import listing as departments
from mockserver.world.inquiries import queue
from mockserver.world.rooms import listing, opening
from mockserver.world.rooms.documents import ROOMS
from tests.mutants import operations as at
from tests.mutants.bodies import each, put
from tests.mutants.plant import Plant
from tests.mutants.registry import Reply, spoils_answer, spoils_mock
from tests.mutants.semantics.counting import recount

REPORTS = f"GET {at.BOARDS}/conversations-by-"
HOUR = 3_600_000


@spoils_mock(kills="the_report_by_status_has_every_room", on=f"{REPORTS}status", beside=(at.ROOMS,))
def held_conversations_not_reported(plant: Plant) -> None:
    """The total of a report lacks the conversations on hold."""
    total = "sa.func.count().filter(~_R.on_hold),\n        sa.func.count().filter(_R.is_open, is_s"
    old = "_ROOMS,\n        sa.func.count().filter(_R.is_open, is_s"
    recount(plant, reports, "_STATES", reports._states, old, total)


@spoils_answer(kills="agents_of_a_department_are_agents", on=at.MEMBERS)
def members_who_are_nobody(reply: Reply) -> None:
    """A department has members who are no users."""
    each(reply, lambda member: member.update(agentId=f"former-{member['agentId']}"))


@spoils_mock(kills="queued_inquiries_are_queued_rooms", on=at.INQUIRIES)
def taken_inquiries_listed(plant: Plant) -> None:
    """The queue lists what was taken, too."""
    plant.edit(queue.queued, 'INQUIRIES.c.status == "queued"', 'INQUIRIES.c.status != ""')


@spoils_answer(kills="the_queue_counts_open_rooms", on=f"GET {at.LIVECHAT}/queue")
def chats_of_the_queue_counted_twice(reply: Reply) -> None:
    """The queue counts each agent's chats twice, and one more."""
    each(reply, lambda row: row.update(chats=2 * row["chats"] + 1))


@spoils_mock(kills="a_wider_window_counts_no_less", on=at.CHATS)
def only_the_last_hour_counts(plant: Plant) -> None:
    """Of a window only the last hour is looked at."""
    plant.edit(windows.between, "Window(first,", f"Window(max(first, last - {HOUR}),")


@spoils_mock(
    kills="a_wider_window_has_no_less_of_a_department", on=f"GET {at.BY_DEPARTMENT}/amount-of-chats"
)
def only_the_first_hour_counts(plant: Plant) -> None:
    """Of a window only the first hour is looked at."""
    plant.edit(windows.between, "Window(first, last,", f"Window(first, min(last, first + {HOUR}),")


@spoils_mock(kills="a_wider_report_counts_no_less", on=f"{REPORTS}source")
def only_the_first_hour_is_reported(plant: Plant) -> None:
    """Of a period only the first hour is reported."""
    source = ROOMS.c.source_type
    begun = ROOMS.c.ts.between(START, START + HOUR) & (ROOMS.c.ts < END)
    plant.set(
        reports,
        "_SOURCES",
        Counting(
            lambda department: (
                sa.select(source, ROOMS.c.source_alias, sa.func.count())
                .where(source.is_not(None), begun, department)
                .group_by(source, ROOMS.c.source_alias)
            )
        ),
    )


@spoils_mock(kills="a_report_counts_a_conversation_once", on=f"{REPORTS}department")
def nothing_is_specified(plant: Plant) -> None:
    """`unspecified` of a report counts all conversations."""
    plant.set(reports, "_WITHOUT_DEPARTMENT", reports._lacking(sa.true()))


@spoils_mock(kills="closed_in_the_report_are_closed_in_the_chart", on=f"{REPORTS}status")
def everything_reported_as_closed(plant: Plant) -> None:
    """The report counts open conversations as closed, too."""
    recount(plant, reports, "_STATES", reports._states, "_R.chat_duration != 0", "_R.ts > 0")


@spoils_mock(
    kills="messages_of_agents_are_messages", on=f"GET {at.LIVECHAT}/analytics/agent-overview"
)
def messages_counted_three_times(plant: Plant) -> None:
    """The overview of agents counts each message three times."""
    counted = agent_overview._counting(
        ROOMS.c.served_by_username, 3 * sa.func.sum(overview.messages_in_room())
    )
    measure = agent_overview.MEASURES["Total_messages"]
    plant.item(
        agent_overview.MEASURES,
        "Total_messages",
        agent_overview.Measure(counted, measure.show, measure.sort, measure.descending),
    )


@spoils_mock(
    kills="agents_with_chats_have_a_share",
    on=at.AGENT_CHATS,
    beside=(f"GET {at.LIVECHAT}/analytics/agent-overview",),
)
def last_agent_has_no_share(plant: Plant) -> None:
    """The overview of agents lacks the last one."""
    plant.edit(agent_overview.table, '"data": data}', '"data": data[:-1]}')


@spoils_mock(kills="a_room_has_one_agent", on=at.ROOMS)
def held_rooms_of_all_agents_listed(plant: Plant) -> None:
    """`agents[]` lists the rooms of other agents that are closed."""
    plant.edit(
        listing.search,
        "ROOMS.c.served_by.in_(wanted.agents)",
        "ROOMS.c.served_by.in_(wanted.agents) | ROOMS.c.is_closed",
    )


@spoils_mock(kills="departments_share_no_conversation", on=at.ROOMS)
def rooms_without_department_in_each(plant: Plant) -> None:
    """Rooms without a department are listed for every department."""
    plant.edit(
        listing._names,
        "yield ROOMS.c.department_id.in_(",
        "yield ROOMS.c.department_id.is_(None) | ROOMS.c.department_id.in_(",
    )


@spoils_mock(kills="states_of_rooms_sum_to_all", on=at.ROOMS)
def unserved_closed_rooms_not_listed(plant: Plant) -> None:
    """Closed rooms that nobody served are in no state."""
    plant.edit(
        listing._state,
        "where.append(~ROOMS.c.is_open)",
        "where += [~ROOMS.c.is_open, ROOMS.c.served_by.is_not(None)]",
    )


@spoils_mock(kills="archived_and_other_departments_are_all", on=at.DEPARTMENTS)
def only_the_archive_is_shown(plant: Plant) -> None:
    """`showArchived=true` lists archived departments alone."""
    plant.edit(
        departments.departments,
        "        where.append(DEPARTMENTS.c.archived.is_(False))",
        "        pass\n    where.append(DEPARTMENTS.c.archived.is_(with_archived))",
    )


@spoils_answer(kills="a_new_contact_is_found", on=at.CONTACTS)
def contacts_with_digits_not_found(reply: Reply) -> None:
    """A text with a digit finds no contact."""
    if reply.ok and any(letter.isdigit() for letter in reply.asked.query.get("searchText", "")):
        put(reply, [])
        reply.body["total"] = 0


@spoils_mock(kills="a_new_conversation_counts_once", on=at.CHATS)
def queued_chats_counted_twice(plant: Plant) -> None:
    """Each waiting chat is counted twice."""
    recount(
        plant,
        room_chats,
        "_STATES",
        room_chats._by_state,
        "sa.func.count().filter(_R.is_open, ~is_served)",
        "2 * sa.func.count().filter(_R.is_open, ~is_served)",
    )


@spoils_mock(
    kills="a_conversation_that_nobody_is_given_is_queued",
    on=at.INQUIRIES,
    beside=(at.OPEN_ROOM,),
)
def new_conversations_do_not_wait(plant: Plant) -> None:
    """A new conversation does not stand in the queue."""
    plant.replace(opening._status, lambda world, preferred: "ready")


@spoils_answer(kills="only_the_serving_agent_counts", on=at.AGENT_CHATS)
def nobody_has_chats(reply: Reply) -> None:
    """A nameless agent has chats."""
    if reply.ok:
        reply.body["undefined"] = {"open": 1, "closed": 0, "onhold": 0}


@spoils_mock(kills="halves_close_no_more_than_the_window", on=at.AGENT_CHATS)
def closed_in_the_first_half_only(plant: Plant) -> None:
    """Closed chats count when they were closed in the first half of the window."""
    recount(
        plant,
        agent_chats,
        "_CHATS",
        agent_chats._statement,
        "r.closed_at <= END",
        "r.closed_at <= (START + END) / 2",
    )
