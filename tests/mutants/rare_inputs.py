"""Rare inputs: a fault that shows for one kind of value only."""

from urllib.parse import quote, unquote

from tests.mutants import operations as at
from tests.mutants.bodies import each, items, put, refuse
from tests.mutants.registry import Asked, Reply, Scope, spoils_answer, spoils_request

SERVER = "not_a_server_error"
VALID = "valid_request_accepted"
INVALID = "invalid_request_refused"


def _crash(reply: Reply) -> None:
    refuse(reply, 500, "Internal server error")


def _values(asked: Asked) -> list[str]:
    return [*asked.query.values(), unquote(asked.path)]


@spoils_answer(kills=SERVER, on=at.DEPARTMENTS)
def empty_text_crashes(reply: Reply) -> None:
    """An empty `text` is an unforeseen error."""
    if reply.asked.query.get("text") == "":
        _crash(reply)


@spoils_answer(kills=SERVER, on=at.TAGS)
def unicode_crashes(reply: Reply) -> None:
    """A character beyond ASCII is an unforeseen error."""
    if any(not value.isascii() for value in _values(reply.asked)):
        _crash(reply)


@spoils_answer(kills=SERVER, on=at.UNITS)
def emoji_crashes(reply: Reply) -> None:
    """A character beyond the first 65536 is an unforeseen error."""
    if any(ord(letter) > 0xFFFF for value in _values(reply.asked) for letter in value):
        _crash(reply)


@spoils_answer(kills=SERVER, on=at.ROOMS)
def full_page_crashes(reply: Reply) -> None:
    """`count=100` is an unforeseen error."""
    if reply.asked.query.get("count") == "100":
        _crash(reply)


@spoils_answer(kills=SERVER, on=at.PRIORITIES)
def count_zero_crashes(reply: Reply) -> None:
    """`count=0` is an unforeseen error."""
    if reply.asked.query.get("count") in ("0", "0.0"):
        _crash(reply)


@spoils_answer(kills=SERVER, on=at.CANNED)
def negative_count_crashes(reply: Reply) -> None:
    """A `count` below zero is an unforeseen error."""
    if reply.asked.query.get("count", "").startswith("-"):
        _crash(reply)


@spoils_answer(kills=SERVER, on=at.SLAS)
def large_offset_crashes(reply: Reply) -> None:
    """An `offset` that no 32 bits hold is an unforeseen error."""
    offset = reply.asked.query.get("offset", "")
    if offset.isdigit() and int(offset) >= 2**31:
        _crash(reply)


@spoils_answer(kills=SERVER, on=at.AGENT_CHATS)
def leap_day_crashes(reply: Reply) -> None:
    """The 29th of February is an unforeseen error."""
    if any("-02-29" in value for value in reply.asked.query.values()):
        _crash(reply)


@spoils_answer(kills=VALID, on=at.TIMINGS)
def date_without_time_refused(reply: Reply) -> None:
    """A day without a time of day is refused as no date."""
    if any(len(value) == 10 and value[4:5] == "-" for value in reply.asked.query.values()):
        refuse(reply, 400, 'The "start" query parameter must be a valid date.')


@spoils_answer(kills=VALID, on=at.CHATS)
def offset_of_a_zone_refused(reply: Reply) -> None:
    """An instant with an offset from UTC is refused as no date."""
    if any(value[-6:-5] in ("+", "-", " ") for value in reply.asked.query.values()):
        refuse(reply, 400, 'The "start" query parameter must be a valid date.')


@spoils_answer(kills=VALID, on=at.NEW_SLA)
def long_name_refused(reply: Reply) -> None:
    """A name of more than 20 characters is called invalid."""
    name = (reply.asked.body or {}).get("name") if isinstance(reply.asked.body, dict) else None
    if isinstance(name, str) and len(name) > 20:
        error = "must NOT have more than 20 characters [invalid-params]"
        refuse(reply, 400, error, "invalid-params")


@spoils_answer(kills=INVALID, on=at.NEW_SLA)
def unknown_key_of_a_body_accepted(reply: Reply) -> None:
    """A key that the body must not have is passed over."""
    if "additional properties" in str((reply.body or {}).get("error")):
        made = {"_id": "abc", "name": "a", "dueTimeInMinutes": 5}
        reply.status, reply.body = 200, {"sla": made, "success": True}


