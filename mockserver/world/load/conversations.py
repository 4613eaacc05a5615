"""Conversations of a world file, told event by event until their documents stand there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from mockserver.world.departments.documents import Department
from mockserver.world.inquiries.documents import Inquiry, WishedAgent
from mockserver.world.load.contacts import Contacts
from mockserver.world.load.dates import Dates
from mockserver.world.load.file import (
    GivenForward,
    GivenMessage,
    GivenPage,
    GivenPromise,
    GivenRoom,
)
from mockserver.world.load.references import VISITOR
from mockserver.world.load.story import CLOSED_BY_VISITOR, Story
from mockserver.world.pages.visiting import HOUSE_BOT
from mockserver.world.resource import Instant
from mockserver.world.rooms.documents import Room, RoomVisitor, Source
from mockserver.world.sla.documents import SlaPolicy
from mockserver.world.users.documents import User
from mockserver.world.visitors.documents import Visitor

Event = tuple[Instant, Callable[[Story, Instant], None]]


@dataclass(frozen=True)
class Cast:
    """Who and what the conversations speak of, by id."""

    users: dict[str, User]
    visitors: dict[str, Visitor]
    departments: dict[str, Department]
    dates: Dates
    contacts: Contacts
    policies: dict[str, SlaPolicy]


def tell(given: GivenRoom, cast: Cast) -> Story:
    """Tell one conversation from its beginning to its last event."""
    story = _opened(given, cast)
    story.begin(story.room.ts)
    for at, happen in sorted(_events(given, cast), key=lambda event: event[0]):
        happen(story, at)
    return story


def _opened(given: GivenRoom, cast: Cast) -> Story:
    visitor = cast.visitors[given.visitor]
    at = cast.dates.instant(given.ts)
    source = Source(type=given.source)
    contact = cast.contacts.begin(visitor, source, given._id, at)
    v = RoomVisitor(
        _id=visitor._id,
        username=visitor.username,
        token=visitor.token,
        status=visitor.status,
        activity=contact.activity,
    )
    room = Room(
        _id=given._id,
        fname=contact.name or visitor.username,
        ts=at,
        lm=at,
        v=v,
        contact_id=contact._id,
        open=True,
        waiting_response=True,
        verified=False,
        source=source,
        queued_at=at,
        department_id=given.department,
        livechat_data=given.livechat_data,
        tags=given.tags,
        topic=given.topic,
    )
    inquiry = Inquiry(
        _id=f"{given._id}-inquiry",
        rid=room._id,
        name=room.fname,
        ts=at,
        message="",
        status="queued",
        v=replace(v),
        source=room.source,
        department=given.department,
        queued_at=at,
        default_agent=_wished(given, cast),
        _updated_at=at,
    )
    return Story(room, visitor, contact, inquiry)


def _wished(given: GivenRoom, cast: Cast) -> WishedAgent | UnsetType:
    if not given.wished_agent:
        return UNSET
    agent = cast.users[given.wished_agent]
    return WishedAgent(agent_id=agent._id, username=agent.username)


def _events(given: GivenRoom, cast: Cast) -> Iterator[Event]:
    """Return what happens in a conversation; at the same instant, in this order."""
    instant = cast.dates.instant
    if given.promise:
        yield instant(given.promise.at), _promise(given.promise, cast)
    if given.served_by and given.served_at:
        yield instant(given.served_at), _take(given.served_by, cast)
    for forward in given.forwards:
        yield instant(forward.at), _forward(forward, cast)
        if forward.taken_by and forward.taken_at:
            yield instant(forward.taken_at), _take(forward.taken_by, cast)
    for message in given.messages:
        yield instant(message.at), _say(message, cast)
    for page in given.pages:
        yield instant(page.at), _open_page(page, cast)
    if given.held_at:
        yield instant(given.held_at), Story.hold
    if given.closed_at:
        yield instant(given.closed_at), _close(given, cast)


def _promise(given: GivenPromise, cast: Cast) -> Callable[[Story, Instant], None]:
    by, policy = cast.users[given.by], cast.policies[given.policy]
    return lambda story, at: story.promise(by, policy, at)


def _take(agent: str, cast: Cast) -> Callable[[Story, Instant], None]:
    return lambda story, at: story.take(cast.users[agent], at)


def _say(given: GivenMessage, cast: Cast) -> Callable[[Story, Instant], None]:
    if given.from_ == VISITOR:
        return lambda story, at: story.visitor_says(given.msg, at)
    return lambda story, at: story.user_says(cast.users[given.from_], given.msg, at)


def _open_page(given: GivenPage, cast: Cast) -> Callable[[Story, Instant], None]:
    return lambda story, at: story.open_page(cast.users[HOUSE_BOT], given.title, given.href, at)


def _forward(given: GivenForward, cast: Cast) -> Callable[[Story, Instant], None]:
    by, comment = cast.users[given.by], given.comment or None
    if given.to:
        agent = cast.users[given.to]
        return lambda story, at: story.forward_to_agent(by, agent, comment, at)
    department = cast.departments[str(given.department)]
    named = {"_id": department._id, "name": department.name}
    return lambda story, at: story.forward_to_department(by, named, comment, at)


def _close(given: GivenRoom, cast: Cast) -> Callable[[Story, Instant], None]:
    by = None if given.closed_by == VISITOR else cast.users[str(given.closed_by)]
    comment = given.comment or ("" if by else CLOSED_BY_VISITOR)

    def happen(story: Story, at: Instant) -> None:
        here = story.room.department_id
        department = cast.departments[here] if here else None
        closing = (department.chat_closing_tags or ()) if department else ()
        tags = dict.fromkeys([*(given.tags or ()), *closing])
        story.close(by, comment, list(tags), at)

    return happen
