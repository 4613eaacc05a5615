"""Messages: who may write, what a message changes, and how it is read and changed."""

import pytest

from mockserver.world.world import World
from tests.client import Client
from tests.talks.steps import (
    API,
    TOKEN,
    answer,
    ask,
    body,
    notes,
    open_room,
    register,
    room,
    set_setting,
    taken_room,
)

OWN = {"token": TOKEN}


def test_a_visitors_message_names_him_and_his_token(visitor: Client) -> None:
    rid = open_room(visitor)

    sent = ask(visitor, rid, "Hello?")

    assert (sent["msg"], sent["rid"], sent["token"], sent["alias"]) == ("Hello?", rid, TOKEN, "Ada")
    assert sent["u"]["username"].startswith("guest-")
    assert (sent["urls"], sent["mentions"], sent["channels"]) == ([], [], [])


def test_a_message_is_the_last_one_of_its_room_and_counts(visitor: Client, manager: Client) -> None:
    rid = open_room(visitor)
    before = room(manager, rid)

    sent = ask(visitor, rid)

    after = room(manager, rid)
    assert after["msgs"] == before["msgs"] + 1
    assert after["lastMessage"]["_id"] == sent["_id"]
    assert after["lm"] == sent["ts"]


def test_a_client_may_choose_the_id(visitor: Client) -> None:
    rid = open_room(visitor)
    given = {"token": TOKEN, "rid": rid, "msg": "Hello?", "_id": "my-own-id"}

    sent = body(visitor.post(f"{API}/message", given))["message"]

    assert sent["_id"] == "my-own-id"


def test_the_same_id_again_gives_the_first_message(visitor: Client) -> None:
    rid = open_room(visitor)
    given = {"token": TOKEN, "rid": rid, "msg": "Hello?", "_id": "my-own-id"}
    visitor.post(f"{API}/message", given)

    again = body(visitor.post(f"{API}/message", {**given, "msg": "Other"}))["message"]

    assert again["msg"] == "Hello?"


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"token": "nobody"}, "invalid-token"),
        ({"rid": "nowhere"}, "invalid-room"),
        ({"rid": "torn-jacket"}, "invalid-room"),
    ],
)
def test_a_message_needs_token_and_own_room(
    visitor: Client, changed: dict[str, str], error: str
) -> None:
    rid = open_room(visitor)

    refused = visitor.post(f"{API}/message", {"token": TOKEN, "rid": rid, "msg": "Hi", **changed})

    assert (refused.status, refused.error, refused.error_type) == (400, error, None)


def test_a_message_can_be_too_long(visitor: Client, world: World) -> None:
    rid = open_room(visitor)
    set_setting(world, "Livechat_enable_message_character_limit", True)
    set_setting(world, "Livechat_message_character_limit", 5)
    given = {"token": TOKEN, "rid": rid}

    fits = visitor.post(f"{API}/message", {**given, "msg": "12345"})
    too_long = visitor.post(f"{API}/message", {**given, "msg": "123456"})

    assert fits.status == 200
    assert too_long.error == "message-length-exceeds-character-limit"


def test_a_visitors_message_ends_a_hold(visitor: Client, manager: Client) -> None:
    held = {"token": "omar-token", "rid": "gift-wrapping", "msg": "Any news?"}

    sent = visitor.post(f"{API}/message", held)

    assert sent.status == 200
    assert "onHold" not in room(manager, "gift-wrapping")
    told = notes(visitor, "gift-wrapping", "omar-token")
    assert told[-1][0] == "omnichannel_on_hold_chat_resumed"


def test_a_message_is_read_by_its_id(visitor: Client) -> None:
    rid = open_room(visitor)
    sent = ask(visitor, rid)

    assert body(visitor.get(f"{API}/message/{sent['_id']}", rid=rid, **OWN))["message"] == sent


def test_a_message_of_another_room_is_not_found(visitor: Client) -> None:
    rid = open_room(visitor)
    foreign = ask(visitor, open_room(visitor, "eve-token"), token="eve-token")

    refused = visitor.get(f"{API}/message/{foreign['_id']}", rid=rid, **OWN)

    assert refused.error == "invalid-message"


def test_an_edited_message_says_by_whom_and_when(visitor: Client, manager: Client) -> None:
    rid = open_room(visitor)
    sent = ask(visitor, rid, "Helo?")

    edited = visitor.put(f"{API}/message/{sent['_id']}", {**OWN, "rid": rid, "msg": "Hello?"})

    changed = body(edited)["message"]
    assert changed["msg"] == "Hello?"
    assert changed["editedBy"]["_id"] == sent["u"]["_id"]
    assert "editedAt" in changed
    assert room(manager, rid)["lastMessage"]["msg"] == "Hello?"


