"""What README and tutorial promise is run to the letter."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WRITTEN_ADDRESS = "http://127.0.0.1:3000"


@pytest.fixture(autouse=True)
def _bash_and_curl() -> None:
    for program in ("bash", "curl"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not here, so the documents' commands were not run")


def run(script: str, address: str) -> str:
    text = script.replace(WRITTEN_ADDRESS, address)
    done = subprocess.run(
        ["bash", "-e", "-c", text], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout


def readme_examples() -> list[tuple[str, str]]:
    """Return the README's curl commands with the answers that stand below them."""
    text = (ROOT / "README.md").read_text()
    return re.findall(r"^\$ (curl (?:.*\\\n)*.*)\n(\{.*\})$", text, re.MULTILINE)


@pytest.mark.parametrize(("command", "answer"), readme_examples(), ids=range(4))
def test_a_curl_of_the_readme_gives_what_it_says(live_server: str, command: str, answer: str):
    assert run(command.replace("curl ", "curl -s "), live_server) == answer


def test_the_readme_has_four_examples():
    assert len(readme_examples()) == 4


def test_the_tutorial_takes_one_conversation_from_open_to_closed(live_server: str):
    text = (ROOT / "docs" / "tutorial" / "first-conversation.md").read_text()
    blocks = re.findall(r"```bash\n(.*?)```", text, re.DOTALL)

    said = run("\necho\n".join(blocks), live_server)

    counts = [json.loads(found) for found in re.findall(r'\{"lee\.keith.*?"success":true\}', said)]
    before, taken, closed = (count.get("kim.jane") for count in counts)
    assert before is None
    assert taken == {"open": 1, "closed": 0, "onhold": 0}
    assert closed == {"open": 0, "closed": 1}


def test_every_link_between_the_documents_leads_somewhere():
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    links = [
        (page, link)
        for page in pages
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text())
    ]

    broken = [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()]

    assert links
    assert not broken
