"""Ids: seeded, so that the same seed and the same requests give the same ids."""

import hashlib
from typing import Literal

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz"
TOKEN_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
HEX = "0123456789abcdef"

Kind = Literal["id", "hex", "token"]
_SHAPES: dict[Kind, tuple[str, int]] = {
    "id": (ALPHABET, 17),
    "hex": (HEX, 24),
    "token": (TOKEN_ALPHABET, 43),
}


def make(seed: int, number: int, kind: Kind = "id") -> str:
    """Return the id that stands for `number` in a world of this seed.

    `id`: 17 characters that no reader confuses (users, rooms, messages, visitors); `hex`: 24 hex
    digits (departments, inquiries, members); `token`: 43 characters (sign-in tokens).
    """
    alphabet, length = _SHAPES[kind]
    digest = int.from_bytes(hashlib.sha512(f"{seed}:{number}".encode()).digest())
    characters = []
    for _ in range(length):
        digest, index = divmod(digest, len(alphabet))
        characters.append(alphabet[index])
    return "".join(characters)
