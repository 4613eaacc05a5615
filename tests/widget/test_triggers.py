"""Triggers: made, listed, read, changed and deleted, and what the widget is told of them."""

from typing import Any

import pytest

from mockserver.world.world import World
from tests.client import Client
from tests.widget.steps import GREETING, SERVICE, TRIGGERS, config, listed, save, saved, trigger


def test_saving_a_trigger_answers_success_alone(manager: Client) -> None:
    answer = save(manager)

    assert answer.body == {"success": True}


def test_a_new_trigger_stands_in_the_list_as_it_was_sent(manager: Client) -> None:
    trigger_id = saved(manager)

    [found] = [one for one in listed(manager) if one["_id"] == trigger_id]
    assert found == {**trigger(), "_id": trigger_id, "_updatedAt": found["_updatedAt"]}
    assert len(trigger_id) == 17


def test_a_trigger_is_read_by_its_id(manager: Client) -> None:
    trigger_id = saved(manager)

    read = manager.get(f"{TRIGGERS}/{trigger_id}").body

    assert (read["trigger"]["name"], read["success"]) == ("Shy visitor", True)


def test_an_unknown_trigger_is_read_as_null(manager: Client) -> None:
    assert manager.get(f"{TRIGGERS}/nope").body == {"trigger": None, "success": True}


def test_triggers_are_listed_by_name_and_page_by_page(manager: Client) -> None:
    before = manager.get(TRIGGERS).body["total"]
    for name in ("zb", "za", "Z"):
        save(manager, name)

    page = manager.get(TRIGGERS, offset=before, count=2).body

    assert [one["name"] for one in listed(manager)][-2:] == ["za", "zb"]
    assert (page["count"], page["offset"], page["total"]) == (2, before, before + 3)


def test_a_sort_replaces_the_order_by_name(manager: Client) -> None:
    for name in ("za", "zb"):
        save(manager, name)

    found = manager.get(TRIGGERS, sort='{"name": -1}').body["triggers"]

    assert [one["name"] for one in found][:2] == ["zb", "za"]


def test_two_triggers_may_have_one_name(manager: Client) -> None:
    save(manager, "Twin")
    save(manager, "Twin")

    assert [one["name"] for one in listed(manager)].count("Twin") == 2


def test_saving_with_an_id_changes_that_trigger(manager: Client) -> None:
    trigger_id = saved(manager)
    before = manager.get(TRIGGERS).body["total"]

    answer = save(manager, "Renamed", _id=trigger_id, enabled=False, actions=[SERVICE])

    assert answer.body == {"success": True}
    found = manager.get(f"{TRIGGERS}/{trigger_id}").body["trigger"]
    assert (found["name"], found["enabled"], found["actions"]) == ("Renamed", False, [SERVICE])
    assert manager.get(TRIGGERS).body["total"] == before


def test_saving_with_an_unknown_id_stores_nothing(manager: Client) -> None:
    before = listed(manager)

    answer = save(manager, _id="nope")

    assert answer.body == {"success": True}
    assert listed(manager) == before


@pytest.mark.parametrize("blank", ["", None])
def test_saving_with_a_blank_id_makes_a_new_trigger(manager: Client, blank: str | None) -> None:
    before = manager.get(TRIGGERS).body["total"]

    save(manager, _id=blank)

    assert manager.get(TRIGGERS).body["total"] == before + 1


def test_a_deleted_trigger_is_gone(manager: Client, visitor: Client) -> None:
    trigger_id = saved(manager)

    answer = manager.delete(f"{TRIGGERS}/{trigger_id}")

    assert answer.body == {"success": True}
    assert manager.get(f"{TRIGGERS}/{trigger_id}").body["trigger"] is None
    assert trigger_id not in [one["_id"] for one in listed(manager)]
    assert trigger_id not in [one["_id"] for one in config(visitor)["triggers"]]


def test_deleting_an_unknown_trigger_is_no_error(manager: Client) -> None:
    assert manager.delete(f"{TRIGGERS}/nope").body == {"success": True}


def test_the_widget_is_told_of_enabled_triggers_only(manager: Client, visitor: Client) -> None:
    shown, hidden = saved(manager, "Shown"), saved(manager, "Hidden", enabled=False)

    told = {one["_id"]: one for one in config(visitor)["triggers"]}

    assert told[shown] == {
        "_id": shown,
        "actions": [GREETING],
        "conditions": [{"name": "time-on-site", "value": "30"}],
        "runOnce": False,
    }
    assert hidden not in told


