"""The judgement over a world file: its values as typed records, or every fault that it has."""

import msgspec

from mockserver.world.load.faults import WorldError
from mockserver.world.load.file import WorldFile
from mockserver.world.load.text import Text


def judged(text: Text) -> WorldFile:
    """Return the file's values; raise `WorldError` with all faults that are in them."""
    try:
        return msgspec.convert(text.value, WorldFile)
    except msgspec.ValidationError as error:
        raise WorldError([text.fault((), str(error))]) from error
