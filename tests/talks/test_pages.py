"""Pages that visitors open, in a conversation or before there is one."""

from typing import Any

import pytest

from mockserver.world.messages.documents import MESSAGES, Message
from mockserver.world.world import World
from tests.client import Answer, Client
from tests.talks.steps import API, TOKEN, body, notes, open_room, register, room, set_setting

KIND = "livechat_navigation_history"


def visit(
    visitor: Client,
    title: str = "Rain covers",
    href: str = "https://shop.example/covers",
    *,
    change: str = "url",
    token: str = TOKEN,
    **more: Any,
) -> Answer:
    page = {"title": title, "change": change, "location": {"href": href}}
    return visitor.post(f"{API}/page.visited", {"token": token, "pageInfo": page, **more})


def pages(agent: Client, rid: str) -> list[str]:
    """Return what a visitor opened, the oldest first."""
    listed = body(agent.get(f"{API}/visitors.pagesVisited/{rid}"))["pages"]
    return [page["msg"] for page in reversed(listed)]


def test_the_answer_tells_the_page_again(visitor: Client) -> None:
    rid = open_room(visitor)

    visited = body(visit(visitor, rid=rid))

    assert visited["page"]["msg"] == "Rain covers - https://shop.example/covers"
    location = {"href": "https://shop.example/covers"}
    page = {"title": "Rain covers", "change": "url", "location": location}
    assert visited["page"]["navigation"] == {"page": page, "token": TOKEN}


def test_a_change_that_the_workspace_does_not_look_at_is_not_noted(
    visitor: Client, agent: Client
) -> None:
    rid = open_room(visitor)

    visited = visit(visitor, change="title", rid=rid)

    assert (visited.status, visited.body) == (200, {"success": True})
    assert pages(agent, rid) == []


def test_the_workspace_may_look_at_titles_instead(
    visitor: Client, agent: Client, world: World
) -> None:
    set_setting(world, "Livechat_history_monitor_type", "title")
    rid = open_room(visitor)

    body(visit(visitor, change="title", rid=rid))
    body(visit(visitor, "Tents", change="url", rid=rid))

    assert pages(agent, rid) == ["Rain covers - https://shop.example/covers"]


def test_agents_see_what_the_visitor_opened_in_order(visitor: Client, agent: Client) -> None:
    rid = open_room(visitor)

    body(visit(visitor, "Covers", "/covers", rid=rid))
    body(visit(visitor, "Tents", "/tents", rid=rid))

    assert pages(agent, rid) == ["Covers - /covers", "Tents - /tents"]


def test_a_page_is_noted_by_the_house_bot(visitor: Client, agent: Client) -> None:
    rid = open_room(visitor)
    body(visit(visitor, rid=rid))

    page = body(agent.get(f"{API}/visitors.pagesVisited/{rid}"))["pages"][0]

    assert (page["t"], page["u"]["username"]) == (KIND, "rocket.cat")
    assert "expireAt" not in page


def test_the_visitor_does_not_read_it_among_his_messages(visitor: Client) -> None:
    rid = open_room(visitor)
    body(visit(visitor, rid=rid))

    assert KIND not in [kind for kind, _ in notes(visitor, rid)]


def test_the_workspace_may_show_it_as_a_message(visitor: Client, world: World) -> None:
    set_setting(world, "Livechat_Visitor_navigation_as_a_message", True)
    rid = open_room(visitor)

    body(visit(visitor, rid=rid))

    assert notes(visitor, rid)[-1] == (KIND, "Rain covers - https://shop.example/covers")


def test_a_page_counts_as_a_message_and_is_not_the_last_word(
    visitor: Client, manager: Client
) -> None:
    rid = open_room(visitor)
    before = room(manager, rid)

    body(visit(visitor, rid=rid))

    after = room(manager, rid)
    assert after["msgs"] == before["msgs"] + 1
    assert after["lastMessage"] == before["lastMessage"]


def test_what_was_opened_before_belongs_to_the_next_room(visitor: Client, agent: Client) -> None:
    body(visit(visitor, "Covers", "/covers"))
    body(visit(visitor, "Tents", "/tents", token="eve-token"))

    rid = open_room(visitor)

    assert pages(agent, rid) == ["Covers - /covers"]


def test_it_belongs_to_that_room_alone(visitor: Client, agent: Client) -> None:
    body(visit(visitor))
    first = open_room(visitor)
    body(visitor.post(f"{API}/room.close", {"token": TOKEN, "rid": first}))

    second = open_room(visitor)

    assert (len(pages(agent, first)), pages(agent, second)) == (1, [])


def test_a_page_without_a_room_is_kept_for_a_month(visitor: Client, world: World) -> None:
    before = world.now_ms()

    body(visit(visitor))

    (note,) = world.all(Message, MESSAGES.c.navigation_token == TOKEN)
    assert note.expire_at == before + 30 * 86_400_000


def test_neither_visitor_nor_room_need_exist(visitor: Client) -> None:
    visited = visit(visitor, token="nobody", rid="nowhere")

    assert visited.status == 200
    assert "page" in visited.body


def test_registering_alone_attaches_nothing(visitor: Client, world: World) -> None:
    body(visit(visitor))

    register(visitor)

    (note,) = world.all(Message, MESSAGES.c.navigation_token == TOKEN)
    assert note.expire_at


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({}, "must have required property 'token' [invalid-params]"),
        ({"token": "x"}, "must have required property 'pageInfo' [invalid-params]"),
        ({"token": "x", "rid": {}, "pageInfo": {}}, "must be string [invalid-params]"),
        (
            {"token": "x", "pageInfo": {}},
            "must have required property 'title' [invalid-params]",
        ),
        (
            {"token": "x", "pageInfo": {"title": "x", "change": "url", "location": {}}},
            "must have required property 'href' [invalid-params]",
        ),
    ],
)
def test_a_body_that_makes_no_sense_is_refused(
    visitor: Client, given: dict[str, Any], error: str
) -> None:
    refused = visitor.post(f"{API}/page.visited", given)

    assert (refused.status, refused.error) == (400, error)