@spoils_answer(kills=INVALID, on=at.AGENT_CHATS)
def end_may_be_missing(reply: Reply) -> None:
    """A required parameter may be missing."""
    if reply.status == 400 and "end" not in reply.asked.query and "start" in reply.asked.query:
        reply.status, reply.body = 200, {"success": True}


@spoils_answer(kills=SERVER, on=at.VISITORS)
def quote_crashes(reply: Reply) -> None:
    """A quote in a text is an unforeseen error."""
    if any("'" in value or '"' in value for value in _values(reply.asked)):
        _crash(reply)


@spoils_answer(kills=SERVER, on=at.PEOPLE)
def open_bracket_crashes(reply: Reply) -> None:
    """A text is read as a regular expression; one that is none is an unforeseen error."""
    if any(mark in reply.asked.query.get("text", "") for mark in "([*+?\\"):
        _crash(reply)


@spoils_answer(kills="filters_hold", on=at.CUSTOM_FIELDS)
def text_with_a_blank_is_ignored(reply: Reply) -> None:
    """A `text` with a blank in it finds everything."""
    if " " in reply.asked.query.get("text", "") and reply.ok:
        item = {"_id": "company", "label": "Company", "scope": "visitor", "visibility": "visible"}
        put(reply, [{**item, "_updatedAt": "2020-09-01T00:00:00.000Z"}])


@spoils_request(kills="filters_hold", on=at.DEPARTMENTS)
def only_the_first_word_counts(scope: Scope) -> None:
    """Only the first word of `text` is looked for."""
    head, found, rest = scope["query_string"].partition(b"text=")
    text, more, others = rest.partition(b"&")
    if found:
        scope["query_string"] = head + found + text.split(b"%20")[0].split(b"+")[0] + more + others


@spoils_request(kills="a_thing_is_found_by_a_part_of_its_name", on=at.TAGS)
def case_of_a_text_matters(scope: Scope) -> None:
    """A text in capital letters finds nothing."""
    head, found, rest = scope["query_string"].partition(b"text=")
    text = unquote(rest.partition(b"&")[0].decode())
    if found and text != text.lower():
        scope["query_string"] = head + found + quote(text + "\u200b").encode()


@spoils_answer(kills=SERVER, on=at.MEMBERS)
def long_id_crashes(reply: Reply) -> None:
    """An id of more than 64 characters is an unforeseen error."""
    if len(unquote(reply.asked.path).split("/")[5]) > 64:
        _crash(reply)


@spoils_answer(kills=SERVER, on=at.CONTACTS)
def wrong_type_crashes(reply: Reply) -> None:
    """A parameter of a wrong type is an unforeseen error."""
    if reply.status == 400 and "must be" in str(reply.body.get("error")):
        _crash(reply)


@spoils_answer(kills="response_schema_conformance", on=at.INQUIRIES)
def empty_page_is_null(reply: Reply) -> None:
    """A page behind the last item is null."""
    if reply.ok and not items(reply):
        reply.body["inquiries"] = None


@spoils_answer(kills="response_schema_conformance", on=at.ROOMS)
def unserved_room_has_null(reply: Reply) -> None:
    """A room that nobody serves is served by null."""
    each(reply, lambda room: room.setdefault("servedBy", None))


@spoils_answer(kills="a_token_is_any_text", on=at.REGISTER)
def token_with_a_slash_crashes(reply: Reply) -> None:
    """A slash in the token of a new visitor is an unforeseen error."""
    visitor = (
        (reply.asked.body or {}).get("visitor") if isinstance(reply.asked.body, dict) else None
    )
    if isinstance(visitor, dict) and "/" in str(visitor.get("token")):
        _crash(reply)


@spoils_answer(kills=SERVER, on=at.SEND)
def empty_message_crashes(reply: Reply) -> None:
    """An empty message is an unforeseen error."""
    if isinstance(reply.asked.body, dict) and reply.asked.body.get("msg") == "":
        _crash(reply)


@spoils_answer(kills=SERVER, on=at.TAKE)
def taken_inquiry_crashes(reply: Reply) -> None:
    """To take what is taken is an unforeseen error."""
    if "already taken" in str((reply.body or {}).get("error")):
        _crash(reply)
