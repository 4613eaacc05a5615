"""The end of a conversation: whether its transcript is mailed, to whom, and why."""

from typing import Any

import pytest

from mockserver.world.users.documents import User
from mockserver.world.world import World
from tests.client import Answer, Client
from tests.talks.steps import API, TOKEN, body, close, room, set_setting, taken_room
from tests.talks.transcript_steps import ADDRESS, SUBJECT, last_note, mails, order


def close_with(agent: Client, rid: str, **more: Any) -> Answer:
    return agent.post(f"{API}/room.closeByUser", {"rid": rid, "comment": "Done", **more})


def test_who_closes_sends_a_transcript(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    rid = taken_room(visitor, agent)
    data = {"email": "eve@example.com", "subject": "All we said"}

    body(close_with(agent, rid, transcriptEmail={"sendToVisitor": True, "requestData": data}))

    assert mails(world) == [("eve@example.com", "All we said")]
    assert last_note(visitor, rid)["u"]["username"] == "test.cat"


def test_who_closes_outweighs_an_earlier_order(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    rid = taken_room(visitor, agent)
    body(order(manager, rid))
    data = {"email": "eve@example.com", "subject": "All we said"}

    body(close_with(agent, rid, transcriptEmail={"sendToVisitor": True, "requestData": data}))

    assert mails(world) == [("eve@example.com", "All we said")]


def test_who_closes_stops_an_earlier_order(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    rid = taken_room(visitor, agent)
    body(order(manager, rid))

    body(close_with(agent, rid, transcriptEmail={"sendToVisitor": False}))

    assert mails(world) == []


def test_a_wish_without_an_address_closes_nothing(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)

    refused = close_with(agent, rid, transcriptEmail={"sendToVisitor": True})

    assert refused.status == 400
    assert room(manager, rid)["open"] is True


def test_a_workspace_may_mail_every_transcript(
    visitor: Client, agent: Client, world: World
) -> None:
    set_setting(world, "Livechat_transcript_send_always", True)
    rid = taken_room(visitor, agent, email=ADDRESS)

    close(agent, rid)

    assert mails(world) == [(ADDRESS, SUBJECT)]


def test_the_visitor_decides_where_he_is_asked(
    visitor: Client, agent: Client, world: World
) -> None:
    set_setting(world, "Livechat_transcript_send_always", True)
    set_setting(world, "Livechat_enable_transcript", True)
    rid = taken_room(visitor, agent, email=ADDRESS)

    close(agent, rid)

    assert mails(world) == []


def test_an_agent_may_prefer_that_his_visitors_get_a_transcript(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    with world.transaction():
        user = world.get(User, "test.cat")
        assert user is not None
        wanted = {"omnichannelTranscriptEmail": True, "omnichannelTranscriptPDF": True}
        user.settings = {"preferences": wanted}
        world.save(user)
    rid = taken_room(visitor, agent, email=ADDRESS)

    body(visitor.post(f"{API}/room.close", {"token": TOKEN, "rid": rid}))

    assert mails(world) == [(ADDRESS, SUBJECT)]
    assert room(manager, rid)["pdfTranscriptFileId"]


@pytest.mark.parametrize(("ordered", "told"), [(True, True), (False, False)])
def test_the_closing_message_says_whether_a_transcript_was_ordered(
    visitor: Client, agent: Client, manager: Client, ordered: bool, told: bool
) -> None:
    rid = taken_room(visitor, agent)
    if ordered:
        body(order(manager, rid))

    close(agent, rid)

    assert room(manager, rid)["lastMessage"]["transcriptRequested"] is told
