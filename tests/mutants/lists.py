"""Lists: pages, totals, orders and filters that do not do what was asked."""

from itertools import count

from mockserver import paging
from mockserver.world.departments import listing as departments
from mockserver.world.inquiries import queue
from mockserver.world.messages import history
from mockserver.world.resource import Query
from mockserver.world.rooms import listing as rooms
from mockserver.world.tags import labels
from mockserver.world.users import appointments
from tests.mutants import operations as at
from tests.mutants.bodies import items, list_name, put
from tests.mutants.plant import Plant
from tests.mutants.registry import Reply, spoils_answer, spoils_mock

PAGES = "pages_join_to_the_whole"
TOTAL = "total_agrees_with_items"
ROOM_FILTERS = "filters_hold_on_every_room"
PART_OF_NAME = "a_thing_is_found_by_a_part_of_its_name"
_turns = count()


@spoils_mock(kills="page_within_count", on=at.PRIORITIES)
def count_is_ignored(plant: Plant) -> None:
    """Lists return every item, whatever `count` says."""
    asked = paging.window
    plant.replace(asked, lambda call: (asked(call)[0], None))


@spoils_mock(kills="page_within_count", on=at.TAGS)
def one_item_too_many(plant: Plant) -> None:
    """A page has one item more than asked for."""
    plant.edit(paging.window, "return offset, count or None", "return offset, count + 1")


@spoils_mock(kills=PAGES, on=at.DEPARTMENTS)
def one_item_too_few(plant: Plant) -> None:
    """A page of several items has one less than asked for."""
    plant.edit(paging.window, "count or None", "max(count - 1, 1) if count else None")


@spoils_mock(kills=PAGES, on=at.ROOMS)
def offset_is_ignored(plant: Plant) -> None:
    """Every page is the first."""
    asked = paging.window
    plant.replace(asked, lambda call: (0, asked(call)[1]))


@spoils_mock(kills="beginning_at_zero_is_the_default", on=at.SLAS)
def offset_counts_from_one(plant: Plant) -> None:
    """The first item has the number 1."""
    plant.edit(
        paging.window, "return offset, count or None", "return max(offset - 1, 0), count or None"
    )


@spoils_answer(kills="total_agrees_with_items", on=at.TRIGGERS)
def offset_not_told(reply: Reply) -> None:
    """A page says that it begins at 0, wherever it does."""
    if reply.ok:
        reply.body["offset"] = 0


@spoils_mock(kills="sort_holds", on=at.CANNED)
def sort_is_ignored(plant: Plant) -> None:
    """`sort` changes nothing."""
    asked = paging.order
    plant.replace(asked, lambda call: asked(call) and [])


@spoils_mock(kills="sort_holds", on=at.CUSTOM_FIELDS)
def sort_is_reversed(plant: Plant) -> None:
    """1 and -1 are mixed up."""
    plant.edit(paging.order, "int(way)) for", "-int(way)) for")


@spoils_mock(kills="a_reversed_order_reverses_the_list", on=at.TAGS)
def sort_goes_one_way(plant: Plant) -> None:
    """-1 is read as 1."""
    plant.edit(paging.order, "int(way)) for", "1) for")


@spoils_mock(kills="a_page_is_full_or_has_all_items", on=at.ROOMS)
def pages_of_five(plant: Plant) -> None:
    """A page has five items at most, whatever is asked for."""
    plant.edit(paging.window, "MAX_COUNT)", "5)")


@spoils_mock(kills="any_number_or_time_orders_the_list", on=at.SLAS)
def numbers_sorted_as_texts(plant: Plant) -> None:
    """Numbers are sorted as if they were texts: 15 before 240, 240 before 30."""
    plant.edit(Query._terms, "_value(resource, path)", "sa.cast(_value(resource, path), sa.Text)")


@spoils_answer(kills="same_read_same_answer", on=at.MEMBERS)
def order_changes(reply: Reply) -> None:
    """The same list comes in another order each time."""
    found = items(reply)
    turn = next(_turns) % max(len(found), 1)
    put(reply, [*found[turn:], *found[:turn]])


@spoils_answer(kills=TOTAL, on=at.UNITS)
def total_is_that_of_the_page(reply: Reply) -> None:
    """`total` says how many items came."""
    if reply.ok:
        reply.body["total"] = reply.body["count"]


