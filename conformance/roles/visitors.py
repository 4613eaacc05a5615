"""The token of one visitor opens nothing of another: not her room, her messages, her transcript."""

import pytest

from conformance.finds import Record
from conformance.layers.calling import Caller
from conformance.roles.attempts import Attempt, attempt, marked, owner_may, refused

CHECK = "visitors_keep_to_their_rooms"
WHOSE = "the token of another visitor"
TRIED = 6
"""On how many existing rooms a reading call is tried until its visitor may make it."""

READING = (
    attempt(
        "GET /api/v1/livechat/messages.history/{rid}",
        path={"rid": "room.id"},
        query={"token": "visitor.token"},
    ),
    attempt(
        "GET /api/v1/livechat/message/{_id}",
        path={"_id": "message.id"},
        query={"token": "visitor.token", "rid": "room.id"},
    ),
    attempt(
        "GET /api/v1/livechat/agent.info/{rid}/{token}",
        path={"rid": "room.id", "token": "visitor.token"},
    ),
)

WRITING = (
    attempt("GET /api/v1/livechat/room", query={"token": "visitor.token", "rid": "room.id"}),
    attempt(
        "POST /api/v1/livechat/message",
        body=lambda her: {"token": her["visitor.token"], "rid": her["room.id"], "msg": "Hello"},
    ),
    attempt(
        "PUT /api/v1/livechat/message/{_id}",
        path={"_id": "message.id"},
        body=lambda her: {"token": her["visitor.token"], "rid": her["room.id"], "msg": "Changed"},
    ),
    attempt(
        "DELETE /api/v1/livechat/message/{_id}",
        path={"_id": "message.id"},
        body=lambda her: {"token": her["visitor.token"], "rid": her["room.id"]},
    ),
    attempt(
        "POST /api/v1/livechat/transcript",
        body=lambda her: {
            "token": her["visitor.token"],
            "rid": her["room.id"],
            "email": "kit@example.org",
        },
    ),
    attempt(
        "POST /api/v1/livechat/room.survey",
        body=lambda her: {
            "token": her["visitor.token"],
            "rid": her["room.id"],
            "data": [{"name": "satisfaction", "value": "5"}],
        },
    ),
    attempt(
        "POST /api/v1/livechat/room.close",
        body=lambda her: {"token": her["visitor.token"], "rid": her["room.id"]},
    ),
)


@pytest.mark.parametrize("read", marked(READING, CHECK, writes=False))
def test_another_visitor_reads_nothing(call: Caller, read: Attempt) -> None:
    """The token of one visitor opens nothing of another"""
    known = call.records(*read.slots, most=TRIED)
    tokens = [record["visitor.token"] for record in call.records("visitor.token", most=20)]
    for hers in known:
        strange = [token for token in tokens if token != hers["visitor.token"]]
        own = read.made(call, hers, None)
        if own.is_success and strange:
            his = {**hers, "visitor.token": strange[0]}
            return refused(read.made(call, his, None), WHOSE)
    pytest.skip("no visitor is let in to a room of her own, or there is no second visitor")


@pytest.mark.parametrize("write", marked(WRITING, CHECK, writes=True))
def test_another_visitor_changes_nothing(call: Caller, write: Attempt) -> None:
    """The token of one visitor opens nothing of another"""
    hers, stranger = call.make("message.id"), call.make("visitor.token")
    his: Record = {**hers, "visitor.token": stranger["visitor.token"]}

    refused(write.made(call, his, None), WHOSE)
    owner_may(write.made(call, hers, None))
