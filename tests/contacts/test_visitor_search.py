"""Visitors searched, completed, and looked at through one of their rooms."""

import json
from typing import Any

import pytest

from mockserver.world.world import World
from tests.client import Client
from tests.contacts.steps import make_field
from tests.talks.steps import (
    API,
    ask,
    body,
    closed_room,
    open_room,
    register,
    room,
    set_setting,
    taken_room,
)

HISTORY = f"{API}/visitors.chatHistory/room"
CHATS = f"{API}/visitors.searchChats/room"


def search(agent: Client, term: str, **more: Any) -> list[str]:
    """Return the ids of the visitors whom a search finds."""
    listed = body(agent.get(f"{API}/visitors.search", term=term, **more))["visitors"]
    return [one["_id"] for one in listed]


def complete(agent: Client, **selector: Any) -> list[Any]:
    """Return what a selector completes."""
    sent = json.dumps(selector)
    items: list[Any] = body(agent.get(f"{API}/visitors.autocomplete", selector=sent))["items"]
    return items


def chats(client: Client, rid: str, visitor_id: str, **query: str) -> list[Any]:
    """Return a visitor's rooms that a search finds."""
    answered = client.get(f"{CHATS}/{rid}/visitor/{visitor_id}", **query)
    history: list[Any] = body(answered)["history"]
    return history


def visit(visitor: Client, rid: str, title: str) -> None:
    """Let a visitor open a page."""
    location = {"href": f"https://example.com/{title}"}
    page = {"title": title, "change": "url", "location": location}
    given = {"token": "ada-token", "rid": rid, "pageInfo": page}
    body(visitor.post(f"{API}/page.visited", given))


@pytest.mark.parametrize("term", ["Mia Som", "mia s", "guest-5", "mia@example.com", "+15550102"])
def test_a_visitor_is_found_by_part_of_a_name_or_by_the_whole_rest(
    agent: Client, term: str
) -> None:
    assert search(agent, term) == ["mia"]


@pytest.mark.parametrize("term", ["mia@exam", "5550102", "nobody", "."])
def test_part_of_an_address_or_number_finds_nobody(agent: Client, term: str) -> None:
    assert search(agent, term) == []


def test_a_visitor_is_found_by_part_of_a_searchable_field(
    visitor: Client, agent: Client, manager: Client
) -> None:
    make_field(manager, "street", searchable=True)
    field = {"key": "street", "value": "12 Main Street", "overwrite": True}
    known = register(visitor, customFields=[field])

    assert search(agent, "main s") == [known["_id"]]


def test_an_empty_term_finds_everybody_the_latest_first(visitor: Client, agent: Client) -> None:
    known = register(visitor)

    answered = body(agent.get(f"{API}/visitors.search", term="", count=2))

    assert (answered["count"], answered["total"]) == (2, 17)
    assert answered["visitors"][0] == {
        "_id": known["_id"],
        "username": known["username"],
        "name": "Ada",
    }


def test_a_removed_visitor_is_found_no_more(visitor: Client, agent: Client) -> None:
    register(visitor)
    body(visitor.delete(f"{API}/visitor/ada-token"))

    assert search(agent, "Ada") == []


def test_a_search_without_a_term_is_refused(agent: Client) -> None:
    answered = agent.get(f"{API}/visitors.search")

    assert answered.error == "must have required property 'term' [invalid-params]"


def test_names_that_begin_so_are_completed_by_name(agent: Client) -> None:
    assert complete(agent, term=" N") == [
        {
            "_id": "nora",
            "name": "Nora Lind",
            "username": "guest-1",
            "custom_name": "guest-1 - Nora Lind",
        }
    ]


def test_at_most_ten_names_are_completed_and_exceptions_are_left_out(agent: Client) -> None:
    named = [item["_id"] for item in complete(agent, term="")]

    rest = [item["_id"] for item in complete(agent, term="", exceptions=named[:9])]

    assert (len(named), named[:2]) == (10, ["ben", "idris"])
    assert rest[0] == named[9]
    assert [item["_id"] for item in complete(agent, term="Ben", exceptions="ben")] == []


@pytest.mark.parametrize(
    ("selector", "words"),
    [
        ("broken", "Unexpected token 'b', \"broken\" is not valid JSON"),
        ("null", "Cannot destructure property 'exceptions' of 'selector' as it is null."),
        ("{}", "string.replace is not a function"),
        ('{"term": 1}', "string.replace is not a function"),
    ],
)
def test_a_selector_that_makes_no_sense_is_refused_in_the_words_of_javascript(
    agent: Client, selector: str, words: str
) -> None:
    answered = agent.get(f"{API}/visitors.autocomplete", selector=selector)

    assert (answered.status, answered.error) == (400, words)


