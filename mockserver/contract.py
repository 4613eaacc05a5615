"""The contract: its files, the index of its operations, and the paths that stand for others.

Reading and resolving the YAML takes most of a second, so the outcome is cached.
"""

import hashlib
import platform
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import yaml

from mockserver.cache import cached
from mockserver.validation import Dialect

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
OPERATION_KEYS = ("tags", "security", "x-effect", "x-validation", "responses")
NAMES = ("omnichannel", "platform")
PACKAGE = Path(__file__).parent

Effect = Literal["read", "write", "destructive"]


@dataclass(frozen=True)
class RateLimit:
    """How many calls a caller may make within how many seconds."""

    calls: int = 10
    seconds: int = 60


@dataclass(frozen=True)
class Operation:
    """One operation of the contract and who may call it, as its `x-` keys say."""

    key: str
    method: str
    path: str
    tag: str
    document: str
    summary: str
    public: bool
    all_of: tuple[str, ...]
    any_of: tuple[str, ...]
    licensed: str | None
    effect: Effect
    validation: Dialect
    ajv: Literal["query", "body"] | None
    closed_query: bool
    rate_limit: RateLimit
    statuses: tuple[str, ...]


@dataclass(frozen=True)
class Contract:
    """Both documents as parsed, their operations by key (`GET /api/v1/…`), and the aliases."""

    documents: dict[str, dict[str, Any]]
    operations: dict[str, Operation]
    aliases: dict[str, str] = field(default_factory=dict)

    @property
    def routes(self) -> frozenset[str]:
        """The keys of all operations."""
        return frozenset(self.operations)

    def __iter__(self) -> Iterator[Operation]:
        return iter(self.operations.values())

    def __getitem__(self, key: str) -> Operation:
        return self.operations[key]


def folder() -> Path:
    """Return where the contract's files are: in the checkout, or inside the installed package."""
    return data_folder("openapi")


def data_folder(name: str) -> Path:
    """Return a folder of data that stands beside the package in the checkout, in it in a wheel."""
    checkout = PACKAGE.parent / name
    if checkout.is_dir() and (PACKAGE.parent / "pyproject.toml").is_file():
        return checkout
    return PACKAGE / "data" / Path(name).name


def load() -> Contract:
    """Return the contract; raises `ContractError` with one sentence when a file is unreadable."""
    contract: Contract = cached("contract", fingerprint(), read)
    return contract


def read() -> Contract:
    """Read the contract's files."""
    documents = {name: _parse(folder() / f"{name}.yaml") for name in NAMES}
    operations = {o.key: o for name in NAMES for o in _operations(name, documents[name])}
    errata = _parse(folder() / "errata.yaml")
    aliases = {str(a["server"]): str(a["document"]) for a in errata.get("aliases", ())}
    for alias, key in aliases.items():
        if key not in operations:
            raise ContractError(f"errata.yaml: the alias {alias} stands for no operation: {key}")
    return Contract(documents, operations, aliases)


class ContractError(Exception):
    """The contract cannot be used; the message says which file and why."""


def _parse(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            parsed = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except OSError as error:
        raise ContractError(f"openapi/{path.name} cannot be read: {error.strerror}") from error
    except yaml.YAMLError as error:
        raise ContractError(
            f"openapi/{path.name} is no YAML: {' '.join(str(error).split())}"
        ) from error
    if not isinstance(parsed, dict):
        raise ContractError(f"openapi/{path.name} is empty or no mapping")
    return parsed


def _operations(name: str, document: dict[str, Any]) -> Iterator[Operation]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield _operation_or_fault(name, method.upper(), path, item[method])


def _operation_or_fault(name: str, method: str, path: str, raw: dict[str, Any]) -> Operation:
    if missing := [key for key in OPERATION_KEYS if key not in raw]:
        lacks = ", ".join(missing)
        raise ContractError(f"openapi/{name}.yaml: {method} {path} lacks {lacks}")
    try:
        return _operation(name, method, path, raw)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ContractError(f"openapi/{name}.yaml: {method} {path}: {error!r}") from error


def _operation(name: str, method: str, path: str, raw: dict[str, Any]) -> Operation:
    permissions = raw.get("x-permissions", {})
    return Operation(
        key=f"{method} {path}",
        method=method,
        path=path,
        tag=raw["tags"][0],
        document=name,
        summary=raw.get("summary", ""),
        public=not raw.get("security"),
        all_of=tuple(permissions.get("all", ())),
        any_of=tuple(permissions.get("any", ())),
        licensed=raw.get("x-licensed"),
        effect=raw["x-effect"],
        validation=Dialect(raw["x-validation"]),
        ajv=raw.get("x-ajv"),
        closed_query=bool(raw.get("x-closed-query")),
        rate_limit=RateLimit(**raw.get("x-rate-limit", {})),
        statuses=tuple(str(status) for status in raw["responses"]),
    )


def fingerprint() -> str:
    """Return a short text that changes with the contract's files and with who reads them."""
    digest = hashlib.sha256(platform.python_version().encode())
    digest.update(version("connexion").encode())
    for file in (*(folder() / f"{n}.yaml" for n in (*NAMES, "errata")), Path(__file__)):
        digest.update(file.read_bytes() if file.is_file() else b"missing")
    return digest.hexdigest()[:20]
