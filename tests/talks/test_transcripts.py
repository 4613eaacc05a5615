"""Transcripts: asked for by the visitor, ordered by users, mailed at the end, printed after it."""

import pytest

from mockserver.world.outbox.documents import Mail
from mockserver.world.world import World
from tests.client import Client
from tests.talks.steps import (
    API,
    TOKEN,
    answer,
    ask,
    body,
    close,
    closed_room,
    open_room,
    register,
    room,
    set_setting,
    taken_room,
)
from tests.talks.transcript_steps import (
    ADDRESS,
    KIND,
    SUBJECT,
    cancel,
    last_note,
    mail,
    mails,
    order,
)

# What the visitor asks for


def test_a_visitor_has_his_conversation_mailed(
    visitor: Client, agent: Client, world: World
) -> None:
    rid = taken_room(visitor, agent)
    ask(visitor, rid, "Is it waterproof?")
    answer(agent, rid, "It is")

    sent = mail(visitor, rid)

    assert (sent.status, sent.body) == (
        200,
        {"message": "Omnichannel transcript sent", "success": True},
    )
    assert mails(world) == [(ADDRESS, SUBJECT)]
    lines = world.all(Mail)[0].text.splitlines()
    assert [line.rpartition(": ")[2] for line in lines] == ["Is it waterproof?", "It is"]
    assert " You: " in lines[0]


def test_agents_are_not_named_where_the_workspace_hides_them(
    visitor: Client, agent: Client, world: World
) -> None:
    set_setting(world, "Livechat_show_agent_info", False)
    rid = taken_room(visitor, agent)
    answer(agent, rid, "It is")

    body(mail(visitor, rid))

    assert world.all(Mail)[0].text.endswith(" Agent: It is")


def test_a_closed_conversation_is_mailed_too(visitor: Client, agent: Client, world: World) -> None:
    rid = closed_room(visitor, agent)

    body(mail(visitor, rid))

    assert mails(world) == [(ADDRESS, SUBJECT)]


def test_the_room_is_told_that_the_visitor_asked(visitor: Client) -> None:
    rid = open_room(visitor)

    body(mail(visitor, rid))

    note = last_note(visitor, rid)
    assert (note["t"], note["u"]["username"]) == (KIND, "rocket.cat")
    assert note["requestData"]["type"] == "visitor"
    assert note["requestData"]["visitor"]["token"] == TOKEN


def test_the_workspace_may_have_a_subject_of_its_own(visitor: Client, world: World) -> None:
    set_setting(world, "Livechat_transcript_email_subject", "Your chat with us")
    rid = open_room(visitor)

    body(mail(visitor, rid))

    assert mails(world) == [(ADDRESS, "Your chat with us")]


def test_an_unknown_room_is_not_mailed(visitor: Client) -> None:
    refused = mail(visitor, "nowhere")

    assert (refused.status, refused.error, refused.error_type) == (400, "error-invalid-room", None)


def test_the_room_of_another_visitor_is_not_mailed(visitor: Client, world: World) -> None:
    rid = open_room(visitor)
    register(visitor, "eve-token")

    refused = mail(visitor, rid, token="eve-token")

    assert (refused.status, refused.error) == (400, "error-invalid-visitor")
    assert mails(world) == []


@pytest.mark.parametrize("email", ["", "test", "ada@example", "@example.com", "a@b@c.com"])
def test_what_is_no_address_gets_no_mail(visitor: Client, world: World, email: str) -> None:
    rid = open_room(visitor)

    refused = mail(visitor, rid, email=email)

    assert (refused.status, refused.error) == (400, "[invalid email]")
    assert refused.error_type == "invalid email"
    assert mails(world) == []


@pytest.mark.parametrize("missing", ["token", "rid", "email"])
def test_token_room_and_address_must_be_sent(visitor: Client, missing: str) -> None:
    given = {"token": "x", "rid": "x", "email": "x"}
    del given[missing]

    refused = visitor.post(f"{API}/transcript", given)

    assert refused.error == f"must have required property '{missing}' [invalid-params]"


# What users order


def test_an_order_stands_on_the_room(visitor: Client, manager: Client) -> None:
    rid = open_room(visitor)

    ordered = order(manager, rid)

    assert (ordered.status, ordered.body) == (200, {"success": True})
    request = room(manager, rid)["transcriptRequest"]
    assert (request["email"], request["subject"]) == (ADDRESS, "Our talk")
    assert request["requestedBy"]["_id"] == "manager"
    assert "requestedAt" in request


def test_nothing_is_mailed_while_the_conversation_goes_on(
    visitor: Client, manager: Client, world: World
) -> None:
    body(order(manager, open_room(visitor)))

    assert mails(world) == []


def test_an_ordered_transcript_is_mailed_at_the_end(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    rid = taken_room(visitor, agent)
    body(order(manager, rid))

    close(agent, rid)

    assert mails(world) == [(ADDRESS, "Our talk")]
    assert "transcriptRequest" not in room(manager, rid)
    note = last_note(visitor, rid)
    assert (note["t"], note["u"]["username"]) == (KIND, "manager")
    assert note["requestData"]["type"] == "user"


def test_it_is_mailed_too_when_the_visitor_closes(
    visitor: Client, manager: Client, world: World
) -> None:
    rid = open_room(visitor)
    body(order(manager, rid))

    body(visitor.post(f"{API}/room.close", {"token": TOKEN, "rid": rid}))

    assert mails(world) == [(ADDRESS, "Our talk")]


def test_an_order_to_no_address_is_lost_at_the_end(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    rid = taken_room(visitor, agent)
    body(order(manager, rid, email="nowhere"))

    close(agent, rid)

    assert mails(world) == []
    assert "transcriptRequest" not in room(manager, rid)


def test_a_transcript_is_ordered_once(visitor: Client, manager: Client) -> None:
    rid = open_room(visitor)
    body(order(manager, rid))

    refused = order(manager, rid, email="eve@example.com")

    assert refused.error == "Transcript already requested [error-transcript-already-requested]"
    assert room(manager, rid)["transcriptRequest"]["email"] == ADDRESS


def test_no_transcript_of_a_closed_or_unknown_room_is_ordered(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = closed_room(visitor, agent)

    refusals = [order(manager, rid), order(manager, "nowhere")]

    assert {r.error for r in refusals} == {"Invalid room [error-invalid-room]"}


def test_an_order_is_taken_back(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    rid = taken_room(visitor, agent)
    body(order(manager, rid))

    cancelled = cancel(manager, rid)
    close(agent, rid)

    assert (cancelled.status, cancelled.body) == (200, {"success": True})
    assert mails(world) == []


def test_what_was_taken_back_can_be_ordered_again(visitor: Client, manager: Client) -> None:
    rid = open_room(visitor)
    body(order(manager, rid))
    body(cancel(manager, rid))

    assert order(manager, rid).status == 200


def test_no_order_no_taking_back(visitor: Client, manager: Client) -> None:
    refused = cancel(manager, open_room(visitor))

    assert (refused.status, refused.error) == (400, "error-transcript-not-requested")


def test_nothing_is_taken_back_from_a_closed_or_unknown_room(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = closed_room(visitor, agent)

    refusals = [cancel(manager, rid), cancel(manager, "nowhere")]

    assert {r.error for r in refusals} == {"error-invalid-room"}


@pytest.mark.parametrize("caller", ["test.cat", "monitor", "user"])
def test_only_managers_and_admins_order_and_take_back(visitor: Client, caller: str) -> None:
    client = visitor.signed_in(caller)

    assert (order(client, "nowhere").status, cancel(client, "nowhere").status) == (403, 403)
