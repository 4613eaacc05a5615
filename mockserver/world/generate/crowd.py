"""Who comes: new visitors, and those who come back."""

from dataclasses import dataclass
from random import Random
from typing import Final, Literal

from msgspec import UNSET

from mockserver.world.generate.names import full_name
from mockserver.world.load.file import GivenVisitor

Channel = Literal["widget", "api", "email", "sms", "app", "other"]
_CHANNELS: Final[dict[Channel, float]] = {"widget": 80, "api": 8, "email": 8, "sms": 3, "other": 1}
_RETURNS: Final = 0.35
"""The share of conversations after which the visitor comes back some day."""
_MOST: Final = 4000
"""So many are remembered as about to come back: the memory that a generation takes is flat."""
_TRIES: Final = 3


@dataclass
class Guest:
    """A visitor, and until when his latest conversation lasts."""

    number: int
    given: GivenVisitor
    channel: Channel
    busy_until: int = 0


class Crowd:
    """All visitors, made one by one in the order of their first arrival."""

    def __init__(self, chance: Random, width: int) -> None:
        self._chance = chance
        self._width = width
        self._resting: list[Guest] = []
        self.count = 0

    def next(self, at: int) -> Guest:
        """Return who begins a conversation at an instant: nobody who has one already."""
        if self._chance.random() < _RETURNS or len(self._resting) == _MOST:
            for _ in range(min(_TRIES, len(self._resting))):
                index = self._chance.randrange(len(self._resting))
                guest = self._resting[index]
                if guest.busy_until < at:
                    self._resting[index] = self._resting[-1]
                    self._resting.pop()
                    return guest
        return self._new()

    def leave(self, guest: Guest) -> bool:
        """Let a guest go; return whether he may come back."""
        returns = self._chance.random() < _RETURNS and len(self._resting) < _MOST
        if returns:
            self._resting.append(guest)
        return returns

    def _new(self) -> Guest:
        self.count += 1
        chance = self._chance
        name = full_name(chance) if chance.random() < 0.85 else ""
        mail = f"{name.lower().replace(' ', '.')}.{self.count}@example.com"
        given = GivenVisitor(
            _id=f"visitor-{self.count:0{self._width}}",
            name=name or UNSET,
            email=mail if name and chance.random() < 0.8 else UNSET,
            phone=f"+1555{self.count:07}" if chance.random() < 0.25 else UNSET,
            known=chance.random() < 0.1,
        )
        (channel,) = chance.choices(list(_CHANNELS), list(_CHANNELS.values()))
        return Guest(self.count, given, channel)
