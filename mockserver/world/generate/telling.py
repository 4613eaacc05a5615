"""Telling: how a conversation goes, by chance, but as conversations go.

Most waits and answers are short and a few are very long, so all of them are drawn from lognormal
distributions, given by their median.
"""

from math import log
from random import Random
from typing import Final

from mockserver.world.generate.crowd import Guest
from mockserver.world.generate.desk import Desk
from mockserver.world.generate.staff import Agent
from mockserver.world.generate.talk import Move, Talk
from mockserver.world.generate.topics import (
    GOODBYES,
    IMPATIENCE,
    NO_ANSWER,
    POLICIES,
    SMALL_TALK,
    TRANSFERS,
    Subject,
    Topic,
    Turn,
)
from mockserver.world.load.references import VISITOR

MINUTE: Final = 60.0
HOUR: Final = 3600.0
_LONGEST_SMALL_TALK: Final = 40
_FOR_GOOD: Final = 10 * 365 * 24 * HOUR


class Telling:
    """Tells one conversation after another, in the order in which they begin."""

    def __init__(
        self, staff: list[Agent], subjects: tuple[Subject, ...], manager: str, chance: Random
    ) -> None:
        self._desk = Desk(staff, chance)
        self._subjects = subjects
        self._demand = [subject.demand for subject in subjects]
        self._manager = manager
        self._chance = chance

    def tell(self, key: str, guest: Guest, at: int) -> Talk:
        """Return a conversation that a guest begins."""
        chance = self._chance
        (subject,) = chance.choices(self._subjects, self._demand)
        topic = chance.choice(subject.topics)
        talk = Talk(key, guest, at, subject.key if chance.random() < 0.95 else None)
        asked = at + self._pause(12)
        talk.say(asked, VISITOR, topic.opening.format(order=chance.randrange(1000, 100_000)))
        leaves = at + self._patience()
        found = self._desk.first_free(talk.department, at)
        if found is None or found[1] > leaves:
            self._give_up(talk, asked, leaves)
            return talk
        agent, free = found
        talk.served_by, talk.served_at = agent.key, free + self._pause(15)
        self._wait(talk, asked, talk.served_at)
        agent, last = self._converse(talk, topic, agent, max(asked, talk.served_at))
        self._end(talk, topic, agent, last)
        self._desk.occupy(agent, max(at for at, _, _ in talk.said))
        return talk

    def _pause(self, seconds: float, spread: float = 0.8) -> int:
        """Return milliseconds; half of the pauses are shorter than these seconds."""
        return int(1000 * self._chance.lognormvariate(log(seconds), spread))

    def _patience(self) -> int:
        """Return how long a visitor waits until he leaves; many leave a question and never do."""
        stays = self._chance.random() < 0.6
        return int(1000 * _FOR_GOOD) if stays else self._pause(9 * MINUTE)

    def _wait(self, talk: Talk, asked: int, until: int) -> None:
        """Let the visitor write once more, and be promised an answer, where he waits for long."""
        again, promised = asked + self._pause(5 * MINUTE), asked + self._pause(3 * MINUTE)
        if again < until and self._chance.random() < 0.5:
            talk.say(again, VISITOR, self._chance.choice(IMPATIENCE))
        if promised < until and self._chance.random() < 0.3:
            talk.promise = promised, self._manager, self._chance.choice(POLICIES)._id

    def _give_up(self, talk: Talk, asked: int, leaves: int) -> None:
        self._wait(talk, asked, leaves)
        talk.closed_by, talk.closed_at = VISITOR, max(leaves, *(at for at, _, _ in talk.said))

    def _turns(self, topic: Topic) -> list[Turn]:
        """Return the topic's turns, with small talk in between: often none, seldom a lot."""
        more = min(int(self._chance.paretovariate(1.7)) - 1, _LONGEST_SMALL_TALK)
        return [*topic.turns[:-1], *self._chance.choices(SMALL_TALK, k=more), topic.turns[-1]]

    def _converse(self, talk: Talk, topic: Topic, agent: Agent, at: int) -> tuple[Agent, int]:
        """Tell all turns; return who serves at the end, and when the last word was said."""
        turns = self._turns(topic)
        moves_after = 0 if self._chance.random() < 0.08 else len(turns)
        for number, (answer, reply) in enumerate(turns):
            at += self._pause(40)
            talk.say(at, agent.key, answer)
            if number == len(turns) - 1 and self._chance.random() < 0.25:
                break
            at += self._pause(40, 1.0)
            talk.say(at, VISITOR, reply)
            if number == moves_after and (move := self._moved(talk, agent, at + self._pause(15))):
                agent, at = move
        return agent, at

    def _moved(self, talk: Talk, agent: Agent, at: int) -> tuple[Agent, int] | None:
        """Transfer a conversation; return who has it then and from when on, None if nobody can."""
        chance = self._chance
        others = [
            s.key for s in self._subjects if s.key not in (talk.department, *agent.departments)
        ]
        leaves = bool(others) and talk.department is not None and chance.random() < 0.5
        department = chance.choice(others) if leaves else talk.department
        found = self._desk.first_free(department, at, but=agent)
        if found is None or found[1] > at + (1000 * HOUR if leaves else 0):
            return None
        self._desk.occupy(agent, at)
        move = Move(at, agent.key, chance.choice(TRANSFERS))
        talk.moves.append(move)
        if not leaves:
            move.agent = found[0].key
            return found[0], at
        move.department = department
        move.taken_by, move.taken_at = found[0].key, found[1] + self._pause(20)
        return found[0], move.taken_at

    def _end(self, talk: Talk, topic: Topic, agent: Agent, last: int) -> None:
        """Close a conversation, in one of the ways in which they close."""
        way = self._chance.random()
        talk.closed_by, talk.comment, talk.tags = agent.key, topic.comment, topic.tags
        if way < 0.05:
            talk.comment, talk.tags = NO_ANSWER, ()
            talk.closed_at = agent.on_duty_from(last + self._pause(100 * MINUTE, 0.4))
        elif way < 0.09:
            talk.held_at = last + self._pause(MINUTE)
            talk.closed_at = agent.on_duty_from(talk.held_at + self._pause(6 * HOUR, 1.0))
        elif way < 0.11:
            talk.closed_at = agent.on_duty_from(last + self._pause(20 * HOUR, 1.2))
        elif way < 0.13:
            talk.closed_by, talk.closed_at = self._manager, last + self._pause(10 * MINUTE)
        elif way < 0.35:
            talk.closed_by, talk.comment, talk.tags = VISITOR, None, ()
            talk.closed_at = last + self._pause(40)
        else:
            last += self._pause(20)
            talk.say(last, agent.key, self._chance.choice(GOODBYES))
            talk.closed_at = last + self._pause(50, 1.0)
