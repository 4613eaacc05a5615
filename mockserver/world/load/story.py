"""A conversation that is being told: each event changes the documents as the API's rules do.

The rules of the world read and write the database, one call at a time; here a conversation is
told in memory, since a whole world must stand there in a few hundredths of a second. A test holds
both to each other: the same conversation, told here and through the API, gives the same documents.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from mockserver.world.contacts.documents import Contact
from mockserver.world.inquiries.documents import Inquiry
from mockserver.world.load.contacts import note_answer
from mockserver.world.messages.documents import Message, Subscription
from mockserver.world.pages import visiting as pages
from mockserver.world.resource import Document, Instant
from mockserver.world.rooms import metrics
from mockserver.world.rooms.documents import Person, Room, ServedBy
from mockserver.world.rooms.holding import HELD, held_by
from mockserver.world.sla import promises
from mockserver.world.sla.documents import SlaPolicy
from mockserver.world.users.documents import User
from mockserver.world.visitors.documents import Visitor

CLOSED_BY_VISITOR = "Closed by visitor"


@dataclass
class Story:
    """A room and what belongs to it, as they stand after the events told so far."""

    room: Room
    visitor: Visitor
    contact: Contact
    inquiry: Inquiry | None
    messages: list[Message] = field(default_factory=list)
    seats: list[Subscription] = field(default_factory=list)
    agents: dict[str, User] = field(default_factory=dict)
    """Who served so far."""

    def documents(self) -> Iterator[Document]:
        """Return all documents, the room first."""
        yield self.room
        if self.inquiry is not None:
            yield self.inquiry
        yield from self.messages
        yield from self.seats

    def begin(self, at: Instant) -> None:
        """Note that the conversation started."""
        by = _person(self.visitor)
        self._note(at, "livechat-started", by=by, is_last=True, token=self.visitor.token)

    def promise(self, by: User, policy: SlaPolicy, at: Instant) -> None:
        """Let the waiting conversation carry an SLA policy."""
        self.room.sla_id = policy._id
        self.room.estimated_waiting_time_queue = policy.due_time_in_minutes
        if self.inquiry is not None:
            self.inquiry.sla_id = policy._id
            self.inquiry.estimated_waiting_time_queue = policy.due_time_in_minutes
            self.inquiry._updated_at = at
        mover = {"_id": by._id, "username": by.username}
        data = {"definedBy": mover, "sla": msgspec.to_builtins(policy)}
        self._note(at, promises.KIND, by=_person(by), sla_data=data)

    def take(self, agent: User, at: Instant) -> None:
        """Give the room to an agent."""
        self.agents[agent._id] = agent
        if self.inquiry is not None:
            self.inquiry.status, self.inquiry.taken_at = "taken", at
            self.inquiry.queued_at = self.inquiry.default_agent = UNSET
            self.inquiry._updated_at = at
        if not any(seat.user_id == agent._id for seat in self.seats):
            self.seats.append(self._seat(agent, at))
        self.room.served_by = ServedBy(_id=agent._id, username=agent.username, ts=at)
        self.room.users_count += 1
        self._note(at, "command", "connected", by=_person(agent))
        self._note(at, "uj", by=_person(agent))

    def visitor_says(self, msg: str, at: Instant) -> None:
        """Post a message of the visitor."""
        metrics.on_visitor_message(self.room, at)
        visitor = self.visitor
        told = {"token": visitor.token, "alias": visitor.name or UNSET}
        message = self._say(msg, _person(visitor), at, **told)
        if self.inquiry is not None and self.inquiry.status != "taken":
            self.inquiry.message = msg
            self.inquiry.last_message = msgspec.to_builtins(message)
            self.inquiry._updated_at = at

    def user_says(self, user: User, msg: str, at: Instant) -> None:
        """Post a message of a user."""
        metrics.on_agent_message(self.room, user, at)
        self._note_answer(at)
        self._say(msg, _person(user), at)

    def forward_to_agent(self, by: User, agent: User, comment: str | None, at: Instant) -> None:
        """Give the room to another agent."""
        transfer = self._transfer(by, "agent", comment, at)
        transfer["transferredTo"] = msgspec.to_builtins(_person(agent))
        was_served = bool(self.room.served_by)
        self.take(agent, at)
        self._note_transfer(transfer, by, at)
        if was_served:
            self._dismiss(at, but=agent._id)

    def forward_to_department(
        self, by: User, department: dict[str, str], comment: str | None, at: Instant
    ) -> None:
        """Put the room into the queue of a department, given by `_id` and `name`."""
        transfer = self._transfer(by, "department", comment, at)
        transfer["nextDepartment"] = department
        self._note_transfer(transfer, by, at)
        room, inquiry = self.room, self.inquiry
        room.department_id = department["_id"]
        if room.served_by:
            room.served_by = UNSET
            room.queued_at = at
            self._dismiss(at)
        if inquiry is not None:
            inquiry.department = department["_id"]
            inquiry.status, inquiry.queued_at, inquiry.taken_at = "queued", at, UNSET
            inquiry.last_message = room.last_message
            inquiry._updated_at = at

    def open_page(self, house_bot: User, title: str, href: str, at: Instant) -> None:
        """Note a page that the visitor opened."""
        page = {"title": title, "change": "url", "location": {"href": href}}
        navigation = {"page": page, "token": self.visitor.token}
        by, msg = _person(house_bot), pages.told(page)
        self._note(at, pages.KIND, msg, by=by, navigation=navigation, _hidden=True)

    def hold(self, at: Instant) -> None:
        """Put the room on hold."""
        served = self.room.served_by
        if served:
            agent = self.agents[served._id]
            self.room.on_hold = True
            self._note(at, HELD, by=_person(agent), comment=held_by(agent))

    def close(self, by: User | None, comment: str, tags: list[str], at: Instant) -> None:
        """Close the room, by a user or, without one, by the visitor."""
        room = self.room
        person = _person(by or self.visitor)
        answered = metrics.unanswered_since(self.messages) if by else None
        metrics.on_close(room, at, by_user=by is not None, answered_at=answered)
        room.open = room.on_hold = UNSET
        room.closer = "user" if by else "visitor"
        room.closed_at = at
        room.closed_by = Person(_id=person._id, username=person.username)
        room.tags = tags or UNSET
        room.v.status = "offline"
        self.inquiry = None
        self.seats.clear()
        token: str | UnsetType = UNSET if by else self.visitor.token
        more = {"token": token, "transcript_requested": False}
        self._note(at, "livechat-close", comment, by=person, is_last=True, **more)

    def _note_answer(self, at: Instant) -> None:
        """Note the month in which the visitor was answered: he and his contact are active in it."""
        note_answer(self.contact, at)
        v = self.room.v
        if v.activity and at[:7] in v.activity:
            return
        v.activity = [*(v.activity or ()), at[:7]]
        if self.inquiry is not None:
            self.inquiry.v.activity = v.activity
            self.inquiry._updated_at = at

    def _transfer(self, by: User, scope: str, comment: str | None, at: Instant) -> dict[str, Any]:
        """Return the record of a transfer, made before anything moves."""
        served = self.room.served_by
        kind = "agent" if served and served._id == by._id else "user"
        mover = {**msgspec.to_builtins(_person(by)), "userType": kind}
        transfer: dict[str, Any] = {"transferredBy": mover, "ts": at, "scope": scope}
        if self.room.department_id:
            transfer["previousDepartment"] = self.room.department_id
        if comment is not None:
            transfer["comment"] = comment
        return transfer

    def _note_transfer(self, transfer: dict[str, Any], by: User, at: Instant) -> None:
        mover = Person(_id=by._id, username=by.username)
        kind = "livechat_transfer_history"
        self._note(at, kind, by=mover, is_last=True, transfer_data=transfer)

    def _dismiss(self, at: Instant, but: str | None = None) -> None:
        """Take all agents but one out of the room."""
        for seat in self.seats:
            if seat.user_id != but:
                self._note(at, "ul", seat.username, by=_person(self.agents[seat.user_id]))
        self.seats = [seat for seat in self.seats if seat.user_id == but]

    def _seat(self, agent: User, at: Instant) -> Subscription:
        return Subscription(
            _id=f"{self.room._id}-{agent.username}",
            rid=self.room._id,
            user_id=agent._id,
            username=agent.username,
            unread=1,
            alert=True,
            _updated_at=at,
        )

    def _say(self, msg: str, by: Person, at: Instant, **more: Any) -> Message:
        lists: dict[str, Any] = {"urls": [], "mentions": [], "channels": []}
        message = self._post(msg, by, at, is_last=True, **lists, **more)
        for seat in self.seats:
            is_own = seat.user_id == by._id
            seat.unread = 0 if is_own else seat.unread + 1
            seat.alert = not is_own
            seat._updated_at = at
        return message

    def _note(
        self,
        at: Instant,
        kind: str,
        msg: str = "",
        *,
        by: Person,
        is_last: bool = False,
        **more: Any,
    ) -> None:
        """Post one of the server's own notes."""
        self._post(msg, by, at, is_last=is_last, t=kind, groupable=False, **more)

    def _post(self, msg: str, by: Person, at: Instant, *, is_last: bool, **more: Any) -> Message:
        room = self.room
        number = len(self.messages) + 1
        message = Message(
            _id=f"{room._id}-{number}", rid=room._id, msg=msg, ts=at, u=by, _updated_at=at, **more
        )
        self.messages.append(message)
        room.msgs += 1
        room._updated_at = at
        if is_last:
            room.lm = at
            room.last_message = msgspec.to_builtins(message)
        return message


def _person(known: User | Visitor) -> Person:
    return Person(_id=known._id, username=known.username, name=known.name)
