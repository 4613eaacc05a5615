"""What the command says: to whoever reads it, and to nobody when the reader is gone."""

import os
import sys
from collections.abc import Iterable


def say(lines: Iterable[str]) -> None:
    """Print lines; a closed pipe, as of `| head`, ends no run: the rest is said to nobody."""
    try:
        for line in lines:
            print(line)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
