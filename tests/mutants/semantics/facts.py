"""Facts: who is who, what belongs to what, and how a question is read."""

from mockserver.world.analytics import (
    agent_status,
    windows,
)
from mockserver.world.departments import members
from mockserver.world.departments.documents import MEMBERS
from mockserver.world.messages import history
from mockserver.world.users import appointments
from mockserver.world.users.documents import USERS
from tests.mutants import operations as at
from tests.mutants.plant import Plant
from tests.mutants.registry import Reply, spoils_answer, spoils_mock


@spoils_mock(kills="the_default_order_may_be_spelled_out", on=at.MESSAGES)
def messages_oldest_first(plant: Plant) -> None:
    """The messages of a room come in the order in which they were written."""
    plant.edit(history.for_user, "tuple(where), NEWEST", "tuple(where), (('ts', 1),)")


@spoils_mock(kills="agents_and_managers_are_users", on=at.PEOPLE, beside=(at.PERSON,))
def all_users_are_agents(plant: Plant) -> None:
    """The list of agents has everybody."""
    plant.edit(appointments._has, "has.is_(True)", "has.is_not(None)")


@spoils_mock(
    kills="agents_and_departments_know_each_other",
    on=at.MEMBERS,
    beside=(f"GET {at.LIVECHAT}/agents/{{agentId}}/departments",),
)
def departments_of_agents_forgotten(plant: Plant) -> None:
    """A department that an agent belongs to does not stand among his."""

    plant.edit(members.listing, "MEMBERS.c.department_id ==", "MEMBERS.c.department_id !=")


@spoils_answer(
    kills="a_listed_thing_is_read_as_it_is_listed", on=at.PRIORITY, beside=(at.PRIORITIES,)
)
def another_name_alone(reply: Reply) -> None:
    """A thing has another value when it is read alone than in the list."""
    if reply.ok:
        reply.body["sortItem"] = reply.body.get("sortItem", 0) + 1


@spoils_answer(kills="answer_is_about_what_was_asked", on=at.DEPARTMENT)
def another_thing_is_answered(reply: Reply) -> None:
    """An answer is about another thing than the one whose id was given."""
    if reply.ok and reply.body.get("department"):
        reply.body["department"]["_id"] = "sales-and-more"


@spoils_mock(
    kills="agents_off_duty_are_counted_offline",
    on=at.AGENTS_STATUS,
    beside=(at.PEOPLE,),
)
def agents_off_duty_not_counted(plant: Plant) -> None:
    """Agents who take no chats are in no state."""
    made = plant.edit(agent_status._statement, '(user.status_livechat == "not-available") | ', "")
    plant.set(agent_status, "_OF_ALL", made())


@spoils_mock(kills="a_department_has_no_more_than_all", on=at.AGENTS_STATUS)
def agents_of_a_department_counted_twice(plant: Plant) -> None:
    """Agents of a department are counted once for each of their departments."""
    made = agent_status._statement
    plant.set(agent_status, "_OF_ONE", made(MEMBERS.c.agent_id == USERS.c._id))


@spoils_mock(kills="exchanged_dates_give_nothing", on=at.AGENT_CHATS)
def exchanged_dates_are_put_right(plant: Plant) -> None:
    """A window that ends before it begins is turned round."""
    plant.edit(windows.between, "Window(first, last,", "Window(min(first, last), max(first, last),")


@spoils_mock(kills="the_same_instants_in_another_zone", on=at.AGENT_CHATS)
def zone_of_an_instant_ignored(plant: Plant) -> None:
    """The zone of an instant is not read."""
    plant.edit(
        windows.between,
        "jsdate.parse(start), jsdate.parse(end)",
        "jsdate.parse(start[:19]), jsdate.parse(end[:19])",
    )


@spoils_mock(kills="an_empty_department_is_no_filter", on=at.CHATS)
def empty_department_is_one(plant: Plant) -> None:
    """An empty `departmentId` is taken for a department without chats."""
    plant.edit(windows.wished_department, 'in ("", "undefined")', 'in ("undefined",)')
