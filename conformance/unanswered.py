"""Calls that get no whole answer, again and again, from a server that answers others."""

import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import requests
from requests import PreparedRequest

from conformance.exchanges import shown
from conformance.masks import clean
from conformance.results import Finding, Scenario, append
from mockserver.contract import Operation

CHECK = "calls_are_answered"
TITLE = "No whole answer"
TIMES = 3
"""Lost calls of one operation that are no accident, where a call was not made again at once."""


@dataclass
class Unanswered:
    """Tells of operations of one process whose calls are lost, once for each."""

    journal: Path
    layer: str
    _lost: Counter[str] = field(default_factory=Counter)

    def note(
        self, operation: Operation, request: PreparedRequest, error: requests.RequestException
    ) -> None:
        """Take a lost call down; the server was there when it was lost.

        A reading call whose connection broke was made twice already.
        """
        self._lost[operation.key] += 1
        was_repeated = operation.effect == "read" and not isinstance(error, requests.Timeout)
        if self._lost[operation.key] == (1 if was_repeated else TIMES):
            finding = clean(self._finding(operation.key, request, error, was_repeated=was_repeated))
            scenario = Scenario(self.layer, operation.key, (), (finding,), layer=self.layer)
            append(self.journal, scenario)

    def _finding(
        self,
        key: str,
        request: PreparedRequest,
        error: requests.RequestException,
        *,
        was_repeated: bool,
    ) -> Finding:
        times = "twice" if was_repeated else f"{TIMES} times"
        return Finding(
            operation=key,
            check=CHECK,
            title=TITLE,
            message=f"asked {times}, got {_words(error)}, while other calls were answered",
            phase=self.layer,
            request=shown(request),
            status=0,
            answer="",
            layer=self.layer,
            at=time.time(),
        )


def _words(error: requests.RequestException) -> str:
    if isinstance(error, requests.Timeout):
        return "nothing in time"
    return f"a broken connection ({' '.join(str(error).split())[:200]})"