def test_a_visitor_cannot_change_the_message_of_an_agent(visitor: Client, agent: Client) -> None:
    rid = taken_room(visitor, agent)
    said = answer(agent, rid)
    own = {**OWN, "rid": rid}

    edited = visitor.put(f"{API}/message/{said['_id']}", {**own, "msg": "Never said"})
    deleted = visitor.call("DELETE", f"{API}/message/{said['_id']}", body=own)

    assert (edited.error, deleted.error) == ("error-action-not-allowed",) * 2


def test_a_deleted_message_is_gone(visitor: Client, manager: Client) -> None:
    rid = open_room(visitor)
    first = ask(visitor, rid, "One")
    second = ask(visitor, rid, "Two")
    path = f"{API}/message/{second['_id']}"

    deleted = body(visitor.call("DELETE", path, body={**OWN, "rid": rid}))["message"]

    assert set(deleted) == {"_id", "ts"}
    assert visitor.get(path, rid=rid, **OWN).error == "invalid-message"
    assert room(manager, rid)["lastMessage"]["_id"] == first["_id"]


def test_the_history_is_newest_first_with_the_servers_notes(visitor: Client) -> None:
    rid = open_room(visitor)
    sent = ask(visitor, rid)

    found = body(visitor.get(f"{API}/messages.history/{rid}", **OWN))["messages"]

    assert [found[0]["_id"], found[1]["t"]] == [sent["_id"], "livechat-started"]
    assert len(found) == 2


def test_the_history_shows_twenty_by_default(visitor: Client) -> None:
    rid = open_room(visitor)
    for number in range(25):
        ask(visitor, rid, str(number))

    found = body(visitor.get(f"{API}/messages.history/{rid}", **OWN))["messages"]
    part = body(visitor.get(f"{API}/messages.history/{rid}", limit=2, offset=1, **OWN))["messages"]

    assert len(found) == 20
    assert [message["msg"] for message in part] == ["23", "22"]


def test_the_history_can_end_before_a_date(visitor: Client) -> None:
    end = "2020-09-08T10:08:00.000Z"

    answered = visitor.get(f"{API}/messages.history/torn-jacket", token="nora-token", end=end)

    texts = [message["ts"] for message in body(answered)["messages"]]
    assert texts
    assert max(texts) < end


def test_the_history_of_another_visitor_is_refused(visitor: Client) -> None:
    register(visitor)

    assert visitor.get(f"{API}/messages.history/torn-jacket", **OWN).error == "invalid-room"


def test_messages_sent_for_a_new_visitor_make_him_and_his_room(
    visitor: Client, user: Client
) -> None:
    given = {"visitor": {"token": TOKEN}, "messages": [{"msg": "One"}, {"msg": "Two"}]}

    sent = body(user.post(f"{API}/messages", given))["messages"]

    assert [message["msg"] for message in sent] == ["One", "Two"]
    found = body(visitor.get(f"{API}/room", token=TOKEN))
    assert found["newRoom"] is False
    texts = [text for kind, text in notes(visitor, found["room"]["_id"]) if kind is None]
    assert texts == ["One", "Two"]


def test_messages_sent_for_a_visitor_go_into_his_open_room(visitor: Client, user: Client) -> None:
    rid = open_room(visitor)
    given = {"visitor": {"token": TOKEN}, "messages": [{"msg": "One"}]}

    user.post(f"{API}/messages", given)

    assert notes(visitor, rid)[-1] == (None, "One")


def test_users_read_what_people_wrote_and_the_closing_message(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)
    ask(visitor, rid, "Hello?")
    answer(agent, rid, "Hello!")
    agent.post(f"{API}/room.closeByUser", {"rid": rid, "comment": "Bye"})

    found = body(manager.get(f"{API}/{rid}/messages", count=10))

    assert [message["msg"] for message in found["messages"]] == ["Bye", "Hello!", "Hello?"]
    assert (found["count"], found["total"]) == (10, 3)


def test_users_search_the_text_in_any_case(visitor: Client, agent: Client, manager: Client) -> None:
    rid = taken_room(visitor, agent)
    ask(visitor, rid, "Where is my PARCEL?")
    ask(visitor, rid, "Hello?")

    found = body(manager.get(f"{API}/messages/{rid}", searchTerm="parcel"))

    assert [message["msg"] for message in found["messages"]] == ["Where is my PARCEL?"]


def test_an_agent_reads_no_messages_of_another(visitor: Client, agent: Client, lee: Client) -> None:
    rid = taken_room(visitor, agent)

    assert lee.get(f"{API}/messages/{rid}").error == "not-allowed"


def test_an_unknown_room_has_no_messages(agent: Client) -> None:
    assert agent.get(f"{API}/messages/nowhere").error == "invalid-room"
