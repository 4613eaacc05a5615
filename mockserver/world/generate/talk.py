"""A conversation from its first to its last event, and the part of it that is past already."""

from dataclasses import dataclass, field
from typing import Any

from mockserver.world.generate.crowd import Guest
from mockserver.world.jsdate import iso
from mockserver.world.load.file import GivenForward, GivenMessage, GivenPromise, GivenRoom


@dataclass
class Move:
    """A transfer to an agent, or to a department where an agent takes the room later."""

    at: int
    by: str
    comment: str
    agent: str | None = None
    department: str | None = None
    taken_by: str | None = None
    taken_at: int = 0

    def given(self, now: int) -> GivenForward:
        """Return the transfer as a world file tells it."""
        to: dict[str, Any] = {"to": self.agent} if self.agent else {"department": self.department}
        if self.taken_by and self.taken_at <= now:
            to |= {"taken_by": self.taken_by, "taken_at": iso(self.taken_at)}
        return GivenForward(at=iso(self.at), by=self.by, comment=self.comment, **to)


@dataclass
class Talk:
    """What happens in a conversation; all instants are epoch milliseconds."""

    key: str
    guest: Guest
    at: int
    department: str | None
    said: list[tuple[int, str, str]] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    promise: tuple[int, str, str] | None = None
    """When it was given an SLA policy, by whom, and which one."""
    served_by: str | None = None
    served_at: int = 0
    held_at: int | None = None
    closed_by: str = ""
    closed_at: int = 0
    comment: str | None = None
    tags: tuple[str, ...] = ()

    def say(self, at: int, author: str, msg: str) -> None:
        """Note a message."""
        self.said.append((at, author, msg))

    def given(self, now: int) -> GivenRoom:
        """Return what has happened up to `now`, as a world file tells it."""
        known: dict[str, Any] = {}
        if self.department is not None:
            known["department"] = self.department
        if self.promise and self.promise[0] <= now:
            at, by, policy = self.promise
            known["promise"] = GivenPromise(at=iso(at), by=by, policy=policy)
        if self.served_by and self.served_at <= now:
            known |= {"served_by": self.served_by, "served_at": iso(self.served_at)}
        if self.closed_at <= now:
            known |= {"closed_at": iso(self.closed_at), "closed_by": self.closed_by}
            known |= {"tags": list(self.tags)} if self.tags else {}
            known |= {"comment": self.comment} if self.comment is not None else {}
        elif self.held_at is not None and self.held_at <= now:
            known["held_at"] = iso(self.held_at)
        return GivenRoom(
            _id=self.key,
            visitor=self.guest.given._id,
            ts=iso(self.at),
            source=self.guest.channel,
            messages=[
                GivenMessage(at=iso(at), from_=author, msg=msg)
                for at, author, msg in sorted(self.said)
                if at <= now
            ],
            forwards=[move.given(now) for move in self.moves if move.at <= now],
            **known,
        )
