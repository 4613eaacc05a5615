"""Filters: reading calls that leave in what they were to leave out."""

from mockserver import paging
from mockserver.handlers import agent_stats
from mockserver.world.analytics import charts, department_figures, overview, totalizers, windows
from mockserver.world.analytics.windows import Counting
from mockserver.world.contacts import searching as contacts
from mockserver.world.departments import completion, listing
from mockserver.world.messages import history
from mockserver.world.users import appointments
from mockserver.world.visitors import searching
from tests.mutants import operations as at
from tests.mutants.bodies import each
from tests.mutants.plant import Plant
from tests.mutants.registry import Reply, spoils_answer, spoils_mock

CHARTS_DATA = f"GET {at.LIVECHAT}/livechat/analytics/dashboards/charts-data"
OF_VISITOR = f"GET {at.LIVECHAT}/visitors.chatHistory/room/{{roomId}}/visitor/{{visitorId}}"
OF_CONTACT = f"GET {at.OMNICHANNEL}/contacts.history"
AVAILABILITY = f"GET {at.BY_AGENT}/available-for-service-history"
TRANSFERS = f"GET {at.BY_DEPARTMENT}/total-transferred-chats"
QUEUE = f"GET {at.LIVECHAT}/queue"
SELECTED = f"GET {at.LIVECHAT}/department.autocomplete"
BY_IDS = f"GET {at.LIVECHAT}/department.listByIds"


@spoils_mock(kills="a_day_is_its_first_millisecond", on=at.AGENT_CHATS, also=(at.CHATS,))
def last_day_is_whole(plant: Plant) -> None:
    """An end without a time is the end of its day."""
    old = "jsdate.parse(start), jsdate.parse(end)"
    new = 'jsdate.parse(start), jsdate.parse(end + "T23:59:59Z" if len(end) == 10 else end)'
    plant.edit(windows.between, old, new)


@spoils_mock(kills="an_undefined_department_is_no_filter", on=at.AGENT_CHATS, also=(at.CHATS,))
def undefined_is_a_department(plant: Plant) -> None:
    """The word `undefined` is taken for a department, which has no chats."""
    plant.edit(windows.wished_department, '("", "undefined")', '("",)')


@spoils_mock(kills="a_department_has_its_own_row", on=TRANSFERS)
def transfers_of_all_departments(plant: Plant) -> None:
    """Who asks for the transfers of one department gets those of all."""
    old, new = "department=department_id or None", "department=None"
    plant.edit(department_figures.transfers, old, new)


@spoils_mock(kills="departments_share_no_visitor", on=at.CONVERSATIONS, beside=(at.DEPARTMENTS,))
def visitors_of_all_departments(plant: Plant) -> None:
    """A department has the visitors of all."""
    made = plant.edit(
        totalizers._visitors, "~VISITORS.c.disabled, department", "~VISITORS.c.disabled"
    )
    plant.set(totalizers, "_VISITORS", Counting(made, totalizers.VISITORS.c.department))


@spoils_mock(kills="a_day_has_all_its_hours", on=CHARTS_DATA)
def noon_is_hour_zero(plant: Plant) -> None:
    """Noon and midnight are written as hour 0."""
    plant.edit(overview.hour_text, "{hour % 12 or 12}", "{hour % 12}")
    plant.set(charts, "hour_text", overview.hour_text)


@spoils_mock(kills="chats_of_a_visitor_are_of_the_visitor", on=OF_VISITOR)
def chats_of_all_visitors(plant: Plant) -> None:
    """The conversations of a visitor are those of everybody."""
    old, new = "ROOMS.c.visitor_id == visitor_id", "ROOMS.c.visitor_id.is_not(None)"
    plant.edit(searching.chats, old, new)


@spoils_mock(kills="a_contact_has_its_closed_conversations", on=OF_CONTACT, beside=(at.ROOMS,))
def open_chats_of_contacts(plant: Plant) -> None:
    """The history of a contact has what goes on still."""
    plant.edit(contacts.history, ", ROOMS.c.closed_at.is_not(None)]", "]")


