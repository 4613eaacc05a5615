"""The files of a run in its folder, so that none of an earlier run is taken for a new one."""

from pathlib import Path

from conformance import layers

JUNIT = "junit.xml"
REPORT = "report.json"
HAR = "run.har"
SARIF = "report.sarif"
PAGE = "report.html"
CHAINS = '"""Chains that a server answered otherwise than predicted'
_FIXED = (
    *(
        JUNIT,
        REPORT,
        HAR,
        SARIF,
        PAGE,
        "exchanges.jsonl",
        "events.jsonl",
        "ledger.jsonl",
        "error.txt",
        "mock.log",
        "model-mock.log",
        "model-world.yaml",
        "calls.jsonl",
        "twin-mock.log",
        "twin-world.db",
    ),
    *("contract.json", "run.json", "schemathesis.toml", "schemathesis.log"),
)
_OF_WORKERS = (
    *("contract-[0-9]*.json", "run-[0-9]*.json", "run-roles-[0-9]*.json"),
    *("schemathesis-[0-9]*.toml", "schemathesis-[0-9]*.log", "roles-[0-9]*.log"),
)


def clear(folder: Path) -> None:
    """Make the folder, and delete in it what an earlier run wrote, nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    of_layers = (name for at in layers.known() for name in (f"run-{at}.json", f"{at}.log"))
    for name in (*_FIXED, *of_layers):
        (folder / name).unlink(missing_ok=True)
    of_workers = (path for name in _OF_WORKERS for path in folder.glob(name))
    for path in (*of_workers, *filter(_is_chain, folder.glob("model_*.py"))):
        path.unlink()


def _is_chain(path: Path) -> bool:
    """Whether a file holds chains that a run has written, and nobody else's tests."""
    return path.read_text(encoding="utf-8", errors="replace").startswith(CHAINS)
