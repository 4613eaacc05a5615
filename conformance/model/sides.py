"""The two sides of a chain: each step goes to the target and to the prediction, and is compared."""

import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from zlib import crc32

import requests

from conformance import surface
from conformance.answers import Kind, words_of
from conformance.exclusions import NEVER_CALLED
from conformance.layers.calling import Caller, path_of, texts_of
from conformance.layers.reading import Answer
from conformance.model import mirror
from conformance.model.keys import Keys
from conformance.model.mirror import Mirror
from conformance.model.prediction import Prediction, Told
from conformance.model.replay import Names, code_of, differences, is_whole, kept, shown
from conformance.model.steps import Played, Predicted, Step
from conformance.things import value_at

MOST_TOLD = 4
NO_RIGHT = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)

WORD = re.compile(r"[A-Za-z]+(?:[-_][A-Za-z]+)+")
"""A refusal that has no code is known by a word like this, which no translation changes."""
WORDED_ANEW = frozenset(
    {"error-cannot-place-chat-on-hold", "error-no-agents-available-for-service-on-department"}
)
"""Words that other release lines have in another form."""

NEVER = frozenset(entry.operation for entry in NEVER_CALLED)


class Differs(AssertionError):
    """The target answered the last step of a chain otherwise than predicted."""


class Sides:
    """One chain on both sides; it begins with nothing but the accounts of the run.

    A chain is `over` when the sides no longer agree, or cannot be held together: then nothing more
    is called. `failed` tells how they differed where that is to be told; it is not for `known`
    operations. What is `left_out` is not called, since it would help nothing. `number` is one
    that no other chain has.
    """

    def __init__(
        self,
        call: Caller,
        prediction: Prediction,
        mirrored: Mirror,
        run: str,
        keys: Keys,
        known: frozenset[str] = frozenset(),
        left_out: frozenset[str] = frozenset(),
    ) -> None:
        self.call = call
        self.mirrored = mirrored
        self.played: list[Played] = []
        self.agreed: Counter[str] = Counter()
        self.over = False
        self.failed: Differs | None = None
        self._prediction = prediction
        self._keys = keys
        self._known = known
        self._left_out = left_out
        self.number = crc32(run.encode())
        self._switched: set[str] = set()
        self._said: dict[str, bool | None] = {}
        self._undo: list[tuple[str, Any]] = []
        self._got = Names(run, mirrored.people)
        self._predicted = Names(run, mirrored.people)
        self._labels: Counter[str] = Counter()
        prediction.begin_anew()

    def may(self, *operations: str) -> bool:
        """Whether a chain calls operations on this target."""
        wanted = (key for key in operations if key not in self._left_out)
        return len(operations) == sum(may_call(self.call, self.mirrored, key) for key in wanted)

    def label(self, kind: str) -> str:
        """A placeholder for a new thing."""
        self._labels[kind] += 1
        return f"{{{kind} {self._labels[kind]}}}"

    def play(self, step: Step) -> bool | None:
        """Make a step on both sides; gives whether it succeeded, None when that means nothing.

        Raises `Differs` where the target does not do what was predicted.
        """
        if self.over:
            return None
        if step.operation == mirror.STATUS and step.as_:
            self._switched.update(self.mirrored.actors)
        answer = self._ask(step)
        if answer.kind is not Kind.JUDGED or self._lacks_right(step, answer):
            return None
        if not all(is_whole(where, answer.body) for where in step.keeps.values()):
            self.over = True
            return None
        told = self._predict(step)
        if told.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.over = True
            return None
        wrong = self._differences(step, answer, told)
        if wrong:
            is_selected = step.operation in self.call.run.selected
            self.over = is_selected or not _is_harmless(step, answer, told)
            if not is_selected or step.operation in self._known:
                return None
            self.failed = Differs("\n".join(wrong[:MOST_TOLD]))
            raise self.failed
        self.agreed[step.operation] += 1
        return told.status == HTTPStatus.OK

    def play_anew(self, step: Step) -> bool | None:
        """Make a step, unless it was made since something changed: it would say the same."""
        same = repr(replace(step, keeps={}))
        if same in self._said and not (step.keeps and self._said[same]):
            return self._said[same]
        succeeded = self.play(step)
        if succeeded and surface.contract()[step.operation].effect != "read":
            self._said.clear()
        else:
            self._said[same] = succeeded
        return succeeded

    def is_alias(self, label: str) -> bool:
        """Whether a label stands for what another one stood for before."""
        return bool(self._predicted.told(self._predicted.filled(label)) != label)

    def stranger(self, where: str) -> str | None:
        """What the target's last answer names at a place, if it is none of the chain's things."""
        named = value_at(self.call.made[-1][1].json(), where)
        return None if self._got.knows(named) or not isinstance(named, str) else named

    def undo(self, operation: str, body: Any, path: Mapping[str, str] | None = None) -> None:
        """Make a call when the chain is over, which takes back what stood there before it."""
        undone = operation, self._got.filled({"path": path or {}, "body": body})
        if undone not in self._undo:
            self._undo.append(undone)

    def end(self) -> None:
        """Let the agents of the target take conversations, or not, as before the chain."""
        for operation, how in self._undo:
            with suppress(requests.RequestException):
                self.call(operation, **how, fill=False)
        for role in sorted(self._switched):
            status = self.mirrored.service_of(role)
            body = self._got.filled({"agentId": mirror.label_of(role), "status": status})
            with suppress(requests.RequestException):
                self.call(mirror.STATUS, body=body, fill=False)

    def _ask(self, step: Step) -> Answer:
        fill = self._got.filled
        return self.call(
            step.operation,
            path=fill(step.path),
            query=fill(step.query),
            body=fill(step.body),
            as_=step.as_,
            fill=False,
        )

    def _lacks_right(self, step: Step, answer: Answer) -> bool:
        """Whether an account may less on a foreign server than by default; roles judge that."""
        return answer.status in NO_RIGHT and not self.call.run.target.is_our_mock

    def _predict(self, step: Step) -> Told:
        operation, fill = surface.contract()[step.operation], self._predicted.filled
        prepared = requests.Request(
            operation.method,
            "http://prediction" + path_of(operation, fill(step.path)),
            params=texts_of(fill(step.query)),
        ).prepare()
        return self._prediction.call(
            operation.method, prepared.path_url, self._headers(step.as_), fill(step.body)
        )

    def _headers(self, role: str | None) -> dict[str, str]:
        if role is None:
            return {}
        user = self.mirrored.people[mirror.label_of(role)]
        return {"X-User-Id": user, "X-Auth-Token": mirror.token_of(user)}

    def _differences(self, step: Step, answer: Answer, told: Told) -> list[str]:
        """What the target answered otherwise; what it should have is remembered with the step."""
        expected = told.status == HTTPStatus.OK
        ids = kept(step.keeps, told.body, self._predicted) if expected else {}
        here: dict[str, str | None] = {}
        if expected and answer.status == told.status:
            names = kept(step.keeps, answer.body, self._got)
            here = {where: names.get(where) for where in ids}
            sides = (told.body, self._predicted), (answer.body, self._got)
            step = replace(step, shows=self._keys.named(step.operation, step.shows, *sides))
        values = shown(step.shows, told.body, self._predicted) if expected else {}
        predicted = Predicted(told.status, code_of(told.body), values, ids, _word(told))
        self.played.append((step, predicted))
        if told.status != answer.status:
            got = f"{answer.status} {words_of(answer.response)}".rstrip()
            return [f"predicted {_said(told)}, got {got}"]
        code = code_of(answer.body)
        if predicted.code and code and predicted.code != code:
            return [f"predicted errorType {predicted.code}, got {code}"]
        if not expected:
            got, words = words_of(answer.response), predicted.words
            return [f"predicted error {words}, got {got}"] if words and words not in got else []
        seen = shown(step.shows, answer.body, self._got)
        return [
            *differences(ids, here),
            *differences({place: values.get(place) for place in seen}, seen),
        ]


def may_call(call: Caller, mirrored: Mirror, key: str) -> bool:
    """Whether a chain may call an operation on the target of a run."""
    operation, run = surface.contract()[key], call.run
    return (
        operation.effect in run.target.effects
        and key not in run.excluded | run.target.lasting.keys() | NEVER
        and operation.licensed in (None, *mirrored.licence)
    )


def _is_harmless(step: Step, answer: Answer, told: Told) -> bool:
    """Whether both sides are as they were: what was called reads, or is refused on both."""
    both_refuse = told.status == answer.status != HTTPStatus.OK
    return both_refuse or surface.contract()[step.operation].effect == "read"


def _word(told: Told) -> str | None:
    """The word by which a refusal without a code is known."""
    words = value_at(told.body, "error")
    if code_of(told.body) or not isinstance(words, str) or words in WORDED_ANEW:
        return None
    return words if WORD.fullmatch(words) else None


def _said(told: Told) -> str:
    words = value_at(told.body, "error") or value_at(told.body, "message")
    is_refusal = isinstance(words, str) and told.status != HTTPStatus.OK
    return f"{told.status} {words}" if is_refusal else f"{told.status}"
