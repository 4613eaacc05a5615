"""Metrics: how a room's numbers grow with each message, seen in the list of rooms."""

from typing import Any

import pytest

from mockserver.world.jsdate import millis
from mockserver.world.users.documents import User
from mockserver.world.world import World
from tests.client import Client
from tests.talks.steps import (
    API,
    TOKEN,
    answer,
    ask,
    close,
    open_room,
    room,
    set_setting,
    taken_room,
)


def metrics(manager: Client, rid: str) -> Any:
    return room(manager, rid).get("metrics", {})


def seconds(since: str, until: str) -> float:
    return (millis(until) - millis(since)) / 1000


def test_a_new_room_has_no_metrics_and_waits(visitor: Client, manager: Client) -> None:
    rid = open_room(visitor)

    new = room(manager, rid)

    assert "metrics" not in new
    assert new["waitingResponse"] is True


def test_the_first_question_is_the_last_query_until_it_is_answered(
    visitor: Client, manager: Client
) -> None:
    rid = open_room(visitor)

    first = ask(visitor, rid)
    ask(visitor, rid, "Anybody?")

    assert metrics(manager, rid) == {"v": {"lq": first["ts"]}}


def test_the_first_answer_sets_the_first_times(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)
    asked = ask(visitor, rid)
    said = answer(agent, rid)

    found = metrics(manager, rid)

    response = seconds(asked["ts"], said["ts"])
    reaction = seconds(room(manager, rid)["servedBy"]["ts"], said["ts"])
    assert found["response"] == {
        "total": 1,
        "tt": response,
        "avg": response,
        "ft": response,
        "fd": said["ts"],
    }
    assert found["reaction"] == {"tt": reaction, "ft": reaction, "fd": said["ts"]}
    assert found["servedBy"] == {"lr": said["ts"]}


def test_a_second_word_of_the_agent_changes_no_number(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)
    ask(visitor, rid)
    answer(agent, rid)
    before = metrics(manager, rid)

    answer(agent, rid, "And one more thing")

    assert metrics(manager, rid) == before


def test_a_later_answer_adds_up_and_averages(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)
    ask(visitor, rid)
    answer(agent, rid)
    first = metrics(manager, rid)
    asked = ask(visitor, rid, "And?")
    ask(visitor, rid, "Hm?")
    said = answer(agent, rid, "Well")

    found = metrics(manager, rid)

    time = seconds(asked["ts"], said["ts"])
    assert found["response"]["total"] == 2
    assert found["response"]["tt"] == pytest.approx(first["response"]["tt"] + time)
    assert found["response"]["avg"] == pytest.approx(found["response"]["tt"] / 2)
    assert found["response"]["ft"] == first["response"]["ft"]
    assert found["reaction"]["tt"] == pytest.approx(first["reaction"]["tt"] + time)
    assert found["servedBy"] == {"lr": said["ts"]}


def test_until_the_visitor_writes_every_answer_counts_as_the_first(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)
    answer(agent, rid, "How can I help?")
    second = answer(agent, rid, "Hello?")

    found = metrics(manager, rid)

    assert found["response"]["total"] == 2
    assert found["response"]["fd"] == second["ts"]
    assert "servedBy" not in found


def test_an_answer_ends_the_waiting_and_names_who_answered(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)
    ask(visitor, rid)

    said = answer(agent, rid)

    answered = room(manager, rid)
    assert "waitingResponse" not in answered
    assert answered["responseBy"] == {
        "_id": "test.cat",
        "username": "test.cat",
        "firstResponseTs": said["ts"],
        "lastMessageTs": said["ts"],
    }


def test_the_first_answerer_stays_named_when_another_writes(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)
    ask(visitor, rid)
    first = answer(agent, rid)

    later = answer(manager, rid, "I add something")

    named = room(manager, rid)["responseBy"]
    assert (named["_id"], named["firstResponseTs"]) == ("test.cat", first["ts"])
    assert named["lastMessageTs"] == later["ts"]


def test_a_question_after_an_answer_waits_again(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)
    ask(visitor, rid)
    answer(agent, rid)

    ask(visitor, rid, "And?")

    waiting = room(manager, rid)
    assert waiting["waitingResponse"] is True
    assert "responseBy" not in waiting


def test_a_close_counts_from_the_beginning_and_from_the_taking(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)
    ask(visitor, rid)
    close(agent, rid)

    closed = room(manager, rid)

    found = closed["metrics"]
    assert found["chatDuration"] == seconds(closed["ts"], closed["closedAt"])
    assert found["serviceTimeDuration"] == seconds(closed["servedBy"]["ts"], closed["closedAt"])


def test_a_room_that_nobody_served_has_no_time_of_service(visitor: Client, manager: Client) -> None:
    rid = open_room(visitor)
    visitor.post(f"{API}/room.close", {"token": TOKEN, "rid": rid})

    found = metrics(manager, rid)

    assert "chatDuration" in found
    assert "serviceTimeDuration" not in found


def test_an_unanswered_agent_counts_the_silence_of_the_visitor(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)
    ask(visitor, rid)
    answer(agent, rid)
    answer(agent, rid, "Are you there?")
    close(agent, rid)

    assert metrics(manager, rid)["visitorInactivity"] == 0


def test_the_silence_of_a_visitor_is_counted_in_whole_seconds(manager: Client) -> None:
    assert metrics(manager, "late-invoice")["visitorInactivity"] == 86 * 60


def test_a_visitor_who_had_the_last_word_was_not_silent(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)
    answer(agent, rid)
    ask(visitor, rid)
    close(agent, rid)

    assert "visitorInactivity" not in metrics(manager, rid)


def test_a_visitor_who_closes_was_not_silent(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)
    ask(visitor, rid)
    answer(agent, rid)
    visitor.post(f"{API}/room.close", {"token": TOKEN, "rid": rid})

    assert "visitorInactivity" not in metrics(manager, rid)


def test_an_edit_counts_for_nothing(visitor: Client, agent: Client, manager: Client) -> None:
    rid = taken_room(visitor, agent)
    asked = ask(visitor, rid)
    answer(agent, rid)
    before = metrics(manager, rid)

    visitor.put(f"{API}/message/{asked['_id']}", {"token": TOKEN, "rid": rid, "msg": "Hello??"})

    assert metrics(manager, rid) == before


def test_bots_count_for_nothing_where_the_workspace_ignores_them(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    rid = taken_room(visitor, agent)
    ask(visitor, rid)
    make_bot(world, "test.cat")
    set_setting(world, "Omnichannel_Metrics_Ignore_Automatic_Messages", True)

    answer(agent, rid)

    found = room(manager, rid)
    assert "response" not in found["metrics"]
    assert found["waitingResponse"] is True


def test_bots_count_like_anybody_else_by_default(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    rid = taken_room(visitor, agent)
    ask(visitor, rid)
    make_bot(world, "test.cat")

    answer(agent, rid)

    assert metrics(manager, rid)["response"]["total"] == 1


def make_bot(world: World, user_id: str) -> None:
    with world.transaction():
        user = world.get(User, user_id)
        assert user is not None
        user.roles = [*user.roles, "bot"]
        world.save(user)
