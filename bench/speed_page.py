"""The page of the documentation that shows what was measured, section by section."""

import re
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "docs" / "reference"
PAGE = FOLDER / "speed.md"
SECTIONS = ("servers", "scale")


def put(section: str, text: str) -> None:
    """Write a section of the page; the others stay as they are."""
    known = PAGE.read_text("utf-8") if PAGE.exists() else ""
    written = {name: _read(name, known) for name in SECTIONS} | {section: text.strip()}
    parts = [f"<!-- {name} -->\n{written[name]}\n<!-- /{name} -->" for name in SECTIONS]
    PAGE.write_text("\n\n".join(["# Speed", *parts]) + "\n", "utf-8")


def _read(name: str, page: str) -> str:
    found = re.search(rf"<!-- {name} -->\n(.*?)\n<!-- /{name} -->", page, re.DOTALL)
    return found[1] if found else ""
