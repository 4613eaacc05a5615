"""Labels: finding tags, as far as one may see them, saving and deleting them."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec import UNSET

from mockserver.world import search
from mockserver.world.access import rules
from mockserver.world.canned_responses import forgetting
from mockserver.world.refusal import Missing, Refusal
from mockserver.world.resource import Query
from mockserver.world.rooms.documents import SEPARATOR
from mockserver.world.tags.documents import TAGS, Tag
from mockserver.world.unique import DuplicateKey
from mockserver.world.units import supervision
from mockserver.world.users.documents import User
from mockserver.world.world import World


class TagNotFound(Missing):
    """No tag has this id."""

    reason = "Tag not found"


class NothingToDelete(Refusal):
    """There is no tag with this id to delete."""

    code, reason = "tag-not-found", "Tag not found"


def listing(
    world: World, caller: User, *, text: Any = None, department: Any = None, view_all: bool = False
) -> Query[Tag]:
    """Return the query for tags by name: those for everybody, and those of departments.

    Who manages tags sees those of the department that he names, or all; others those of their own
    departments, or of the one that they name of these. `text` is part of name or description.
    """
    where = search.containing(TAGS.c.words, text)
    manages = rules.has_permission(world, caller, "manage-livechat-tags")
    if not (manages and view_all):
        his = [] if manages else supervision.his_departments(world, caller)
        if isinstance(department, str) and (manages or department in his):
            his = [department]
        where = (*where, TAGS.c.is_public.is_(True) | _of(his))
    return Query(Tag, where, (("name", 1),))


def get(world: World, tag_id: str) -> Tag:
    """Return a tag, or refuse; whoever asks sees the tags of all departments here."""
    tag = world.get(Tag, tag_id)
    if tag is None:
        raise TagNotFound
    return tag


def save(
    world: World,
    tag_id: str | None,
    data: Mapping[str, Any],
    departments: Iterable[str] | None,
) -> dict[str, Any]:
    """Create a tag, or change one, and return it as it goes out.

    Without departments it is for everybody from now on; they need not exist. Of an unknown id
    nothing is stored.
    """
    of = list(departments or ())
    tag = Tag(
        _id=tag_id or world.new_id("hex"),
        name=data.get("name", UNSET),
        description=data.get("description", UNSET),
        num_departments=len(of),
        departments=of,
    )
    shown: dict[str, Any] = msgspec.to_builtins(tag)
    known = world.get(Tag, tag_id) if tag_id else None
    if known is not None:
        tag.name = known.name if tag.name is UNSET else tag.name
        tag.description = known.description if tag.description is UNSET else tag.description
    if known is not None or not tag_id:
        _check_unique(world, tag)
    if known is not None:
        world.save(tag)
    elif not tag_id:
        world.add(tag)
    return shown


def delete(world: World, tag_id: str) -> None:
    """Delete a tag; canned responses lose its name, conversations keep it."""
    tag = world.get(Tag, tag_id)
    if tag is None:
        raise NothingToDelete(details={"method": "livechat:removeTag"})
    if tag.name is not UNSET:
        forgetting.forget_tag(world, tag.name)
    world.remove(Tag, TAGS.c._id == tag_id)


def _of(departments: list[str]) -> sa.ColumnElement[bool]:
    held = [
        sa.func.instr(TAGS.c.departments, SEPARATOR + department + SEPARATOR) > 0
        for department in departments
    ]
    return sa.or_(sa.false(), *held)


def _check_unique(world: World, tag: Tag) -> None:
    name = None if tag.name is UNSET else tag.name
    if world.find(Tag, TAGS.c.name.is_not_distinct_from(name), TAGS.c._id != tag._id) is not None:
        raise DuplicateKey("livechat_tag", "name", name)
