"""Transcripts as PDF files: of conversations that have ended."""

from mockserver.world.licence import Module
from mockserver.world.world import World
from tests.client import Answer, Client
from tests.talks.steps import API, body, closed_room, open_room, room, taken_room


def print_it(client: Client, rid: str) -> Answer:
    return client.post(f"/api/v1/omnichannel/{rid}/request-transcript")


def test_a_closed_conversation_is_printed(visitor: Client, agent: Client, manager: Client) -> None:
    rid = closed_room(visitor, agent)

    printed = print_it(manager, rid)

    assert (printed.status, printed.body) == (200, {"success": True})
    assert room(manager, rid)["pdfTranscriptFileId"]


def test_a_second_order_keeps_the_first_print(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = closed_room(visitor, agent)
    body(print_it(manager, rid))
    first = room(manager, rid)["pdfTranscriptFileId"]

    body(print_it(manager, rid))

    assert room(manager, rid)["pdfTranscriptFileId"] == first


def test_who_closes_has_it_printed(visitor: Client, agent: Client, manager: Client) -> None:
    rid = taken_room(visitor, agent)

    closing = {"rid": rid, "comment": "Done", "generateTranscriptPdf": True}
    body(agent.post(f"{API}/room.closeByUser", closing))

    assert room(manager, rid)["pdfTranscriptFileId"]


def test_an_open_conversation_is_not_printed(visitor: Client, manager: Client) -> None:
    refused = print_it(manager, open_room(visitor))

    assert (refused.status, refused.error) == (400, "room-still-open")


def test_an_unknown_room_is_not_printed(manager: Client) -> None:
    assert print_it(manager, "nowhere").error == "error-invalid-room"


def test_an_agent_prints_no_closed_room_of_another(
    visitor: Client, agent: Client, kim: Client
) -> None:
    rid = closed_room(visitor, agent)

    assert print_it(kim, rid).error == "error-not-allowed"


def test_printing_needs_permission_and_licence(user: Client, manager: Client, world: World) -> None:
    forbidden = print_it(user, "nowhere")
    with world.transaction():
        world.remove(Module)
    unlicensed = print_it(manager, "nowhere")

    assert (forbidden.status, unlicensed.error_type) == (403, "error-action-not-allowed")