@spoils_answer(kills=TOTAL, on=at.DEPARTMENTS)
def total_is_too_small(reply: Reply) -> None:
    """`total` is one less than there are."""
    if reply.ok:
        reply.body["total"] = max(reply.body["total"] - 1, 0)


@spoils_answer(kills="nothing_follows_the_last_item", on=at.ROOMS)
def total_is_too_large(reply: Reply) -> None:
    """`total` counts what the caller does not see, too."""
    if reply.ok:
        reply.body["total"] += 3


@spoils_answer(kills=TOTAL, on=at.PEOPLE)
def count_is_what_was_asked_for(reply: Reply) -> None:
    """`count` repeats the request and does not say how many items came."""
    if reply.ok:
        reply.body["count"] = int(reply.asked.query.get("count", 50))


@spoils_answer(kills="every_page_says_the_same_total", on=at.CONTACTS)
def total_of_what_is_left(reply: Reply) -> None:
    """`total` counts from the offset on."""
    if reply.ok:
        reply.body["total"] -= reply.body["offset"]


@spoils_answer(kills="ids_are_unique", on=at.INQUIRIES)
def item_twice(reply: Reply) -> None:
    """The last item of a list comes twice."""
    if found := items(reply):
        put(reply, [*found[:-2], found[-1], found[-1]] if len(found) > 1 else found)


@spoils_mock(kills=PART_OF_NAME, on=at.DEPARTMENTS)
def text_matches_beginnings_only(plant: Plant) -> None:
    """A text is found at the beginning of a name only."""
    plant.edit(departments._narrowed, "name_folded.contains", "name_folded.startswith")


@spoils_mock(kills="filters_hold", on=at.DEPARTMENTS)
def text_is_ignored(plant: Plant) -> None:
    """`text` narrows nothing."""
    plant.edit(departments._narrowed, "if text:", "if False:")


@spoils_mock(kills="filters_hold", on=at.TAGS)
def text_finds_everything_else(plant: Plant) -> None:
    """`text` leaves out what holds it."""
    plant.edit(
        labels.listing,
        "where = search.containing(TAGS.c.words, text)",
        "where = tuple(~found for found in search.containing(TAGS.c.words, text))",
    )


@spoils_mock(kills="filters_hold", on=at.DEPARTMENTS)
def enabled_is_ignored(plant: Plant) -> None:
    """`enabled=true` lists disabled departments too."""
    plant.edit(departments.departments, "if only_enabled:", "if False:")


@spoils_mock(kills="archived_departments_are_not_listed", on=at.DEPARTMENTS, beside=(at.ARCHIVED,))
def archive_is_listed(plant: Plant) -> None:
    """Archived departments stand in the usual list."""
    plant.edit(departments.departments, "if not with_archived:", "if False:")


@spoils_mock(kills="filters_hold", on=at.DEPARTMENTS)
def excluded_is_listed(plant: Plant) -> None:
    """`excludeDepartmentId` leaves nothing out."""
    plant.edit(departments._narrowed, "if excluded:", "if False:")


@spoils_mock(kills=ROOM_FILTERS, on=at.ROOMS)
def department_filter_ignored(plant: Plant) -> None:
    """`departmentId` narrows nothing."""
    plant.edit(rooms._names, "if wanted.department_id and", "if False and")


@spoils_mock(kills=ROOM_FILTERS, on=at.ROOMS)
def open_false_lists_all(plant: Plant) -> None:
    """`open=false` lists open rooms too."""
    plant.edit(rooms._state, '== "false"', '== "no"')


@spoils_mock(kills=ROOM_FILTERS, on=at.ROOMS)
def onhold_is_ignored(plant: Plant) -> None:
    """`onhold=true` narrows nothing."""
    plant.edit(rooms._state, "_text(wanted.onhold) in YES", "False")


@spoils_mock(kills="a_room_has_one_state", on=at.ROOMS)
def held_rooms_listed_as_open(plant: Plant) -> None:
    """`open=true` lists rooms on hold too."""
    plant.edit(rooms._state, "[] if is_held else [~ROOMS.c.on_hold]", "[]")


@spoils_mock(kills="a_room_has_one_state", on=at.ROOMS)
def served_rooms_listed_as_queued(plant: Plant) -> None:
    """`queued=true` lists rooms that an agent serves."""
    plant.edit(rooms._state, "ROOMS.c.served_by.is_(None), ", "")