def test_without_a_licence_the_widget_is_not_told_of_external_services(
    manager: Client, visitor: Client, unlicensed: World
) -> None:
    service = saved(manager, "Service", actions=[SERVICE])
    both = saved(manager, "Both", actions=[SERVICE, GREETING])

    told = {one["_id"] for one in config(visitor)["triggers"]}

    assert service not in told
    assert both in told


def test_with_a_licence_the_widget_is_told_of_external_services(
    manager: Client, visitor: Client
) -> None:
    service = saved(manager, "Service", actions=[SERVICE])

    assert service in [one["_id"] for one in config(visitor)["triggers"]]


@pytest.mark.parametrize(
    "missing", ["name", "description", "enabled", "runOnce", "conditions", "actions"]
)
def test_a_trigger_without_one_of_its_keys_is_refused(manager: Client, missing: str) -> None:
    body = {key: value for key, value in trigger().items() if key != missing}

    answer = manager.post(TRIGGERS, body)

    assert answer.status == 400
    assert answer.error == f"must have required property '{missing}' [invalid-params]"
    assert answer.error_type == "invalid-params"


@pytest.mark.parametrize(
    ("part", "error"),
    [
        ({"color": "red"}, "must NOT have additional properties"),
        ({"enabled": "yes"}, "must be boolean"),
        ({"conditions": []}, "must NOT have fewer than 1 items"),
        ({"conditions": 1}, "must be array"),
        ({"conditions": [1]}, "must be object"),
        ({"conditions": [{"name": "page-url"}]}, "must have required property 'value'"),
        (
            {"conditions": [{"name": "full-moon", "value": "1"}]},
            "must be equal to one of the allowed values",
        ),
        ({"actions": []}, "must NOT have fewer than 1 items"),
        (
            {"actions": [{"name": "dance"}]},
            "must be equal to one of the allowed values\n "
            "must be equal to one of the allowed values\n must match exactly one schema in oneOf",
        ),
        (
            {"actions": [{"name": "send-message", "params": {"sender": "custom"}}]},
            "must have required property 'msg'\n must be equal to one of the allowed values"
            "\n must match exactly one schema in oneOf",
        ),
        (
            {"actions": [{"name": "use-external-service", "params": {"serviceTimeout": 1}}]},
            "must be equal to one of the allowed values\n must have required property 'serviceUrl'"
            "\n must match exactly one schema in oneOf",
        ),
    ],
)
def test_a_trigger_that_makes_no_sense_is_refused(
    manager: Client, part: dict[str, Any], error: str
) -> None:
    before = listed(manager)

    answer = save(manager, **part)

    assert (answer.status, answer.error) == (400, f"{error} [invalid-params]")
    assert listed(manager) == before


def test_values_are_fitted_to_the_types_that_the_server_keeps(manager: Client) -> None:
    trigger_id = saved(
        manager,
        enabled="true",
        runOnce=1,
        conditions=[{"name": "time-on-site", "value": 30}, {"name": "page-url", "value": None}],
        actions=[{"name": "send-message", "params": None}],
    )

    found = manager.get(f"{TRIGGERS}/{trigger_id}").body["trigger"]

    assert (found["enabled"], found["runOnce"]) == (True, True)
    assert [one["value"] for one in found["conditions"]] == ["30", None]
    assert found["actions"] == [{"name": "send-message", "params": None}]


def test_a_sender_may_go_without_a_name(manager: Client) -> None:
    nameless = {"name": "send-message", "params": {"sender": "custom", "msg": "Hi", "name": None}}

    trigger_id = saved(manager, actions=[nameless])

    assert manager.get(f"{TRIGGERS}/{trigger_id}").body["trigger"]["actions"] == [nameless]


def test_an_unknown_key_in_the_query_is_refused(manager: Client) -> None:
    answer = manager.get(TRIGGERS, text="shy")

    assert answer.status == 400
    assert answer.error == "must NOT have additional properties [invalid-params]"


def test_an_agent_may_not_look_at_triggers(agent: Client) -> None:
    assert agent.get(TRIGGERS).status == 403
    assert agent.get(f"{TRIGGERS}/nope").status == 403
    assert save(agent).status == 403
    assert agent.delete(f"{TRIGGERS}/nope").status == 403
