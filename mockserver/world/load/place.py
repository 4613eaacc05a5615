"""Where world files are: by path, or by name among the worlds that come with the mock."""

from pathlib import Path

from mockserver.world.load.faults import WorldError

STORES = (".sqlite", ".sqlite3", ".db")
"""Endings of the stores that `generate` makes."""
_PACKAGE = Path(__file__).parents[2]


def folder() -> Path:
    """Return the folder of our own worlds: in the checkout, or inside the installed package."""
    checkout = _PACKAGE.parent / "fixtures" / "worlds"
    is_checkout = checkout.is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file()
    return checkout if is_checkout else _PACKAGE / "data" / "worlds"


def names() -> list[str]:
    """Return the names of our own worlds."""
    return sorted(path.stem for path in folder().glob("*.yaml"))


def path_of(name_or_path: str) -> Path:
    """Return the file of a world; whatever has a slash or an ending is a path."""
    if Path(name_or_path).suffix in (".yaml", ".yml", *STORES) or "/" in name_or_path:
        path = Path(name_or_path)
    else:
        path = folder() / f"{name_or_path}.yaml"
    if path.suffix in STORES:
        words = f"a store is served by --store sqlite:///{path}, not as a world file"
        raise WorldError(sentence=words)
    if not path.is_file():
        worlds = ", ".join(names())
        raise WorldError(
            sentence=f"there is no world {name_or_path}; name one of {worlds}, or a world file"
        )
    return path
