"""Status: an answer has a status that the contract does not document for it."""

from itertools import count

from tests.mutants import operations as at
from tests.mutants.bodies import refuse
from tests.mutants.registry import Reply, spoils_answer

STATUS = "status_code_conformance"
SERVER = "not_a_server_error"
_calls = count(1)


@spoils_answer(kills=STATUS, on=at.NEW_DEPARTMENT)
def created_with_201(reply: Reply) -> None:
    """What is created is answered with 201."""
    if reply.status == 200:
        reply.status = 201


@spoils_answer(kills=STATUS, on=at.DELETE_SLA)
def deleted_with_204(reply: Reply) -> None:
    """What is deleted is answered with 204 and nothing."""
    if reply.status == 200:
        reply.status, reply.body = 204, None


@spoils_answer(kills=STATUS, on=at.DEPARTMENT)
def unknown_id_with_404(reply: Reply) -> None:
    """An unknown id is answered with 404."""
    if reply.ok and reply.body.get("department") is None:
        refuse(reply, 404, "not found")


@spoils_answer(kills=SERVER, on=at.PRIORITY)
def crash_on_unknown_id(reply: Reply) -> None:
    """An unknown id is an unforeseen error."""
    if reply.status in (400, 404):
        refuse(reply, 500, "Internal server error")


@spoils_answer(kills=STATUS, on=at.CUSTOM_FIELDS)
def invalid_with_422(reply: Reply) -> None:
    """An invalid request is answered with 422."""
    if reply.status == 400:
        reply.status = 422


@spoils_answer(kills="permission_required", on=at.BUSINESS_HOURS)
def forbidden_with_404(reply: Reply) -> None:
    """Who lacks the permission is told that there is nothing."""
    if reply.status == 403:
        refuse(reply, 404, "not found")


@spoils_answer(kills="sign_in_required", on=at.APPEARANCE)
def not_signed_in_with_403(reply: Reply) -> None:
    """Who is not signed in is told that he may not."""
    if reply.status == 401:
        refuse(reply, 403, "User does not have the permissions required for this action")


@spoils_answer(kills="sign_in_required", on=at.TRIGGERS)
def not_signed_in_redirected(reply: Reply) -> None:
    """Who is not signed in is sent to a login page."""
    if reply.status == 401:
        reply.status = 302
        reply.headers[b"location"] = b"/login"


@spoils_answer(kills=SERVER, on=at.TAGS)
def sometimes_unavailable(reply: Reply) -> None:
    """Every ninth call is answered with 503."""
    if next(_calls) % 9 == 0:
        refuse(reply, 503, "try again later")


@spoils_answer(kills="an_unreadable_order_is_refused", on=at.ROOMS)
def crash_on_an_unreadable_sort(reply: Reply) -> None:
    """A `sort` that is no JSON is an unforeseen error."""
    if "sort parameter" in str((reply.body or {}).get("error")):
        refuse(reply, 500, "Unexpected token in JSON")


@spoils_answer(kills=STATUS, on=at.CLOSE)
def conflict_with_409(reply: Reply) -> None:
    """What the state forbids is answered with 409."""
    if "room-closed" in str((reply.body or {}).get("error")):
        reply.status = 409


@spoils_answer(kills=STATUS, on=at.CONTACT)
def partial_with_206(reply: Reply) -> None:
    """A good answer says that it is a part."""
    if reply.status == 200:
        reply.status = 206


@spoils_answer(kills="what_names_nothing_is_not_read", on=at.TAG)
def unknown_tag_with_400(reply: Reply) -> None:
    """A tag that nobody made is a 400, though 404 is documented."""
    if reply.status == 404:
        refuse(reply, 400, "Tag not found")


@spoils_answer(kills="what_names_nothing_is_shown_empty", on=at.MEMBERS)
def unknown_department_with_members(reply: Reply) -> None:
    """A department that nobody made has a member."""
    if reply.ok and not reply.body["agents"] and "kit-nothing" in reply.asked.path:
        reply.body.update(agents=[{"agentId": "nobody"}], total=1, count=1)


@spoils_answer(kills="what_names_nothing_is_not_written", on=at.ARCHIVE)
def archiving_nothing_succeeds(reply: Reply) -> None:
    """A department that nobody made is archived."""
    if reply.status == 400 and "kit-nothing" in reply.asked.path:
        reply.status, reply.body = 200, {"success": True}
