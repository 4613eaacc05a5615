"""Files as they are sent, and what a workspace says to them."""

import re
from typing import Any, ClassVar

import msgspec

from mockserver.world.refusal import Failure
from mockserver.world.settings.documents import value
from mockserver.world.world import World

DEFAULT_SIZE = 104857600
UNITS = ("B", "kB", "MB", "GB", "TB")


class FileRefused(Failure):
    """A file does not come in; the body names a `reason` instead of an error."""

    why: ClassVar[str]

    def __init__(self, **more: str) -> None:
        super().__init__(None, {"reason": self.why, **more})


class Disabled(FileRefused):
    """The workspace takes no files."""

    why = "error-file-upload-disabled"


class NoFile(FileRefused):
    """The request carries no file."""

    why = "error-no-file-uploaded"


class TypeNotAllowed(FileRefused):
    """The workspace does not take files of this type."""

    why = "error-type-not-allowed"


class SizeNotAllowed(FileRefused):
    """The file is larger than the workspace takes."""

    why = "error-size-not-allowed"


class SentFile(msgspec.Struct, frozen=True):
    """A file of a request: its name, its media type, and its size in bytes."""

    name: str
    type: str
    size: int


def check_enabled(world: World) -> None:
    """Refuse when the workspace takes no files from visitors."""
    if not value(world, "Livechat_fileupload_enabled") or not value(world, "FileUpload_Enabled"):
        raise Disabled


def check(world: World, file: Any) -> SentFile:
    """Return what was sent as a file, or refuse what is none, of a bad type, or too large.

    A largest size of -1 means that there is none, and 0 the server's own.
    """
    if not isinstance(file, SentFile):
        raise NoFile
    if not _is_allowed(world, file.type):
        raise TypeNotAllowed
    largest = int(value(world, "FileUpload_MaxFileSize") or DEFAULT_SIZE)
    if -1 < largest < file.size:
        raise SizeNotAllowed(sizeAllowed=in_words(largest))
    return file


def in_words(size: int) -> str:
    """Return a size as people read it: `104.86 MB`."""
    amount, unit = float(size), 0
    while amount >= 1000 and unit < len(UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    return f"{round(amount, 2):g} {UNITS[unit]}"


def _is_allowed(world: World, kind: str) -> bool:
    """Say whether a type is on the list of allowed ones, if there is one, and not forbidden."""
    forbidden = _list(world, "FileUpload_MediaTypeBlackList")
    allowed = _list(world, "FileUpload_MediaTypeWhiteList")
    if _is_listed(kind, forbidden):
        return False
    return not allowed or _is_listed(kind, allowed)


def _is_listed(kind: str, types: list[str]) -> bool:
    return bool(kind) and (kind in types or re.sub(r"/.*$", "/*", kind) in types)


def _list(world: World, setting: str) -> list[str]:
    given = str(value(world, setting) or "")
    return [one.strip() for one in given.split(",") if one.strip()]
