"""The page about world files names every key, and its example loads."""

import re
from pathlib import Path

import msgspec
import pytest

from mockserver.world.load import load
from mockserver.world.load.file import (
    Given,
    GivenBusinessHour,
    GivenCannedResponse,
    GivenCondition,
    GivenCustomField,
    GivenDepartment,
    GivenForward,
    GivenGreeting,
    GivenMember,
    GivenMessage,
    GivenPage,
    GivenPromise,
    GivenRoom,
    GivenService,
    GivenShift,
    GivenSlaPolicy,
    GivenTag,
    GivenTrigger,
    GivenUnit,
    GivenUser,
    GivenVisitor,
    GivenWorkHour,
    WorldFile,
)
from mockserver.world.rooms.documents import Room

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "world-files.md").read_text("utf-8")
PARTS: dict[str, type[Given]] = {
    "world": WorldFile,
    "user": GivenUser,
    "shift": GivenShift,
    "department": GivenDepartment,
    "member": GivenMember,
    "unit": GivenUnit,
    "business hour": GivenBusinessHour,
    "work hour": GivenWorkHour,
    "custom field": GivenCustomField,
    "tag": GivenTag,
    "SLA policy": GivenSlaPolicy,
    "canned response": GivenCannedResponse,
    "trigger": GivenTrigger,
    "condition": GivenCondition,
    "greeting": GivenGreeting,
    "service": GivenService,
    "visitor": GivenVisitor,
    "room": GivenRoom,
    "message": GivenMessage,
    "page": GivenPage,
    "promise": GivenPromise,
    "forward": GivenForward,
}


@pytest.mark.parametrize("part", PARTS)
def test_every_key_of_a_part_stands_on_the_page_and_no_other(part: str) -> None:
    (row,) = re.findall(rf"^\| {part} \| (.*) \|$", PAGE, re.MULTILINE)
    named = set(re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", row)))

    assert named == {field.encode_name for field in msgspec.structs.fields(PARTS[part])}


def test_the_required_keys_of_every_part_are_marked() -> None:
    marked = set(re.findall(r"`(\w+)`\\\*", PAGE))

    fields = [field for kind in PARTS.values() for field in msgspec.structs.fields(kind)]
    assert marked == {field.encode_name for field in fields if field.required}


def test_the_example_of_the_page_loads(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "example.yaml").write_text(example, encoding="utf-8")

    world = load(str(tmp_path / "example.yaml"))

    assert [room._id for room in world.all(Room)] == ["hello"]
