"""Stories that run in Node: what their people saw is printed as JSON."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.node import installed

HERE = Path(__file__).parent


def told(script: str, *arguments: str) -> Any:
    """Run a story with the vendor's clients and return what its people saw, or skip without Node.

    What the story complains of before it fails stands in the test's captured output.
    """
    command = [installed(HERE, "the vendor's JavaScript clients were"), script, *arguments]
    done = subprocess.run(
        command, cwd=HERE, stdout=subprocess.PIPE, text=True, timeout=60, check=True
    )
    return json.loads(done.stdout)
