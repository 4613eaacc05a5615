"""What we lean on in the runner: an upgrade that changes it fails here first."""

import inspect

import schemathesis
from schemathesis.checks import CHECKS
from schemathesis.core.failures import Failure
from schemathesis.engine import events
from schemathesis.engine.errors import EngineErrorInfo
from schemathesis.engine.recorder import CheckFailureInfo, CheckNode, Interaction, ScenarioRecorder

from conformance.exclusions import NOT_CHECKED, REPLACED
from conformance.hooks import checks


def test_the_runner_has_the_version_that_the_adapter_was_written_for():
    assert schemathesis.__version__ == "4.32.5"


def test_events_have_the_fields_that_the_adapter_reads():
    assert {"phase", "label", "recorder"} <= set(events.ScenarioFinished.__slots__)
    assert {"phase", "status"} <= set(events.PhaseFinished.__slots__)
    assert {"label", "info"} <= set(events.NonFatalError.__slots__)
    assert "exception" in events.FatalError.__slots__


def test_recorders_have_the_fields_that_the_adapter_reads():
    assert {"cases", "interactions", "checks"} <= set(ScenarioRecorder.__slots__)
    assert {"name", "status", "failure_info"} <= set(CheckNode.__slots__)
    assert "failure" in CheckFailureInfo.__slots__
    assert {"request", "response"} <= set(Interaction.__slots__)
    assert {"title", "message"} <= set(inspect.signature(EngineErrorInfo).parameters) | {
        name for name, _ in inspect.getmembers(EngineErrorInfo)
    }


def test_a_failure_has_the_fields_that_the_adapter_reads():
    failure = Failure(operation="GET /", title="t", message="m")

    assert (failure.title, failure.message, failure.case_id) == ("t", "m", None)


def test_every_exclusion_names_a_check_that_exists():
    named = {entry.check for entry in (*REPLACED, *NOT_CHECKED)}

    assert checks
    assert named <= set(CHECKS.get_all_names())
