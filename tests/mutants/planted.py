"""The faults that the first kit must find, at least one for each of its checks."""

from urllib.parse import parse_qsl, urlencode

from tests.mutants.registry import Reply, Scope, spoils_answer, spoils_request

BOARDS = "GET /api/v1/livechat/analytics/dashboards/charts"
CHATS_PER_AGENT = f"{BOARDS}/chats-per-agent"
CREDENTIALS = (b"x-auth-token", b"x-user-id")


def _sign_in_as_admin(scope: Scope) -> None:
    others = [(name, value) for name, value in scope["headers"] if name not in CREDENTIALS]
    scope["headers"] = [*others, (b"x-auth-token", b"admin-token"), (b"x-user-id", b"admin")]


@spoils_request(kills="sign_in_required", on=CHATS_PER_AGENT)
def open_door(scope: Scope) -> None:
    """Who sends no token is taken for the administrator."""
    if not any(name == b"x-auth-token" for name, _ in scope["headers"]):
        _sign_in_as_admin(scope)


@spoils_request(kills="permission_required", on=f"{BOARDS}/agents-status")
def everybody_permitted(scope: Scope) -> None:
    """Every signed-in user may do what the administrator may."""
    if (b"x-user-id", b"user") in scope["headers"]:
        _sign_in_as_admin(scope)


@spoils_answer(kills="response_schema_conformance", on=f"{BOARDS}/chats")
def count_as_text(reply: Reply) -> None:
    """A count is given as a string."""
    if reply.status == 200:
        reply.body["open"] = str(reply.body["open"])


@spoils_answer(kills="envelope_agrees", on=f"{BOARDS}/chats-per-department")
def failure_with_200(reply: Reply) -> None:
    """The envelope of a 200 says that the call failed."""
    if reply.status == 200:
        reply.body["success"] = False


@spoils_answer(kills="nothing_leaks", on=f"{BOARDS}/timings")
def stack_trace_shown(reply: Reply) -> None:
    """A refusal carries the stack trace of the server."""
    if reply.status == 400:
        reply.body["stack"] = "Error: bad\n    at parse (/app/bundle/server/dashboards.js:12:34)"


@spoils_answer(kills="valid_request_accepted", on="GET /api/v1/livechat/department")
def optional_made_required(reply: Reply) -> None:
    """An optional parameter is asked for."""
    if reply.status == 200:
        error = "must have required property 'text' [invalid-params]"
        reply.status = 400
        reply.body = {"success": False, "error": error, "errorType": "invalid-params"}


@spoils_request(kills="invalid_request_refused", on=f"{BOARDS.rpartition('/')[0]}/chats-totalizers")
def unknown_parameters_ignored(scope: Scope) -> None:
    """Parameters that the contract does not know are dropped without a word."""
    known = ("start", "end", "departmentId")
    pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    scope["query_string"] = urlencode([pair for pair in pairs if pair[0] in known]).encode()


@spoils_request(
    kills="unknown_method_refused",
    on="GET /api/v1/livechat/config/routing",
    any_method=True,
)
def any_method_reads(scope: Scope) -> None:
    """Other methods do what GET does."""
    scope["method"] = "GET"


@spoils_answer(
    kills="allow_header_agrees",
    on="GET /api/v1/livechat/integrations.settings",
    any_method=True,
)
def allow_names_too_much(reply: Reply) -> None:
    """`Allow` names a method that is not there."""
    if b"allow" in reply.headers:
        reply.headers[b"allow"] += b", DELETE"


@spoils_answer(
    kills="status_code_conformance", on=f"{BOARDS.rpartition('/')[0]}/productivity-totalizers"
)
def status_of_its_own(reply: Reply) -> None:
    """A good answer has a status that the contract does not know."""
    if reply.status == 200:
        reply.status = 203


@spoils_answer(
    kills="content_type_conformance", on=f"{BOARDS.rpartition('/')[0]}/conversation-totalizers"
)
def json_called_html(reply: Reply) -> None:
    """JSON is sent as if it were a page."""
    reply.headers[b"content-type"] = b"text/html"


@spoils_request(kills="pages_join_to_the_whole", on="GET /api/v1/livechat/rooms")
def pages_overlap(scope: Scope) -> None:
    """Each page but the first begins with the last item of the page before."""
    pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    spoiled = [
        (name, str(int(value) - 1) if _is_later(name, value) else value) for name, value in pairs
    ]
    scope["query_string"] = urlencode(spoiled).encode()


def _is_later(name: str, value: str) -> bool:
    return name == "offset" and value.isdigit() and int(value) > 0


@spoils_request(kills="permission_of_agent", on="GET /api/v1/livechat/triggers")
def agents_are_managers(scope: Scope) -> None:
    """Agents may do what only managers may."""
    if (b"x-user-id", b"kim.jane") in scope["headers"]:
        _sign_in_as_admin(scope)


@spoils_request(kills="permission_of_manager", on="GET /api/v1/livechat/business-hours")
def managers_are_nobody(scope: Scope) -> None:
    """Managers may do nothing of their own."""
    if (b"x-user-id", b"manager") in scope["headers"]:
        others = [(name, value) for name, value in scope["headers"] if name not in CREDENTIALS]
        scope["headers"] = [*others, (b"x-auth-token", b"user-token"), (b"x-user-id", b"user")]


@spoils_request(kills="strangers_are_refused", on="GET /api/v1/livechat/priorities")
def any_id_signs_in(scope: Scope) -> None:
    """A token signs in its user, whatever id comes with it."""
    if (b"x-user-id", b"kit-nobody") in scope["headers"]:
        _sign_in_as_admin(scope)


@spoils_answer(
    kills="visitors_keep_to_their_rooms", on="GET /api/v1/livechat/messages.history/{rid}"
)
def strangers_read_a_room(reply: Reply) -> None:
    """A token that does not belong to a room is no reason to refuse."""
    if reply.status == 400:
        reply.status, reply.body = 200, {"messages": [], "success": True}


@spoils_request(kills="agents_keep_to_their_rooms", on="GET /api/v1/livechat/messages/{rid}")
def agents_read_everything(scope: Scope) -> None:
    """An agent reads the rooms of all agents."""
    if (b"x-user-id", b"lee.keith") in scope["headers"]:
        _sign_in_as_admin(scope)
