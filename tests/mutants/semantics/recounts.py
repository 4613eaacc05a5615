"""Recounts: conversations counted by a wrong end, agent or department."""

from mockserver.world.analytics import (
    agent_chats,
    agent_service,
    department_figures,
    reports,
    room_chats,
    timings,
)
from mockserver.world.analytics.windows import Counting
from mockserver.world.rooms import listing
from tests.mutants import operations as at
from tests.mutants.plant import Plant
from tests.mutants.registry import Reply, spoils_answer, spoils_mock
from tests.mutants.semantics.counting import recount

OF_AGENTS = f"GET {at.BY_AGENT}/total-service-time"
AMOUNT = f"GET {at.BY_DEPARTMENT}/amount-of-chats"
DURATION = f"GET {at.BY_DEPARTMENT}/average-chat-duration-time"
SERVICE = f"GET {at.BY_DEPARTMENT}/total-service-time"
BY_TAGS = f"GET {at.BOARDS}/conversations-by-tags"


@spoils_mock(
    kills="chats_per_agent_are_counted_from_the_rooms", on=at.AGENT_CHATS, beside=(at.ROOMS,)
)
def chats_count_for_who_answered_first(plant: Plant) -> None:
    """Chats count for the agent who answered first, whoever serves them now."""
    plant.edit(agent_chats._rooms, "his = _R.served_by_username ==", "his = _R.answered_by ==")
    plant.set(agent_chats, "_CHATS", Counting(agent_chats._statement))


@spoils_mock(kills="chats_are_counted_from_the_rooms", on=at.CHATS, beside=(at.ROOMS,))
def closed_chats_must_end_in_the_window(plant: Plant) -> None:
    """The chart of chats leaves out what began in its window and ended after it."""
    old = "filter(_R.chat_duration.is_not(None))"
    new = "filter(_R.chat_duration.is_not(None), _R.closed_at <= END)"
    recount(plant, room_chats, "_STATES", room_chats._by_state, old, new)


@spoils_mock(
    kills="chats_per_department_are_counted_from_the_rooms",
    on=at.DEPARTMENT_CHATS,
    beside=(at.ROOMS,),
)
def closed_chats_of_departments_by_their_end(plant: Plant) -> None:
    """A department's closed chats count only when they ended in the window."""
    statement = room_chats._by_department
    old, new = "filter(_R.is_closed)", "filter(_R.is_closed, _R.closed_at <= END)"
    recount(plant, room_chats, "_DEPARTMENTS", statement, old, new)


@spoils_mock(kills="the_longest_times_are_those_of_the_rooms", on=at.TIMINGS, beside=(at.ROOMS,))
def longest_chat_is_the_shortest(plant: Plant) -> None:
    """The longest chat is the shortest one."""
    old, new = "sa.func.max(_R.chat_duration)", "sa.func.min(_R.chat_duration)"
    recount(plant, timings, "_TIMINGS", timings._statement, old, new)


@spoils_mock(kills="chats_of_departments_are_counted_from_the_rooms", on=AMOUNT, beside=(at.ROOMS,))
def answered_and_waiting_are_exchanged(plant: Plant) -> None:
    """Who asks for answered chats gets those that wait, and the other way round."""
    plant.edit(department_figures.chats, "_ANSWERED if answered", "_ANSWERED if not answered")


@spoils_mock(kills="service_of_agents_is_counted_from_the_rooms", on=OF_AGENTS, beside=(at.ROOMS,))
def service_begins_before_the_window(plant: Plant) -> None:
    """The service of agents has also what began before the window."""
    statement = agent_service._statement
    old, new = "sa.and_(BEGUN_INSIDE, ", "sa.and_(_R.ts <= sa.bindparam('end'), "
    recount(plant, agent_service, "_SERVICE", statement, old, new)


@spoils_mock(
    kills="service_of_departments_is_counted_from_the_rooms", on=SERVICE, beside=(at.ROOMS,)
)
def service_counts_each_second_twice(plant: Plant) -> None:
    """The time of service of a department is twice what it was."""
    plant.edit(department_figures.service_totals, "math.ceil(seconds)", "math.ceil(2 * seconds)")


@spoils_mock(kills="durations_are_counted_from_the_rooms", on=DURATION, beside=(at.ROOMS,))
def means_are_cut(plant: Plant) -> None:
    """Mean durations are cut to whole seconds where the server rounds up."""
    plant.edit(department_figures._means, "math.ceil(total / rooms)", "int(total / rooms)")


@spoils_mock(kills="reports_are_counted_from_the_rooms", on=BY_TAGS, beside=(at.ROOMS,))
def tags_count_once_for_all_rooms(plant: Plant) -> None:
    """A tag counts once for all conversations that have the same tags."""
    plant.edit(reports.by_tag, "counted[tag] += rooms", "counted[tag] += 1")


@spoils_answer(kills="agents_are_counted_by_their_status", on=at.AGENTS_STATUS, beside=(at.PEOPLE,))
def who_is_there_counts_as_away(reply: Reply) -> None:
    """Agents who are there count as away."""
    if reply.ok and "away" in reply.body:
        reply.body.update(away=reply.body["available"], available=0)


@spoils_mock(kills="rooms_are_found_by_their_times", on=at.ROOMS)
def last_instant_of_a_list_is_missing(plant: Plant) -> None:
    """The window of a list of rooms leaves out its last instant."""
    plant.edit(listing._window, "else column <= at", "else column < at")
