"""The triggers of a world file: their faults, and the documents that they become."""

from collections.abc import Iterator
from typing import Any

from msgspec import UNSET
from msgspec.structs import fields as fields_of

from mockserver.world.load.draft import Draft
from mockserver.world.load.file import Given, GivenTrigger, WorldFile
from mockserver.world.resource import Document, Instant
from mockserver.world.triggers.documents import Trigger
from mockserver.world.triggers.keeping import LICENSED_ACTION


def judge(draft: Draft) -> None:
    """Note each trigger with the id of another one, and each that would do nothing."""
    seen: set[str] = set()
    for index, given in enumerate(draft.top("triggers", list[GivenTrigger]) or []):
        if given._id in seen:
            draft.add(("triggers", index, "_id"), f"{given._id} stands here twice")
        seen.add(given._id)
        if not given.greetings and not given.services:
            draft.add(("triggers", index), "a trigger needs a greeting or a service")


def documents(file: WorldFile, made: Instant) -> Iterator[Document]:
    """Return the documents of all triggers."""
    for given in file.triggers:
        yield Trigger(
            _id=given._id,
            _updated_at=made,
            name=given.name,
            description=given.description,
            enabled=given.enabled,
            run_once=given.run_once,
            conditions=[_keys(condition) for condition in given.conditions],
            actions=_actions(given),
        )


def _actions(given: GivenTrigger) -> list[dict[str, Any]]:
    actions: list[tuple[str, Any]] = [("send-message", one) for one in given.greetings]
    actions += [(LICENSED_ACTION, one) for one in given.services]
    return [{"name": name, "params": _keys(params)} for name, params in actions]


def _keys(given: Given) -> dict[str, Any]:
    """Return the keys of a part as the API has them, those with their default value too."""
    fields = ((one.encode_name, getattr(given, one.name)) for one in fields_of(given))
    return {name: value for name, value in fields if value is not UNSET}
