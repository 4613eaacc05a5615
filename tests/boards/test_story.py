"""The counts follow what happens through the API: each step changes one number by one."""

from typing import Any

import pytest

from tests.boards.conftest import BOARDS, Ask
from tests.client import Client
from tests.talks import steps

TODAY = {"start": "2020-09-11T00:00:00.000Z", "end": "2020-09-12T00:00:00.000Z"}
DOCUMENTED = {"start": "2020-09-09T00:11:22.345Z", "end": "2020-09-10T23:59:22.345Z"}
API = "/api/v1/livechat"

Counts = dict[str, Any]


def per_agent(ask: Ask) -> Counts:
    return ask("charts/chats-per-agent", **TODAY)


def of(counts: Counts, agent: str) -> tuple[int, int]:
    """Return an agent's open and closed chats, zeros for one who does not appear."""
    counted = counts.get(agent, {})
    return counted.get("open", 0), counted.get("closed", 0)


def test_the_default_world_gives_the_documented_answer(manager: Client) -> None:
    answer = manager.get(f"{BOARDS}/charts/chats-per-agent", **DOCUMENTED)

    assert answer.content == (
        b'{"test.cat":{"open":1,"closed":4},"kim.jane":{"open":1,"closed":3},'
        b'"lee.keith":{"open":0,"closed":4},"success":true}'
    )


def test_the_documented_dates_exchanged_find_nobody(manager: Client) -> None:
    exchanged = {"start": DOCUMENTED["end"], "end": DOCUMENTED["start"]}

    answer = manager.get(f"{BOARDS}/charts/chats-per-agent", **exchanged)

    assert answer.content == b'{"success":true}'


def test_a_conversation_counts_for_nobody_until_it_is_taken(visitor: Client, ask: Ask) -> None:
    before = per_agent(ask)

    steps.open_room(visitor)

    assert per_agent(ask) == before


def test_taking_adds_one_open_and_closing_makes_it_one_closed(
    visitor: Client, agent: Client, ask: Ask
) -> None:
    open_before, closed_before = of(per_agent(ask), "test.cat")

    rid = steps.taken_room(visitor, agent)
    after_taking = of(per_agent(ask), "test.cat")
    steps.close(agent, rid)
    after_closing = of(per_agent(ask), "test.cat")

    assert after_taking == (open_before + 1, closed_before)
    assert after_closing == (open_before, closed_before + 1)


def test_closing_by_the_visitor_counts_like_closing_by_the_agent(
    visitor: Client, agent: Client, ask: Ask
) -> None:
    _, closed_before = of(per_agent(ask), "test.cat")
    rid = steps.taken_room(visitor, agent)

    visitor.post(f"{API}/room.close", {"rid": rid, "token": steps.TOKEN})

    assert of(per_agent(ask), "test.cat")[1] == closed_before + 1


def test_a_forward_moves_the_conversation_to_the_other_agent(
    visitor: Client, agent: Client, manager: Client, ask: Ask
) -> None:
    before = per_agent(ask)
    rid = steps.taken_room(visitor, agent)

    moved = manager.post(f"{API}/room.forward", {"roomId": rid, "userId": "kim.jane"})

    after = per_agent(ask)
    assert moved.status == 200
    assert of(after, "test.cat") == of(before, "test.cat")
    assert of(after, "kim.jane")[0] == of(before, "kim.jane")[0] + 1


def test_a_conversation_given_back_to_the_queue_leaves_the_agent(
    visitor: Client, agent: Client, ask: Ask
) -> None:
    before = per_agent(ask)
    rid = steps.taken_room(visitor, agent)

    returned = agent.post(f"{API}/inquiries.returnAsInquiry", {"roomId": rid})

    assert returned.status == 200
    assert per_agent(ask) == before


def test_a_refused_step_changes_no_number(visitor: Client, agent: Client, ask: Ask) -> None:
    steps.taken_room(visitor, agent)
    before = per_agent(ask)

    refused = agent.post(f"{API}/room.closeByUser", {"rid": "no-such-room", "comment": "Done"})

    assert refused.status == 400
    assert per_agent(ask) == before


def test_every_word_of_a_conversation_adds_a_message(
    visitor: Client, agent: Client, ask: Ask
) -> None:
    rid = steps.taken_room(visitor, agent)
    before = ask("conversation-totalizers", **TODAY)["Total_messages"]

    steps.ask(visitor, rid)
    after_question = ask("conversation-totalizers", **TODAY)["Total_messages"]
    steps.answer(agent, rid)
    after_answer = ask("conversation-totalizers", **TODAY)["Total_messages"]

    # The first word takes the place of the one that counts for a room without any.
    assert (after_question - before, after_answer - before) == (0, 1)


@pytest.mark.parametrize("board", ["charts/chats", "charts/chats-per-agent"])
def test_the_world_moves_on_but_an_old_window_stays_as_it_was(
    visitor: Client, agent: Client, ask: Ask, board: str
) -> None:
    before = ask(board, **DOCUMENTED)

    steps.closed_room(visitor, agent)

    assert ask(board, **DOCUMENTED) == before