@spoils_mock(kills=ROOM_FILTERS, on=at.ROOMS)
def agents_filter_ignored(plant: Plant) -> None:
    """`agents[]` narrows nothing."""
    plant.edit(rooms.search, "    if wanted.agents:\n", "    if False:\n")


@spoils_mock(kills="rooms_of_two_agents_sum", on=at.ROOMS)
def only_the_first_agent_counts(plant: Plant) -> None:
    """Of several agents only the first is looked for."""
    plant.edit(rooms.search, ".in_(wanted.agents)", ".in_(wanted.agents[:1])")


@spoils_mock(kills="rooms_of_two_departments_sum", on=at.ROOMS)
def only_the_first_department_counts(plant: Plant) -> None:
    """Of several departments only the first is looked for."""
    plant.edit(rooms._names, "else given)", "else given[:1])")


@spoils_mock(kills=ROOM_FILTERS, on=at.ROOMS)
def tags_filter_ignored(plant: Plant) -> None:
    """`tags[]` narrows nothing."""
    plant.edit(rooms.search, "if wanted.tags:", "if False:")


@spoils_mock(kills="rooms_of_two_halves_sum_to_the_window", on=at.ROOMS)
def window_without_its_bounds(plant: Plant) -> None:
    """A window of time leaves out its first instant."""
    plant.edit(rooms._window, "yield column >= at", "yield column > at")


@spoils_mock(kills=ROOM_FILTERS, on=at.ROOMS)
def closed_at_reads_created_at(plant: Plant) -> None:
    """`closedAt` looks at when a room began."""
    plant.edit(rooms.search, "ROOMS.c.closed_at, wanted.closed_at", "ROOMS.c.ts, wanted.closed_at")


@spoils_mock(kills="a_room_is_found_by_a_part_of_its_name", on=at.ROOMS)
def room_name_must_be_whole(plant: Plant) -> None:
    """`roomName` finds whole names only."""
    plant.edit(
        rooms._names,
        "ROOMS.c.fname_folded.contains(name, autoescape=True)",
        "ROOMS.c.fname_folded == name",
    )


@spoils_mock(kills="available_agents_are_agents", on=at.PEOPLE)
def only_available_is_reversed(plant: Plant) -> None:
    """`onlyAvailable=true` lists those who are not."""
    plant.edit(appointments._narrowed, '== "available"', '!= "available"')


@spoils_mock(kills="filters_hold", on=at.INQUIRIES)
def department_of_the_queue_ignored(plant: Plant) -> None:
    """`department` does not narrow the queue."""
    plant.edit(queue.queued, "if found is not None:", "if False:")


@spoils_mock(kills="filters_hold", on=at.MESSAGES)
def search_term_ignored(plant: Plant) -> None:
    """`searchTerm` narrows nothing."""
    plant.edit(history.for_user, "if term:", "if False:")


@spoils_answer(kills="pages_join_to_the_whole", on=at.MONITORS)
def first_page_is_empty(reply: Reply) -> None:
    """A page that begins at 0 is empty when `count` is given."""
    if reply.ok and reply.asked.query.get("offset", "0") == "0" and "count" in reply.asked.query:
        put(reply, [])


@spoils_mock(
    kills="departments_by_id_are_those_of_the_list",
    on=f"GET {at.LIVECHAT}/department.listByIds",
    beside=(at.DEPARTMENTS,),
)
def first_of_the_ids_left_out(plant: Plant) -> None:
    """Of several ids the first is left out."""
    plant.edit(departments.by_ids, "for one in ids if", "for one in ids[1:] if")


@spoils_answer(kills="the_default_order_may_be_spelled_out", on=at.SLAS)
def default_order_is_another(reply: Reply) -> None:
    """Without `sort`, a list begins with its last item."""
    if "sort" not in reply.asked.query and list_name(reply):
        put(reply, items(reply)[::-1])


@spoils_mock(kills="a_page_of_one_begins_the_list", on=at.TRIGGERS)
def count_of_one_is_the_default(plant: Plant) -> None:
    """`count=1` is taken for no count."""
    plant.edit(paging.window, "count or None", "None if count == 1 else count or None")
