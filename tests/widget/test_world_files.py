"""What a world file says of triggers, and what is wrong when it makes no sense."""

from pathlib import Path
from typing import Any

import pytest

from mockserver.world.load import WorldError, load
from mockserver.world.triggers.documents import Trigger
from tests.client import Client
from tests.widget.steps import TRIGGERS, config

SOUND = """\
about: A sound world that the cases below spoil.
now: 2026-03-02T09:00:00Z
triggers:
  - _id: both
    name: Both
    conditions: [{name: time-on-site, value: "30"}]
    greetings: [{msg: Hi}]
    services: [{serviceUrl: /x, serviceTimeout: 5, serviceFallbackMessage: Wait}]
"""
SPOILED = [
    ("time-on-site", "full-moon", ":6: triggers[0].conditions[0].name: must be one of"),
    ('[{name: time-on-site, value: "30"}]', "[]", ":6: triggers[0].conditions: "),
    ("{msg: Hi}", "{sender: queue}", ":7: triggers[0].greetings[0]: the field msg is missing"),
    ("Wait}]", "Wait, color: red}]", ":8: triggers[0].services[0].color: unknown field"),
]


def write(folder: Path, text: str) -> str:
    path = folder / "made.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_trigger_of_a_file_has_its_greetings_and_services_as_actions(tmp_path: Path) -> None:
    world = load(write(tmp_path, SOUND))

    [trigger] = world.all(Trigger)
    assert (trigger.enabled, trigger.run_once, trigger.description) == (True, False, "")
    assert trigger.conditions == [{"name": "time-on-site", "value": "30"}]
    assert trigger.actions == [
        {"name": "send-message", "params": {"msg": "Hi", "sender": "queue"}},
        {
            "name": "use-external-service",
            "params": {
                "serviceUrl": "/x",
                "serviceTimeout": 5,
                "serviceFallbackMessage": "Wait",
            },
        },
    ]


@pytest.mark.parametrize(("sound", "spoiled", "fault"), SPOILED)
def test_a_trigger_that_the_api_would_refuse_is_a_fault(
    tmp_path: Path, sound: str, spoiled: str, fault: str
) -> None:
    with pytest.raises(WorldError) as caught:
        load(write(tmp_path, SOUND.replace(sound, spoiled)))

    assert fault in str(caught.value)


def test_a_trigger_that_does_nothing_is_a_fault(tmp_path: Path) -> None:
    idle = "\n".join(SOUND.splitlines()[:6])

    with pytest.raises(WorldError) as caught:
        load(write(tmp_path, idle))

    assert ":4: triggers[0]: a trigger needs a greeting or a service" in str(caught.value)


def test_two_triggers_with_one_id_are_a_fault(tmp_path: Path) -> None:
    twice = (
        SOUND + "  - {_id: both, name: B, conditions: [{name: page-url}], greetings: [{msg: A}]}\n"
    )

    with pytest.raises(WorldError) as caught:
        load(write(tmp_path, twice))

    assert ":9: triggers[1]._id: both stands here twice" in str(caught.value)


def test_the_default_world_has_a_greeting_and_a_trigger_that_is_off(
    manager: Client, visitor: Client
) -> None:
    listed: list[Any] = manager.get(TRIGGERS).body["triggers"]

    assert [one["_id"] for one in listed] == ["members-greeting", "rain-cover-greeting"]
    assert [one["_id"] for one in config(visitor)["triggers"]] == ["rain-cover-greeting"]
