"""Shape: keys that are missing, called otherwise or elsewhere; values outside their enum."""

from tests.mutants import operations as at
from tests.mutants.bodies import each, items
from tests.mutants.registry import Reply, spoils_answer

SCHEMA = "response_schema_conformance"


@spoils_answer(kills=SCHEMA, on=at.SLAS)
def total_missing(reply: Reply) -> None:
    """A list does not say how many items there are in all."""
    if reply.ok:
        del reply.body["total"]


@spoils_answer(kills=SCHEMA, on=at.PRIORITIES)
def count_missing(reply: Reply) -> None:
    """A list does not say how many items came."""
    if reply.ok:
        del reply.body["count"]


@spoils_answer(kills=SCHEMA, on=at.CANNED)
def id_missing(reply: Reply) -> None:
    """Items have no id."""
    each(reply, lambda item: item.pop("_id"))


@spoils_answer(kills=SCHEMA, on=at.ARCHIVED)
def list_renamed(reply: Reply) -> None:
    """The list stands under another key."""
    if reply.ok:
        reply.body["items"] = reply.body.pop("departments")


@spoils_answer(kills=SCHEMA, on=at.CUSTOM_FIELDS)
def answer_wrapped(reply: Reply) -> None:
    """The whole answer stands under `data`."""
    if reply.ok:
        reply.body = {"success": True, "data": reply.body}


@spoils_answer(kills=SCHEMA, on=at.TRIGGERS)
def bare_list(reply: Reply) -> None:
    """The answer is the list itself, without an envelope."""
    if reply.ok:
        reply.body = items(reply)


@spoils_answer(kills=SCHEMA, on=at.OPEN_ROOM)
def room_missing(reply: Reply) -> None:
    """A room that was opened is not in the answer."""
    if reply.ok:
        del reply.body["room"]


@spoils_answer(kills="a_thing_is_the_same_in_every_form", on=at.PEOPLE)
def username_missing(reply: Reply) -> None:
    """Agents have no user name."""
    each(reply, lambda person: person.pop("username"))


@spoils_answer(kills="a_thing_is_the_same_in_every_form", on=at.PERSON)
def key_in_another_case(reply: Reply) -> None:
    """A key is written in snake case."""
    if reply.ok and reply.body.get("user"):
        user = reply.body["user"]
        user["user_name"] = user.pop("username", "")


@spoils_answer(kills=SCHEMA, on=at.REGISTER)
def token_missing(reply: Reply) -> None:
    """A visitor that was registered comes back without his token."""
    if reply.ok:
        del reply.body["visitor"]["token"]


@spoils_answer(kills=SCHEMA, on=at.INQUIRIES)
def value_outside_its_enum(reply: Reply) -> None:
    """A state is none of the documented ones."""
    each(reply, lambda inquiry: inquiry.update(status="waiting"))


@spoils_answer(kills=SCHEMA, on=at.CONFIG)
def nested_key_missing(reply: Reply) -> None:
    """A key deep inside an answer is missing."""
    if reply.ok:
        reply.body["config"]["settings"].pop("registrationForm", None)


@spoils_answer(kills=SCHEMA, on=at.CHATS)
def one_count_missing(reply: Reply) -> None:
    """A count of zero is left out."""
    if reply.ok:
        reply.body = {name: value for name, value in reply.body.items() if value != 0}


@spoils_answer(kills=SCHEMA, on=at.SLA)
def empty_object(reply: Reply) -> None:
    """Only the envelope is answered."""
    if reply.ok:
        reply.body = {"success": True}


@spoils_answer(kills="nothing_leaks", on=f"GET {at.LIVECHAT}/agent.info/{{rid}}/{{token}}")
def strangers_see_roles(reply: Reply) -> None:
    """A visitor is told the roles of the agent."""
    if reply.ok:
        reply.body["agent"]["roles"] = ["livechat-agent"]


@spoils_answer(kills="nothing_leaks", on=at.VISITOR_INFO)
def profile_shows_the_token(reply: Reply) -> None:
    """Who reads about a visitor gets the token with which one is this visitor."""
    if reply.ok:
        reply.body["visitor"]["token"] = "visitor-token"
