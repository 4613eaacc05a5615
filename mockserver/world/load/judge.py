"""The judgement over a world file: its values as typed records, or every fault that it has."""

import msgspec

from mockserver.world.load import administration_faults, courses, references, shape, triggers
from mockserver.world.load.draft import drafted, pruned
from mockserver.world.load.faults import WorldError
from mockserver.world.load.file import WorldFile
from mockserver.world.load.text import Text


def judged(text: Text) -> WorldFile:
    """Return the file's values; raise `WorldError` with all faults that are in them."""
    if not isinstance(text.value, dict):
        raise WorldError([text.fault((), "a world file is a mapping, and not empty")])
    findings: list[shape.Finding] = []
    file = None
    try:
        file = msgspec.convert(text.value, WorldFile)
    except msgspec.ValidationError:
        findings = list(shape.findings(text.value))
    draft = drafted(text, pruned(text.value, findings) if findings else text.value)
    for place, words in findings:
        draft.add(place, words)
    references.judge(draft)
    administration_faults.judge(draft)
    triggers.judge(draft)
    courses.judge(draft)
    if file is None or draft.faults:
        raise WorldError(draft.faults)
    return file
