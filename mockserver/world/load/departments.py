"""Departments of a world file and their members as documents."""

from msgspec import UNSET

from mockserver.world.departments.documents import Department, Member
from mockserver.world.load.file import GivenDepartment, GivenMember
from mockserver.world.resource import Instant
from mockserver.world.users.documents import User

_AS_GIVEN = (
    "description",
    "request_tag_before_closing_chat",
    "chat_closing_tags",
    "fallback_forward_department",
    "departments_allowed_to_forward",
    "allow_receive_forward_offline",
    "offline_message_channel_name",
    "waiting_queue_message",
    "abandoned_rooms_close_custom_message",
)


def department(given: GivenDepartment, made: Instant) -> Department:
    """Return the document of a department that was made at an instant."""
    return Department(
        _id=given._id,
        name=given.name,
        email=given.email or f"{given._id}@example.com",
        enabled=is_enabled(given),
        archived=given.archived or UNSET,
        show_on_registration=given.show_on_registration,
        show_on_offline_form=given.show_on_offline_form,
        num_agents=len(given.agents),
        _updated_at=made,
        **{key: getattr(given, key) for key in _AS_GIVEN},
    )


def members(given: GivenDepartment, users: dict[str, User], made: Instant) -> list[Member]:
    """Return the members of a department; `users` are all users, by id."""
    return [
        Member(
            _id=f"{given._id}-{member.agent}",
            agent_id=member.agent,
            department_id=given._id,
            department_enabled=is_enabled(given),
            username=users[member.agent].username,
            count=member.count,
            order=member.order,
            _updated_at=made,
        )
        for member in map(as_member, given.agents)
    ]


def is_enabled(given: GivenDepartment) -> bool:
    """Say whether a department is at work: enabled, and not archived."""
    return given.enabled and not given.archived


def as_member(given: str | GivenMember) -> GivenMember:
    """Return the long form of a member."""
    return GivenMember(agent=given) if isinstance(given, str) else given
