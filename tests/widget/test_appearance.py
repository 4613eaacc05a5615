"""The looks of the widget: read, changed, and seen by the widget."""

from typing import Any

import pytest

from mockserver.world.world import World
from tests.client import Answer, Client
from tests.widget.steps import API, config, set_setting

LOOKS = f"{API}/appearance"
HIDDEN = "Livechat_hide_system_messages"


def looks(client: Client) -> dict[str, Any]:
    return {one["_id"]: one["value"] for one in client.get(LOOKS).body["appearance"]}


def save(client: Client, **changes: Any) -> Answer:
    return client.post(LOOKS, [{"_id": key, "value": value} for key, value in changes.items()])


def test_the_looks_are_listed_as_setting_documents(manager: Client) -> None:
    listed = manager.get(LOOKS).body["appearance"]

    [title] = [one for one in listed if one["_id"] == "Livechat_title"]
    assert len(listed) == 25
    assert (title["value"], title["type"], title["public"]) == ("Rocket.Chat", "string", True)
    assert (title["group"], title["section"]) == ("Omnichannel", "Livechat")


def test_saved_looks_are_listed_and_the_others_stay(manager: Client) -> None:
    before = looks(manager)

    answer = save(manager, Livechat_title="Ask us", Livechat_show_agent_email=False)

    assert answer.body == {"success": True}
    changed = {"Livechat_title": "Ask us", "Livechat_show_agent_email": False}
    assert looks(manager) == {**before, **changed}


def test_saved_looks_show_in_the_widget(manager: Client, visitor: Client) -> None:
    save(
        manager,
        Livechat_title="Ask us",
        Livechat_registration_form=False,
        Livechat_enable_message_character_limit=True,
        Livechat_message_character_limit=100,
        Omnichannel_allow_visitors_to_close_conversation=False,
    )

    found = config(visitor)

    assert found["theme"]["title"] == "Ask us"
    assert found["settings"]["registrationForm"] is False
    assert found["settings"]["limitTextLength"] == 100
    assert found["settings"]["visitorsCanCloseChat"] is False


def test_one_unknown_setting_refuses_them_all(manager: Client) -> None:
    before = looks(manager)

    answer = save(manager, Livechat_title="Ask us", Livechat_enabled=False)

    assert (answer.status, answer.error) == (400, "invalid-setting")
    assert answer.error_type is None
    assert looks(manager) == before


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (True, True),
        ("true", True),
        (False, False),
        ("false", False),
        ("yes", False),
        ("", False),
        (1, False),
        (["true"], False),
        (None, False),
    ],
)
def test_a_switch_is_on_for_true_alone(manager: Client, value: Any, kept: bool) -> None:
    save(manager, Livechat_registration_form=not kept)

    save(manager, Livechat_registration_form=value)

    assert looks(manager)["Livechat_registration_form"] is kept


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (250, 250),
        (2.5, 2.5),
        ("250", 250),
        (" 250 letters", 250),
        ("-3.9", -3),
        ("many", 0),
        ("", 0),
        (True, 0),
        ([250], 0),
        ("9" * 30, 1e30),
    ],
)
def test_a_number_is_read_from_the_beginning_of_a_text(
    manager: Client, value: Any, kept: float
) -> None:
    save(manager, Livechat_message_character_limit=7)

    save(manager, Livechat_message_character_limit=value)

    assert looks(manager)["Livechat_message_character_limit"] == kept


@pytest.mark.parametrize("value", ["a text", "", 5, True, ["a"]])
def test_a_text_is_kept_as_it_is_given(manager: Client, value: Any) -> None:
    save(manager, Livechat_offline_message=value)

    assert looks(manager)["Livechat_offline_message"] == value


def test_choices_that_are_offered_are_kept(manager: Client) -> None:
    save(manager, **{HIDDEN: ["uj", "livechat-started"]})

    assert looks(manager)[HIDDEN] == ["uj", "livechat-started"]


@pytest.mark.parametrize("value", [["uj", "gossip"], "uj", True, 1])
def test_choices_that_are_not_offered_leave_the_setting_alone(manager: Client, value: Any) -> None:
    before = looks(manager)

    answer = save(manager, Livechat_title="Ask us", **{HIDDEN: value})

    assert answer.body == {"success": True}
    assert looks(manager) == {**before, "Livechat_title": "Ask us"}


def test_of_two_values_for_one_setting_the_first_counts(manager: Client) -> None:
    twice = [{"_id": "Livechat_title", "value": title} for title in ("First", "Second")]

    manager.post(LOOKS, twice)

    assert looks(manager)["Livechat_title"] == "First"


def test_a_value_that_is_there_already_is_not_written_again(manager: Client) -> None:
    before = manager.get(LOOKS).body["appearance"]

    save(manager, Livechat_title="Rocket.Chat")

    assert manager.get(LOOKS).body["appearance"] == before


def test_without_a_licence_its_looks_stay_as_they_are(manager: Client, unlicensed: World) -> None:
    answer = save(manager, Livechat_background="#fff")

    assert answer.status == 200
    assert looks(manager)["Livechat_background"] == ""


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ([], "must NOT have fewer than 1 items"),
        ({}, "must be array"),
        ([{"_id": "Livechat_title"}], "must have required property 'value'"),
        ([{"value": "Ask us"}], "must have required property '_id'"),
        ([{"name": "Livechat_title"}], "must have required property '_id'"),
        (
            [{"_id": "Livechat_title", "value": "Ask us", "type": "string"}],
            "must NOT have additional properties",
        ),
        (
            [{"_id": "Livechat_title", "value": {"text": "Ask us"}}],
            "must be string,boolean,number,array",
        ),
    ],
)
def test_looks_that_make_no_sense_are_refused(manager: Client, body: Any, error: str) -> None:
    answer = manager.post(LOOKS, body)

    assert (answer.status, answer.error) == (400, f"{error} [invalid-params]")
    assert answer.error_type == "invalid-params"


def test_an_agent_may_not_change_the_looks(agent: Client, admin: Client) -> None:
    assert agent.get(LOOKS).status == 403
    assert save(agent, Livechat_title="Mine").status == 403
    assert looks(admin)["Livechat_title"] == "Rocket.Chat"


def test_a_setting_changed_elsewhere_shows_among_the_looks(admin: Client) -> None:
    set_setting(admin, "Livechat_title", "Ask us")

    assert looks(admin)["Livechat_title"] == "Ask us"
