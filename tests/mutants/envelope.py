"""Envelope: what surrounds an answer contradicts its status, its cause, or itself."""

from tests.mutants import operations as at
from tests.mutants.registry import Reply, spoils_answer

ENVELOPE = "envelope_agrees"
NAMED = "refusal_names_its_cause"
TYPED = "error_type_agrees"


@spoils_answer(kills=ENVELOPE, on=at.ROOM_SOURCES)
def success_missing(reply: Reply) -> None:
    """A good answer does not say that it is one."""
    if reply.ok:
        del reply.body["success"]


@spoils_answer(kills=ENVELOPE, on=at.PRIORITY)
def refusal_called_success(reply: Reply) -> None:
    """A refusal says `success: true`."""
    if reply.status in (400, 404):
        reply.body["success"] = True


@spoils_answer(kills=ENVELOPE, on=at.AGENTS_STATUS)
def success_as_text(reply: Reply) -> None:
    """`success` is the text `true`."""
    if reply.ok:
        reply.body["success"] = "true"


@spoils_answer(kills=ENVELOPE, on=at.INQUIRY)
def refusal_without_success(reply: Reply) -> None:
    """A refusal has no `success`."""
    if reply.status == 400:
        reply.body.pop("success")


@spoils_answer(kills="status_code_conformance", on=at.TAKE)
def refusal_with_200(reply: Reply) -> None:
    """A refusal has status 200, and only its body says no."""
    if reply.status == 400:
        reply.status = 200


@spoils_answer(kills="response_schema_conformance", on=at.CLOSE_BY_USER)
def error_missing(reply: Reply) -> None:
    """A refusal does not say why."""
    if reply.status == 400:
        reply.body.pop("error", None)


@spoils_answer(kills="response_schema_conformance", on=at.ON_HOLD)
def error_as_object(reply: Reply) -> None:
    """The reason of a refusal is an object."""
    if reply.status == 400:
        reply.body["error"] = {"message": reply.body["error"]}


@spoils_answer(kills=TYPED, on=at.CHATS)
def error_type_missing(reply: Reply) -> None:
    """A refusal with a code in its text has no `errorType`."""
    if reply.status == 400:
        reply.body.pop("errorType", None)


@spoils_answer(kills=TYPED, on=at.AGENTS_STATUS)
def error_type_of_something_else(reply: Reply) -> None:
    """`errorType` names another code than the text."""
    if reply.status == 400 and "errorType" in reply.body:
        reply.body["errorType"] = "error-not-allowed"


@spoils_answer(kills=TYPED, on=at.ARCHIVE)
def code_missing_from_the_text(reply: Reply) -> None:
    """The text of a refusal lacks the code that `errorType` has."""
    if reply.status == 400:
        reply.body["errorType"] = "error-department-not-found"


@spoils_answer(kills=NAMED, on=at.TIMINGS)
def another_parameter_named(reply: Reply) -> None:
    """A refusal names another parameter than the one that is missing."""
    if reply.status == 400:
        reply.body["error"] = reply.body["error"].replace("'start'", "'begin'")


@spoils_answer(kills=NAMED, on=at.CHAT_TOTALS)
def no_parameter_named(reply: Reply) -> None:
    """A refusal of a wrong request does not say what is wrong."""
    if reply.status == 400 and reply.body.get("errorType") == "invalid-params":
        reply.body["error"] = "Invalid parameters [invalid-params]"


@spoils_answer(kills=NAMED, on=at.NEW_SLA)
def no_key_of_the_body_named(reply: Reply) -> None:
    """A refusal of a wrong body does not say which key is missing."""
    if reply.status == 400 and "required property" in str(reply.body.get("error")):
        reply.body["error"] = "must be valid [invalid-params]"


@spoils_answer(kills="nothing_leaks", on=at.USER_INFO)
def password_hash_shown(reply: Reply) -> None:
    """A user comes with the hash of his password."""
    if reply.ok:
        digest = "$2b$10$" + "N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"
        reply.body["user"]["services"] = {"password": {"bcrypt": digest}}


@spoils_answer(kills="nothing_leaks", on=at.ME)
def login_tokens_shown(reply: Reply) -> None:
    """A user comes with the stored forms of his login tokens."""
    if reply.ok:
        reply.body["services"] = {"resume": {"loginTokens": [{"hashedToken": "b2JzY3VyZQ=="}]}}


@spoils_answer(kills="nothing_leaks", on=at.DEPARTMENTS)
def database_error_shown(reply: Reply) -> None:
    """A refusal shows the error of the database."""
    if reply.status == 400:
        reply.body["details"] = 'sqlite3.OperationalError: near "FROM": syntax error'


@spoils_answer(kills="nothing_leaks", on=at.VISITOR)
def file_path_shown(reply: Reply) -> None:
    """A refusal names a file of the server."""
    if reply.status == 400:
        reply.body["details"] = "ENOENT: /opt/rocket/programs/server/app/visitors.js"


@spoils_answer(kills="nothing_leaks", on=at.VISITOR_INFO)
def token_of_a_visitor_shown(reply: Reply) -> None:
    """The profile of a visitor holds his token, his only credential."""
    if reply.ok:
        reply.body["visitor"]["token"] = "secret-token-of-the-visitor"
