"""Types: values of another kind than the contract promises."""

from tests.mutants import operations as at
from tests.mutants.bodies import each, items, map_texts
from tests.mutants.registry import Reply, spoils_answer

SCHEMA = "response_schema_conformance"


@spoils_answer(kills=SCHEMA, on=at.DEPARTMENTS)
def id_as_number(reply: Reply) -> None:
    """Ids are numbers."""
    each(reply, lambda item: item.update(_id=7))


@spoils_answer(kills=SCHEMA, on=at.DEPARTMENT)
def flag_as_text(reply: Reply) -> None:
    """A flag is the text `true`."""
    if reply.ok and reply.body.get("department"):
        reply.body["department"]["enabled"] = "true"


@spoils_answer(kills=SCHEMA, on=at.ROOMS)
def flag_as_number(reply: Reply) -> None:
    """A flag is 1 or 0."""
    each(reply, lambda room: room.update(open=1) if room.get("open") else None)


@spoils_answer(kills=SCHEMA, on=at.TAGS)
def total_as_text(reply: Reply) -> None:
    """The total of a list is a text."""
    if reply.ok:
        reply.body["total"] = str(reply.body["total"])


@spoils_answer(kills=SCHEMA, on=at.ROOMS)
def date_as_milliseconds(reply: Reply) -> None:
    """An instant is a number of milliseconds."""
    each(reply, lambda room: room.update(ts=1599728400000))


@spoils_answer(kills="response_schema_conformance", on=at.INQUIRIES)
def date_without_zone(reply: Reply) -> None:
    """An instant does not say in which zone it is."""
    each(reply, lambda inquiry: inquiry.update(ts=inquiry["ts"].rstrip("Z")))


@spoils_answer(kills="response_schema_conformance", on=at.VISITOR_INFO)
def date_in_words(reply: Reply) -> None:
    """Instants are written as mail does: `Thu, 10 Sep 2020 10:00:00 GMT`."""
    if reply.ok:
        reply.body = map_texts(reply.body, _as_mail_writes)


def _as_mail_writes(name: str, text: str) -> str:
    return "Thu, 10 Sep 2020 10:00:00 GMT" if text.endswith("Z") and text[4:5] == "-" else text


@spoils_answer(kills="response_schema_conformance", on=at.CANNED)
def date_with_a_day_that_is_none(reply: Reply) -> None:
    """An instant names the 31st of a month with 30 days."""
    each(reply, lambda item: item.update(_createdAt="2020-09-31T10:00:00.000Z"))


@spoils_answer(kills="response_schema_conformance", on=at.CONTACT)
def date_without_time(reply: Reply) -> None:
    """An instant is a day alone."""
    if reply.ok:
        reply.body["contact"]["createdAt"] = reply.body["contact"]["createdAt"][:10]


@spoils_answer(kills=SCHEMA, on=at.MONITORS)
def null_for_a_list(reply: Reply) -> None:
    """An empty list is null."""
    if reply.ok and not items(reply):
        reply.body["monitors"] = None


@spoils_answer(kills=SCHEMA, on=at.UNITS)
def object_for_a_list(reply: Reply) -> None:
    """A list is an object whose keys are numbers."""
    if reply.ok:
        reply.body["units"] = {str(i): unit for i, unit in enumerate(reply.body["units"])}


@spoils_answer(kills=SCHEMA, on=at.VISITOR)
def list_for_an_object(reply: Reply) -> None:
    """A single object comes in a list."""
    if reply.ok:
        reply.body["visitor"] = [reply.body["visitor"]]


@spoils_answer(kills=SCHEMA, on=at.DEPARTMENT_CHATS)
def count_as_fraction(reply: Reply) -> None:
    """Counts are averages, with a fraction."""
    for counts in reply.body.values() if reply.ok else ():
        if isinstance(counts, dict):
            counts["open"] = counts["open"] / 2 + 0.25


@spoils_answer(kills=SCHEMA, on=at.CHATS)
def negative_count(reply: Reply) -> None:
    """A count is below zero."""
    if reply.ok:
        reply.body["queued"] = -1


@spoils_answer(kills=SCHEMA, on=at.TAG)
def text_is_null(reply: Reply) -> None:
    """A name that is always there is null."""
    if reply.ok:
        reply.body["name"] = None


@spoils_answer(kills=SCHEMA, on=at.TIMINGS)
def duration_as_text(reply: Reply) -> None:
    """A duration in seconds is a text such as `00:00:12`."""
    if reply.ok:
        reply.body["response"]["avg"] = "00:00:12"


@spoils_answer(kills=SCHEMA, on=at.AGENTS_STATUS)
def missing_number_as_text(reply: Reply) -> None:
    """Nothing is written as `N/A`."""
    if reply.ok:
        reply.body["away"] = reply.body.get("away") or "N/A"
