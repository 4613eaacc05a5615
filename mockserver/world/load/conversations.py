"""Conversations of a world file, told again event by event until the documents stand there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from mockserver.world.inquiries.documents import Inquiry
from mockserver.world.load.dates import Dates
from mockserver.world.load.file import GivenForward, GivenMessage, GivenRoom
from mockserver.world.messages.documents import Message, Subscription
from mockserver.world.resource import Document, Instant
from mockserver.world.rooms import metrics
from mockserver.world.rooms.documents import Person, Room, RoomVisitor, ServedBy, Source
from mockserver.world.users.documents import User
from mockserver.world.visitors.documents import Visitor

VISITOR = "visitor"
CLOSED_BY_VISITOR = "Closed by visitor"


@dataclass(frozen=True)
class Cast:
    """Who and what the conversations speak of, by id."""

    users: dict[str, User]
    visitors: dict[str, Visitor]
    department_names: dict[str, str]
    dates: Dates


@dataclass
class Told:
    """A conversation as documents."""

    room: Room
    visitor: Visitor
    inquiry: Inquiry | None
    messages: list[Message] = field(default_factory=list)
    subscriptions: list[Subscription] = field(default_factory=list)

    def documents(self) -> Iterator[Document]:
        """Return all of it, the room first."""
        yield self.room
        if self.inquiry is not None:
            yield self.inquiry
        yield from self.messages
        yield from self.subscriptions


def tell(given: GivenRoom, cast: Cast) -> Told:
    """Tell one conversation from its beginning to its last event."""
    told = _begin(given, cast)
    events = list(_events(given, cast))
    events.sort(key=lambda event: event[0])
    for at, happen in events:
        happen(told, at)
    told.room._updated_at = told.room.lm if not events else max(told.room.lm, events[-1][0])
    if told.inquiry is not None:
        told.inquiry._updated_at = told.room._updated_at
    return told


Event = tuple[Instant, Callable[[Told, Instant], None]]


def _events(given: GivenRoom, cast: Cast) -> Iterator[Event]:
    """Return what happens in a conversation; at the same instant, in this order."""
    instant = cast.dates.instant
    if given.served_by and given.served_at:
        yield instant(given.served_at), _take(cast.users[given.served_by])
    for forward in given.forwards:
        yield instant(forward.at), _forward(forward, cast)
        if forward.taken_by and forward.taken_at:
            yield instant(forward.taken_at), _take(cast.users[forward.taken_by])
    for message in given.messages:
        yield instant(message.at), _say(message, cast)
    if given.held_at:
        yield instant(given.held_at), _hold
    if given.closed_at:
        yield instant(given.closed_at), _close(given, cast)


def _begin(given: GivenRoom, cast: Cast) -> Told:
    visitor = cast.visitors[given.visitor]
    at = cast.dates.instant(given.ts)
    name = visitor.name or visitor.username
    v = RoomVisitor(_id=visitor._id, username=visitor.username, token=visitor.token)
    source = Source(type=given.source)
    room = Room(
        _id=given._id,
        fname=name,
        ts=at,
        lm=at,
        v=v,
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
        rid=given._id,
        name=name,
        ts=at,
        message="",
        status="queued",
        v=v,
        source=source,
        department=given.department,
        queued_at=at,
    )
    told = Told(room, visitor, inquiry)
    _note(told, at, "livechat-started", by=_person(visitor), token=visitor.token)
    return told


def _take(agent: User) -> Callable[[Told, Instant], None]:
    def happen(told: Told, at: Instant) -> None:
        told.room.served_by = ServedBy(_id=agent._id, username=agent.username, ts=at)
        _seat(told, agent)
        if told.inquiry is not None:
            told.inquiry.status, told.inquiry.taken_at = "taken", at
            told.inquiry.queued_at = told.inquiry.default_agent = UNSET
        _note(told, at, "command", "connected", by=_person(agent))
        _note(told, at, "uj", agent.username, by=_person(agent))

    return happen


def _say(given: GivenMessage, cast: Cast) -> Callable[[Told, Instant], None]:
    def happen(told: Told, at: Instant) -> None:
        if given.from_ == VISITOR:
            metrics.on_visitor_message(told.room, at)
            author, token = _person(told.visitor), told.visitor.token
            alias = told.visitor.name or told.visitor.username
            message = _message(told, at, given.msg, author, token=token, alias=alias)
            if told.inquiry is not None and told.inquiry.status == "queued":
                told.inquiry.message = given.msg
                told.inquiry.last_message = msgspec.to_builtins(message)
        else:
            agent = cast.users[given.from_]
            metrics.on_agent_message(told.room, agent, at)
            _message(told, at, given.msg, _person(agent))

    return happen


def _forward(given: GivenForward, cast: Cast) -> Callable[[Told, Instant], None]:
    def happen(told: Told, at: Instant) -> None:
        by = cast.users[given.by]
        room = told.room
        data: dict[str, Any] = {"transferredBy": _by(by), "ts": at, "comment": given.comment}
        if room.department_id:
            data["previousDepartment"] = room.department_id
        left = cast.users[room.served_by._id] if room.served_by else None
        if left is not None:
            _note(told, at, "ul", left.username, by=_person(left))
            told.subscriptions.clear()
            room.users_count -= 1
        if given.to:
            target = cast.users[given.to]
            data |= {"scope": "agent", "transferredTo": msgspec.to_builtins(_person(target))}
            _take_over(told, target, at)
        if given.department:
            name = cast.department_names[given.department]
            data |= {
                "scope": "department",
                "nextDepartment": {"_id": given.department, "name": name},
            }
            _queue_again(told, given.department, at)
        data = {key: value for key, value in data.items() if value is not UNSET}
        _note(told, at, "livechat_transfer_history", by=_person(by), transfer_data=data)

    return happen


def _take_over(told: Told, agent: User, at: Instant) -> None:
    told.room.served_by = ServedBy(_id=agent._id, username=agent.username, ts=at)
    _seat(told, agent)
    _note(told, at, "uj", agent.username, by=_person(agent))


def _queue_again(told: Told, department: str, at: Instant) -> None:
    told.room.department_id = department
    told.room.served_by = UNSET
    told.room.queued_at = at
    if told.inquiry is not None:
        told.inquiry.department = department
        told.inquiry.status, told.inquiry.queued_at = "queued", at
        told.inquiry.taken_at = UNSET


def _hold(told: Told, at: Instant) -> None:
    served = told.room.served_by
    if served:
        told.room.on_hold = True
        by = Person(_id=served._id, username=served.username)
        _note(told, at, "omnichannel_placed_chat_on_hold", by=by)


def _close(given: GivenRoom, cast: Cast) -> Callable[[Told, Instant], None]:
    is_visitor = given.closed_by == VISITOR

    def happen(told: Told, at: Instant) -> None:
        closer = _person(told.visitor if is_visitor else cast.users[str(given.closed_by)])
        answered = metrics.unanswered_since(told.messages)
        metrics.on_close(told.room, at, by_user=not is_visitor, answered_at=answered)
        room = told.room
        room.open = room.on_hold = UNSET
        room.closed_at = at
        room.closer = "visitor" if is_visitor else "user"
        room.closed_by = Person(_id=closer._id, username=closer.username)
        room.v.status = "offline"
        told.inquiry = None
        told.subscriptions.clear()
        comment = given.comment or (CLOSED_BY_VISITOR if is_visitor else "")
        token: str | UnsetType = told.visitor.token if is_visitor else UNSET
        _note(told, at, "livechat-close", comment, by=closer, token=token)

    return happen


def _seat(told: Told, agent: User) -> None:
    told.room.users_count += 1
    told.subscriptions.append(
        Subscription(
            _id=f"{told.room._id}-{agent.username}",
            rid=told.room._id,
            user_id=agent._id,
            username=agent.username,
            unread=1,
            alert=True,
        )
    )


def _person(known: User | Visitor) -> Person:
    return Person(_id=known._id, username=known.username, name=known.name)


def _by(user: User) -> dict[str, Any]:
    kind = "agent" if "livechat-agent" in user.roles else "user"
    return {**msgspec.to_builtins(_person(user)), "userType": kind}


def _note(told: Told, at: Instant, kind: str, msg: str = "", *, by: Person, **more: Any) -> None:
    """Post one of the server's own notes."""
    _message(told, at, msg, by, t=kind, groupable=False, **more)


def _message(told: Told, at: Instant, msg: str, by: Person, **more: Any) -> Message:
    room = told.room
    number = len(told.messages) + 1
    message = Message(
        _id=f"{room._id}-{number}", rid=room._id, msg=msg, ts=at, u=by, _updated_at=at, **more
    )
    told.messages.append(message)
    room.msgs += 1
    room.lm = at
    room.last_message = msgspec.to_builtins(message)
    return message
