"""Administration: what is saved is read back wherever it is shown, and what is refused is not."""

from collections.abc import Mapping
from typing import Any

from conformance.layers.calling import Caller
from conformance.layers.reading import Answer
from conformance.relations import forms, relation, things
from conformance.relations.forms import FORMS, Form
from conformance.relations.selection import once
from mockserver.contract import Operation


@relation(pattern="equality", operations=once(*(form.operations for form in FORMS)), writes=True)
def what_is_saved_is_read_everywhere(call: Caller, operation: Operation) -> None:
    """A thing is read as it was saved, first and after each change, wherever it is shown."""
    form = next(form for form in FORMS if operation.key in form.operations)
    name, thing = things.fresh(), ""
    for sent, expected in form.versions(call, name):
        if thing:
            saved = call(form.change, **form.changing(thing, sent))
        else:
            saved = call(form.create, body=sent)
            thing = _made(call, form, saved, name)
        echo = form.shown(saved, thing)
        if echo is not None:
            _agree(saved.operation.key, expected, echo)
        for reading, asked in form.reads.items():
            shown = form.shown(call(reading, **asked(thing, name)), thing)
            assert shown is not None, f"{reading} does not show what was saved"
            _agree(reading, expected, shown)


def _made(call: Caller, form: Form, saved: Answer, name: str) -> str:
    """The id of a thing that was made, as it is listed."""
    _ = saved.data
    listing, asked = next(iter(form.reads.items()))
    found = [one["_id"] for one in call(listing, **asked("", name)).items if _is_named(one, name)]
    assert len(found) == 1, f"one was made, and {listing} has {len(found)} of this name"
    if form.delete:
        delete, how = form.delete
        call.undo(delete, **how(found[0]))
    return str(found[0])


def _is_named(item: Mapping[str, Any], name: str) -> bool:
    return any(str(item.get(key)).startswith(name) for key in ("name", "shortcut", "label"))


def _agree(where: str, expected: Mapping[str, Any], shown: Mapping[str, Any]) -> None:
    wrong = [key for key, value in expected.items() if not forms.holds(value, shown.get(key))]
    said = [f"{key} as {shown.get(key)!r}, saved as {expected[key]!r}" for key in wrong]
    assert not wrong, f"{where} shows {'; '.join(said)}"
