"""Things: what was made, changed or deleted is not so afterwards; what was only read is."""

from itertools import count
from typing import Any

from mockserver.world.departments import ending, saving
from mockserver.world.resource import Document
from mockserver.world.rooms import (
    lookup,
)
from mockserver.world.sla import policies
from mockserver.world.tags import labels
from mockserver.world.visitors import registration, removal
from mockserver.world.world import World
from tests.mutants import operations as at
from tests.mutants.bodies import each
from tests.mutants.plant import Plant
from tests.mutants.registry import Reply, spoils_answer, spoils_mock

MADE = "a_made_thing_is_as_it_was_sent"
_ids = count(1)


@spoils_mock(kills="same_read_same_answer", on=at.INQUIRY)
def reading_changes(plant: Plant) -> None:
    """To read an inquiry escapes its message once more."""
    plant.edit(
        lookup.inquiry_of,
        "    return world.find(Inquiry, INQUIRIES.c.rid == rid)",
        "    found = world.find(Inquiry, INQUIRIES.c.rid == rid)\n"
        "    if found:\n"
        "        found.message = f'&amp;{found.message}'\n"
        "        world.save(found)\n"
        "    return found",
    )


@spoils_answer(kills="same_read_same_answer", on=at.TRIGGERS)
def ids_change(reply: Reply) -> None:
    """A thing has another id each time it is read."""
    each(reply, lambda item: item.update(_id=f"id-{next(_ids)}"))


@spoils_mock(
    kills="a_deleted_thing_is_gone", on=f"POST {at.LIVECHAT}/tags.delete", beside=(at.TAGS,)
)
def deleted_tag_is_still_there(plant: Plant) -> None:
    """A tag that was deleted is still there."""
    plant.edit(labels.delete, "    world.remove(Tag, TAGS.c._id == tag_id)\n", "")


@spoils_mock(kills="a_deleted_thing_is_gone", on=at.DELETE_SLA, beside=(at.SLAS,))
def all_policies_are_deleted(plant: Plant) -> None:
    """To delete one policy deletes them all."""
    plant.edit(policies.delete, "SLA_POLICIES.c._id == policy_id", "SLA_POLICIES.c._id != ''")


@spoils_mock(kills="a_renamed_thing_is_found_by_its_new_name", on=at.CHANGE_SLA, beside=(at.SLAS,))
def change_is_lost(plant: Plant) -> None:
    """A change is answered as if it were made, and is not."""
    plant.edit(policies.change, "        world.save(sent)\n", "        pass\n")


@spoils_mock(kills=MADE, on=at.NEW_SLA, beside=(at.SLAS, at.SLA))
def minutes_are_rounded(plant: Plant) -> None:
    """A number is stored in steps of ten."""
    plant.edit(policies._whole, "int(digits[0])", "int(digits[0]) // 7 * 7")


@spoils_mock(
    kills="words_of_a_thing_come_back_whole",
    on=at.NEW_DEPARTMENT,
    beside=(at.DEPARTMENTS, at.DEPARTMENT),
)
def name_in_small_letters(plant: Plant) -> None:
    """The name of a new department is answered in small letters."""
    made = saving.create

    def create(world: World, user: Any, body: Any) -> Any:
        department, members = made(world, user, body)
        department["name"] = department["name"].lower()
        return department, members

    plant.replace(made, create)


@spoils_mock(
    kills="an_archived_department_moves_to_the_archive",
    on=at.ARCHIVE,
    beside=(at.DEPARTMENTS, at.ARCHIVED),
)
def archived_department_stays(plant: Plant) -> None:
    """A department that was archived stays in the usual list."""
    plant.edit(ending.archive, "department.archived = True", "department.archived = False")


@spoils_mock(
    kills="an_archived_department_moves_to_the_archive",
    on=at.ARCHIVE,
    beside=(at.DEPARTMENT, at.DEPARTMENTS, at.ARCHIVED),
)
def archived_department_is_enabled(plant: Plant) -> None:
    """An archived department is still enabled."""
    plant.edit(ending.archive, "    department.enabled = False\n", "")


@spoils_mock(kills="the_same_visitor_twice_is_one", on=at.REGISTER, beside=(at.VISITOR,))
def visitor_is_made_anew(plant: Plant) -> None:
    """Who registers twice with one token is two visitors."""
    plant.edit(
        registration.register, "visitor = lookup.known(world, given.token)\n", "visitor = None\n"
    )


@spoils_mock(
    kills="a_new_visitor_is_found_and_a_deleted_one_is_not",
    on=f"DELETE {at.LIVECHAT}/visitor/{{token}}",
    beside=(at.REGISTER, at.VISITOR),
)
def deleted_visitor_is_found(plant: Plant) -> None:
    """A visitor who was deleted is still there."""
    plant.edit(removal.remove, "visitor.disabled = True", "visitor.disabled = False")


@spoils_mock(kills="a_made_thing_is_listed", on=at.SAVE_TAG, beside=(at.TAGS,))
def made_tag_is_not_listed(plant: Plant) -> None:
    """A tag that was made is not stored."""
    plant.edit(labels.save, "        world.add(tag)\n", "        pass\n")


@spoils_mock(
    kills="the_same_change_twice_changes_once",
    on=at.CHANGE_DEPARTMENT,
    beside=(at.DEPARTMENT, at.NEW_DEPARTMENT),
)
def change_adds_to_what_was(plant: Plant) -> None:
    """A changed text is put behind the one that was there."""
    changed = saving.change

    def change(world: World, user: Any, department_id: str, body: Any) -> Document:
        department = changed(world, user, department_id, body)
        department.name += " "
        return world.save(department)

    plant.replace(changed, change)
