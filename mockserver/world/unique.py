"""Unique indexes: what the server's database says when a value is there already."""

import json

from mockserver.world.refusal import Refusal


class DuplicateKey(Refusal):
    """A collection has a document with this value; the words are the database's own."""

    def __init__(self, collection: str, key: str, value: str | None) -> None:
        super().__init__(
            f"E11000 duplicate key error collection: rocketchat.rocketchat_{collection} "
            f"index: {key}_1 dup key: {{ {key}: {json.dumps(value, ensure_ascii=False)} }}"
        )