def test_a_selector_is_needed(agent: Client) -> None:
    answered = agent.get(f"{API}/visitors.autocomplete")

    assert answered.error == "must have required property 'selector' [invalid-params]"


def test_all_conversations_of_a_visitor_are_listed_the_latest_first(
    visitor: Client, agent: Client
) -> None:
    past = closed_room(visitor, agent)
    rid = taken_room(visitor, agent)
    visitor_id = room(agent.signed_in("manager"), rid)["v"]["_id"]

    answered = body(agent.get(f"{HISTORY}/{rid}/visitor/{visitor_id}"))

    assert [one["_id"] for one in answered["history"]] == [rid, past]
    assert (answered["count"], answered["offset"], answered["total"]) == (2, 0, 2)


def test_another_visitors_conversations_are_listed_through_any_room_one_may_see(
    agent: Client,
) -> None:
    answered = body(agent.get(f"{HISTORY}/missing-screw/visitor/mia"))

    assert [one["_id"] for one in answered["history"]] == ["discount-code", "lost-parcel"]


def test_chats_are_found_by_what_was_written_case_included(visitor: Client, agent: Client) -> None:
    rid = taken_room(visitor, agent)
    ask(visitor, rid, "Where is (my) parcel?")
    visitor_id = room(agent.signed_in("manager"), rid)["v"]["_id"]

    hit = chats(agent, rid, visitor_id, searchText="(my) par")

    assert [one["_id"] for one in hit] == [rid]
    assert chats(agent, rid, visitor_id, searchText="Parcel") == []
    assert chats(agent, rid, visitor_id, searchText=".*") == []


def test_chats_are_narrowed_to_closed_and_served_ones(visitor: Client, agent: Client) -> None:
    past = closed_room(visitor, agent)
    rid = open_room(visitor)
    visitor_id = room(agent.signed_in("manager"), rid)["v"]["_id"]

    def ids(**query: str) -> list[str]:
        return [one["_id"] for one in chats(agent, rid, visitor_id, **query)]

    assert ids() == [rid, past]
    assert ids(closedChatsOnly="false", servedChatsOnly="1") == [rid, past]
    assert ids(closedChatsOnly="true") == [past]
    assert ids(servedChatsOnly="true") == [past]
    assert ids(source="AP") == [rid, past]
    assert ids(source="widget") == []


def test_a_found_chat_shows_how_it_was_closed(visitor: Client, agent: Client) -> None:
    past = closed_room(visitor, agent)
    talk = room(agent.signed_in("manager"), past)

    (found,) = chats(agent.signed_in("manager"), past, talk["v"]["_id"])

    assert (found["closingMessage"]["t"], found["closingMessage"]["msg"]) == (
        "livechat-close",
        "Done",
    )
    shown = ("_id", "fname", "ts", "v", "msgs", "servedBy", "closedAt", "closedBy", "closer")
    assert found.keys() - {"closingMessage"} == set(shown)


@pytest.mark.parametrize("path", [HISTORY, CHATS])
def test_a_room_that_is_not_there_shows_nothing(agent: Client, path: str) -> None:
    answered = agent.get(f"{path}/nowhere/visitor/mia")

    assert (answered.status, answered.error) == (400, "invalid-room")


@pytest.mark.parametrize("path", [HISTORY, CHATS])
def test_who_may_not_see_the_room_sees_nothing_through_it(
    agent: Client, world: World, path: str
) -> None:
    set_setting(world, "Livechat_Routing_Method", "Auto_Selection")

    answered = agent.get(f"{path}/rain-cover/visitor/vera")

    assert (answered.status, answered.error) == (400, "error-not-allowed")


def test_pages_that_a_visitor_opened_are_listed_the_latest_first(
    visitor: Client, agent: Client
) -> None:
    rid = open_room(visitor)
    visit(visitor, rid, "first")
    visit(visitor, rid, "second")

    answered = body(agent.get(f"{API}/visitors.pagesVisited/{rid}"))

    titles = [page["navigation"]["page"]["title"] for page in answered["pages"]]
    assert titles == ["second", "first"]
    assert (answered["count"], answered["offset"], answered["total"]) == (2, 0, 2)


def test_a_room_that_is_not_there_has_no_pages(agent: Client) -> None:
    answered = agent.get(f"{API}/visitors.pagesVisited/nowhere")

    assert (answered.status, answered.error) == (400, "invalid-room")


@pytest.mark.parametrize(
    "path",
    [
        f"{API}/visitors.search",
        f"{API}/visitors.autocomplete",
        f"{API}/visitors.pagesVisited/missing-screw",
        f"{HISTORY}/missing-screw/visitor/tara",
        f"{CHATS}/missing-screw/visitor/tara",
    ],
)
def test_who_lacks_the_permission_sees_no_visitors(user: Client, path: str) -> None:
    assert user.get(path).status == 403
