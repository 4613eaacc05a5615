"""Messages that quote others by a link to them."""

from typing import Any

import pytest

from tests.client import Client
from tests.talks.steps import TOKEN, answer, ask, taken_room
from tests.vendor_cases.desk import API, body

SITE = "http://localhost:3000"


def link_to(rid: str, message: Any) -> str:
    return f"{SITE}/live/{rid}?msg={message['_id']}"


def test_a_visitor_quotes_his_agent(visitor: Client, agent: Client) -> None:
    rid = taken_room(visitor, agent)
    said = answer(agent, rid, "Poles are sold apart")
    link = link_to(rid, said)

    sent = ask(visitor, rid, f"[ ]({link}) Really?")

    [quotation] = sent["attachments"]
    assert (quotation["message_link"], quotation["text"]) == (link, "Poles are sold apart")
    assert quotation["author_name"] == "test.cat"
    assert sent["msg"] == f"[ ]({link}) Really?"


@pytest.mark.parametrize("form", ["[{}](so you said)", "[ ]({}) Really?", "See {}", "{}"])
def test_a_link_is_found_wherever_it_stands(visitor: Client, agent: Client, form: str) -> None:
    rid = taken_room(visitor, agent)
    link = link_to(rid, answer(agent, rid))

    sent = ask(visitor, rid, form.format(link))

    assert [shown["message_link"] for shown in sent["attachments"]] == [link]
    assert sent["urls"] == [{"url": link, "meta": {}, "ignoreParse": True}]


def test_an_agent_quotes_his_visitor(visitor: Client, agent: Client) -> None:
    rid = taken_room(visitor, agent)
    asked = ask(visitor, rid, "Are poles included?")

    said = answer(agent, rid, f"{link_to(rid, asked)} No.")

    [quotation] = said["attachments"]
    assert (quotation["text"], quotation["author_name"]) == ("Are poles included?", "Ada")


def test_nobody_quotes_from_the_room_of_another_visitor(visitor: Client, agent: Client) -> None:
    other = taken_room(visitor, agent, "tia")
    link = link_to(other, ask(visitor, other, "A secret", "tia"))
    rid = taken_room(visitor, agent)

    sent = ask(visitor, rid, link)

    assert "attachments" not in sent
    assert sent["urls"] == [{"url": link, "meta": {}}]


def test_what_a_quoted_message_quotes_is_shown_without_its_own(
    visitor: Client, agent: Client
) -> None:
    rid = taken_room(visitor, agent)
    first = ask(visitor, rid, "One")
    second = answer(agent, rid, f"Two {link_to(rid, first)}")
    third = ask(visitor, rid, f"Three {link_to(rid, second)}")

    fourth = answer(agent, rid, f"Four {link_to(rid, third)}")

    [quotation] = fourth["attachments"]
    [further] = quotation["attachments"]
    assert further["text"].startswith("Two")
    assert "attachments" not in further


def test_an_edited_message_quotes_what_it_links_to_now(visitor: Client, agent: Client) -> None:
    rid = taken_room(visitor, agent)
    link = link_to(rid, answer(agent, rid))
    sent = ask(visitor, rid, link)
    change = {"token": TOKEN, "rid": rid, "msg": "Never mind"}

    edited = body(visitor.put(f"{API}/message/{sent['_id']}", change))["message"]

    assert "attachments" not in edited
    assert edited["urls"] == []
