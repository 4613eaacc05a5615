"""Faults in what is written and shown again, in orders, and in the hours of a day."""

import html
from typing import Any

from tests.mutants import operations as at
from tests.mutants.bodies import each, map_texts
from tests.mutants.registry import Reply, Scope, spoils_answer, spoils_request

CHARTS_DATA = f"GET {at.LIVECHAT}/livechat/analytics/dashboards/charts-data"


@spoils_answer(kills="words_of_a_conversation_come_back_whole", on=at.HISTORY)
def pictures_lost_in_the_history(reply: Reply) -> None:
    """The history of a conversation leaves out letters of four bytes."""
    _change(reply, "msg", lambda text: "".join(one for one in text if ord(one) < 0x10000))


@spoils_answer(kills="words_of_a_conversation_come_back_whole", on=at.SEND)
def message_answered_in_entities(reply: Reply) -> None:
    """A new message is answered as it would stand in a page."""
    _change(reply, "msg", html.escape)


@spoils_answer(kills="words_of_a_thing_come_back_whole", on=at.SLA, beside=(at.SLAS, at.NEW_SLA))
def long_description_cut(reply: Reply) -> None:
    """A policy that is read by its id has the beginning of its description."""
    _change(reply, "description", lambda text: text[:80])


@spoils_answer(kills="words_of_a_trigger_come_back_whole", on=at.TRIGGERS)
def blanks_of_a_trigger_joined(reply: Reply) -> None:
    """Two blanks in a row are one in the words of a trigger."""
    _change(reply, "msg", lambda text: " ".join(text.split()))


def _change(reply: Reply, key: str, change: Any) -> None:
    if reply.ok:
        reply.body = map_texts(reply.body, lambda name, t: change(t) if name == key else t)


@spoils_answer(kills="any_number_or_time_orders_the_list", on=at.PRIORITIES)
def weights_stay_as_they_are(reply: Reply) -> None:
    """Priorities that are sorted by their weight downwards come upwards."""
    if "-1" in reply.asked.query.get("sort", "") and "sortItem" in reply.asked.query["sort"]:
        reply.body["priorities"].reverse()


@spoils_request(kills="an_unreadable_order_is_refused", on=at.CANNED)
def unreadable_order_is_none(scope: Scope) -> None:
    """An order that goes no way that there is counts as none."""
    scope["query_string"] = scope["query_string"].replace(b"%3A2%7D", b"%3A1%7D")


@spoils_answer(kills="hours_of_any_day_sum_to_it", on=CHARTS_DATA)
def messages_of_the_noon_left_out(reply: Reply) -> None:
    """The chart of one day's messages has none in the hours around noon."""
    if reply.ok and reply.body["chartLabel"] == "Total_messages":
        points = reply.body["dataPoints"]
        if len(points) == 24:
            points[8:16] = [0] * 8


@spoils_answer(kills="days_of_a_chart_sum_to_the_total", on=CHARTS_DATA, beside=(at.CONVERSATIONS,))
def days_count_twice(reply: Reply) -> None:
    """Each day of a chart has twice its conversations."""
    _doubled(reply, hours=False)


@spoils_answer(kills="hours_of_a_day_sum_to_the_day", on=CHARTS_DATA)
def hours_count_twice(reply: Reply) -> None:
    """Each hour of a chart has twice its conversations."""
    _doubled(reply, hours=True)


def _doubled(reply: Reply, *, hours: bool) -> None:
    if reply.ok and reply.body["chartLabel"] == "Total_conversations":
        points = reply.body["dataPoints"]
        if (len(points) == 24) is hours:
            reply.body["dataPoints"] = [2 * point for point in points]


@spoils_answer(
    kills="a_thing_is_the_same_in_every_form",
    on=f"GET {at.LIVECHAT}/visitors.chatHistory/room/{{roomId}}/visitor/{{visitorId}}",
)
def past_chats_have_a_message_more(reply: Reply) -> None:
    """A past conversation of a visitor has one message more than the list says."""
    each(reply, lambda room: room.update(msgs=room["msgs"] + 1))


@spoils_answer(kills="a_new_conversation_waits_until_it_is_taken", on=at.INQUIRIES)
def total_of_the_queue_stands_still(reply: Reply) -> None:
    """The total of waiting inquiries is never more than two."""
    if reply.ok:
        reply.body["total"] = 2


@spoils_answer(
    kills="a_visited_page_is_one_more", on=f"GET {at.LIVECHAT}/visitors.pagesVisited/{{roomId}}"
)
def visited_pages_are_never_more(reply: Reply) -> None:
    """The total of visited pages stays at none."""
    if reply.ok:
        reply.body["total"] = 0


@spoils_answer(kills="what_names_nothing_is_not_read_for_its_cause", on=at.TAG)
def unknown_tag_is_no_right(reply: Reply) -> None:
    """Who asks for an unknown tag is told that something else is wrong."""
    if reply.status == 404:
        reply.body["error"] = "Not allowed"


@spoils_answer(kills="what_names_nothing_is_not_written_for_its_cause", on=at.DELETE_SLA)
def unknown_policy_is_in_use(reply: Reply) -> None:
    """Who deletes an unknown policy is told that it is in use."""
    if reply.status == 400 and "not found" in str(reply.body.get("error")):
        reply.body["error"] = "SLA is in use"


@spoils_answer(
    kills="every_source_of_a_conversation_is_offered", on=at.ROOM_SOURCES, beside=(at.ROOMS,)
)
def last_source_not_offered(reply: Reply) -> None:
    """The last source of conversations cannot be filtered by."""
    if reply.ok:
        reply.body["filters"].pop()


@spoils_answer(
    kills="the_queue_has_who_is_available", on=at.PEOPLE, beside=(f"GET {at.LIVECHAT}/queue",)
)
def agents_are_listed_as_off_duty(reply: Reply) -> None:
    """The list of agents says of everybody that he takes no conversations."""
    each(reply, lambda person: person.update(statusLivechat="not-available"))
