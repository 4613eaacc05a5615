"""Multipart bodies: fields and files, read as they come in; of a file the size alone is kept."""

from collections.abc import AsyncGenerator
from typing import Any

from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from mockserver.envelope import HttpRefusal, failure
from mockserver.world.uploads.files import SentFile

MULTIPART = "multipart/form-data"
UNKNOWN_TYPE = "application/octet-stream"
MAX_FILES = 8
MAX_FIELDS = 64
MAX_FIELD = 64 * 1024
"""Largest field in bytes."""


class Parser(MultiPartParser):
    """Notes whether the body's last boundary came: what ends without it is not complete."""

    is_complete = False

    def on_end(self) -> None:
        """Note the last boundary."""
        self.is_complete = True


async def parse(headers: dict[str, str], stream: AsyncGenerator[bytes, None]) -> dict[str, Any]:
    """Return the fields of a multipart body: texts, and a `SentFile` for each file.

    Of fields with the same name the last one counts. Refuses what is malformed or too much.
    """
    parser = Parser(
        Headers(headers),
        stream,
        max_files=MAX_FILES,
        max_fields=MAX_FIELDS,
        max_part_size=MAX_FIELD,
    )
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise _malformed(error.message) from None
    fields = {name: _value(given) for name, given in form.multi_items()}
    await form.close()
    if not parser.is_complete:
        raise _malformed("The multipart body ends too early")
    if any("\0" in given.name for given in fields.values() if isinstance(given, SentFile)):
        raise _malformed("A file's name holds a NUL character")
    return fields


def _value(given: str | UploadFile) -> str | SentFile:
    if isinstance(given, str):
        return given
    kind = given.content_type or UNKNOWN_TYPE
    return SentFile(given.filename or "", kind.partition(";")[0].strip(), given.size or 0)


def _malformed(words: str) -> HttpRefusal:
    return failure(400, words, "malformed body")
