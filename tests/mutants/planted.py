"""One fault for each check, each on operations of its own, so that one run finds them all."""

from itertools import count
from urllib.parse import parse_qsl, urlencode

from mockserver.world.tags import labels
from tests.mutants.plant import Plant
from tests.mutants.registry import Reply, Scope, spoils_answer, spoils_mock, spoils_request

BOARDS = "GET /api/v1/livechat/analytics/dashboards/charts"
CHATS_PER_AGENT = f"{BOARDS}/chats-per-agent"
BY_DEPARTMENT = "GET /api/v1/livechat/analytics/departments"
REPORT = "GET /api/v1/livechat/analytics/dashboards/conversations-by-status"
CREDENTIALS = (b"x-auth-token", b"x-user-id")
_turns = count()


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
    """Other methods do what GET does, but for the one that asks which there are."""
    if scope["method"] != "OPTIONS":
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


def _drop(scope: Scope, name: str) -> None:
    """Take a parameter out of a query."""
    pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    scope["query_string"] = urlencode([pair for pair in pairs if pair[0] != name]).encode()


@spoils_answer(kills="answer_is_about_what_was_asked", on="GET /api/v1/livechat/department/{_id}")
def first_department_answered(reply: Reply) -> None:
    """Whichever department is asked for, it is the first one."""
    if reply.status == 200 and reply.body["department"]:
        reply.body["department"]["_id"] = "support-and-more"


@spoils_answer(kills="cors_agrees", on="GET /api/v1/livechat/appearance")
def closed_to_other_origins(reply: Reply) -> None:
    """Pages of other origins may not read this one answer."""
    reply.headers.pop(b"access-control-allow-origin", None)


@spoils_answer(kills="error_type_agrees", on=f"{BY_DEPARTMENT}/amount-of-chats")
def error_type_of_another_refusal(reply: Reply) -> None:
    """`errorType` names another code than the text."""
    if reply.status == 400 and "errorType" in reply.body:
        reply.body["errorType"] = "error-not-allowed"


@spoils_request(kills="filters_hold", on="GET /api/v1/livechat/sla")
def text_narrows_nothing(scope: Scope) -> None:
    """A filter is passed over."""
    _drop(scope, "text")


@spoils_answer(kills="head_agrees", on="GET /api/v1/livechat/queue", any_method=True)
def head_is_accepted_for_later(reply: Reply) -> None:
    """HEAD is answered with another status than GET."""
    if reply.asked.method == "HEAD":
        reply.status = 202


@spoils_answer(kills="ids_are_unique", on="GET /api/v1/canned-responses")
def last_item_twice(reply: Reply) -> None:
    """The last item of a list comes in the place of the first, too."""
    if reply.status == 200 and reply.body["cannedResponses"]:
        reply.body["cannedResponses"][0] = reply.body["cannedResponses"][-1]


@spoils_answer(kills="json_is_strict", on="GET /api/v1/livechat/units")
def marked_bytes(reply: Reply) -> None:
    """The JSON begins with a byte order mark."""
    reply.content = b"\xef\xbb\xbf{}"


@spoils_request(kills="page_within_count", on="GET /api/v1/livechat/custom-fields")
def all_on_one_page(scope: Scope) -> None:
    """`count` is passed over."""
    _drop(scope, "count")


@spoils_mock(kills="refusal_changes_nothing", on="POST /api/v1/livechat/tags.save")
def refused_name_is_taken(plant: Plant) -> None:
    """A tag whose name another one has is refused, and stored under a longer name."""
    plant.edit(
        labels._check_unique,
        "        raise DuplicateKey(",
        "        tag._id = f'refused-{len(world.all(Tag))}'\n"
        "        tag.name = tag._id\n"
        "        world.add(tag)\n"
        "        world.store.commit()\n"
        "        raise DuplicateKey(",
    )


@spoils_answer(kills="refusal_names_its_cause", on=f"{BY_DEPARTMENT}/average-waiting-time")
def nothing_blamed(reply: Reply) -> None:
    """A refusal of a request that lacks something does not say what."""
    if reply.status == 400:
        reply.body["error"] = "must be valid [invalid-params]"


@spoils_answer(kills="same_read_same_answer", on="GET /api/v1/livechat/inquiries.list")
def each_time_another_first(reply: Reply) -> None:
    """A list begins with another item each time."""
    if reply.status == 200 and (found := reply.body["inquiries"]):
        turn = next(_turns) % len(found)
        reply.body["inquiries"] = [*found[turn:], *found[:turn]]


@spoils_request(kills="sort_holds", on="GET /api/v1/livechat/tags")
def always_one_order(scope: Scope) -> None:
    """`sort` is passed over."""
    _drop(scope, "sort")


@spoils_answer(kills="total_agrees_with_items", on="GET /api/v1/livechat/users/{type}")
def one_is_not_counted(reply: Reply) -> None:
    """`total` is one less than there are."""
    if reply.status == 200 and reply.body["total"]:
        reply.body["total"] -= 1


@spoils_answer(kills="answers_are_not_kept", on="GET /api/v1/livechat/monitors")
def answer_may_be_kept_for_an_hour(reply: Reply) -> None:
    """Caches may give out the monitors for an hour."""
    reply.headers[b"cache-control"] = b"public, max-age=3600"


@spoils_answer(kills="parts_agree", on=REPORT)
def largest_state_first_and_last(reply: Reply) -> None:
    """The report by status names one state twice."""
    if reply.ok and reply.body["data"]:
        reply.body["data"][-1] = dict(reply.body["data"][0], value=0)