@spoils_mock(kills="a_history_keeps_to_its_limit", on=at.HISTORY)
def history_without_limit(plant: Plant) -> None:
    """The history of a conversation does not look at `limit`."""
    plant.edit(history.for_visitor, "limit or DEFAULT_LIMIT", "DEFAULT_LIMIT")


@spoils_mock(kills="messages_are_what_people_wrote", on=at.MESSAGES)
def notes_among_messages(plant: Plant) -> None:
    """The server's own notes stand among the messages."""
    plant.edit(history.for_user, "MESSAGES.c.rid == rid, is_shown]", "MESSAGES.c.rid == rid]")


@spoils_mock(kills="a_department_by_its_id_is_alone", on=BY_IDS, beside=(at.DEPARTMENTS,))
def ids_are_ignored(plant: Plant) -> None:
    """Departments by id are all departments."""
    old, new = "world.all(Department, DEPARTMENTS.c._id.in_(texts))", "world.all(Department)"
    plant.edit(listing.by_ids, old, new)


@spoils_mock(kills="exceptions_are_left_out", on=SELECTED)
def exceptions_are_offered(plant: Plant) -> None:
    """Departments that a selector excepts are offered all the same."""
    plant.edit(completion._is_wished, 'wished.get("exceptions") or []', "[]")


@spoils_mock(kills="who_stands_in_a_list_has_the_role", on=at.PERSON, beside=(at.PEOPLE,))
def anybody_is_a_manager(plant: Plant) -> None:
    """Who is no manager is read as one."""
    plant.edit(appointments.find, "user is None or role not in user.roles", "user is None")


@spoils_answer(kills="the_queue_leaves_out_who_is_offline", on=QUEUE)
def queue_with_everybody(reply: Reply) -> None:
    """The queue has an agent who is offline, without being asked for such."""
    each(reply, lambda row: row["user"].update(status="offline"))


@spoils_mock(kills="only_a_full_report_has_sessions", on=AVAILABILITY)
def every_report_is_full(plant: Plant) -> None:
    """A report that need not be full has the sessions, too."""
    plant.edit(agent_stats.show_availability, 'full_report == "true"', "full_report is not None")


@spoils_mock(kills="ties_are_ordered_by_the_next_key", on=at.PEOPLE, also=(at.CANNED,))
def second_key_of_a_sort_ignored(plant: Plant) -> None:
    """Lists are sorted by the first key of `sort` alone."""
    plant.edit(paging.order, "in wished.items()]", "in list(wished.items())[:1]]")


@spoils_answer(kills="available_agents_are_all_who_are_available", on=at.PEOPLE)
def nobody_is_available(reply: Reply) -> None:
    """Asked for available agents the list is empty."""
    if reply.ok and reply.asked.query.get("onlyAvailable") == "true":
        reply.body.update(users=[], total=0, count=0)


@spoils_mock(kills="known_and_unknown_contacts_are_apart", on=at.CONTACTS)
def unknown_contacts_are_all(plant: Plant) -> None:
    """Known and unknown contacts are listed together."""
    plant.edit(contacts.search, ", CONTACTS.c.unknown.is_(unknown))", ",)")


@spoils_answer(kills="responses_to_use_are_one_s_own", on=f"GET {at.V1}/canned-responses.get")
def response_of_somebody_else(reply: Reply) -> None:
    """Another user's private response is among those to use."""
    if reply.ok:
        private = {"scope": "user", "createdBy": {"_id": "somebody", "username": "somebody"}}
        reply.body["responses"].append({**reply.body["responses"][0], **private})


@spoils_mock(kills="any_date_is_taken", on=at.AGENT_CHATS, also=(at.CHATS,))
def leap_days_are_no_dates(plant: Plant) -> None:
    """The 29th of February is no date."""
    old = "    if first is None:\n"
    plant.edit(windows.between, old, '    if first is None or "-02-29" in start:\n')


@spoils_mock(kills="a_repeated_parameter_breaks_nothing", on=at.TAGS, also=(at.UNITS,))
def repeated_sort_breaks(plant: Plant) -> None:
    """Two orders at once are an unforeseen error."""
    plant.edit(paging.order, 'text = ",".join(map(str, text))', "text = text + 1")
