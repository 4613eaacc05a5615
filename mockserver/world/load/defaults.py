"""What every new workspace has: settings, roles and permissions, with the licence's additions."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from mockserver.world.access.documents import Permission, Role
from mockserver.world.load.text import Text
from mockserver.world.settings.documents import Setting

FOLDER = Path(__file__).parents[1] / "defaults"
T = TypeVar("T")


class DefaultRole(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A role in roles.yaml."""

    description: str
    scope: Any


class DefaultSetting(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A setting in settings.yaml; `choices` are the keys of a select."""

    type: str
    value: Any
    public: bool = False
    hidden: bool = False
    choices: list[str] | UnsetType = UNSET
    modules: list[str] | UnsetType = UNSET
    """The modules that the licence must have; without them the value is `unlicensed`."""
    unlicensed: Any = UNSET


class Layered(msgspec.Struct, forbid_unknown_fields=True):
    """What there is always, and what each module of the licence adds."""

    always: dict[str, Any]
    licensed: dict[str, dict[str, Any]]


def roles(licence: Iterable[str]) -> list[Role]:
    """Return the built-in roles."""
    given = _layers("roles.yaml", licence, DefaultRole)
    return [
        Role(_id=name, name=name, description=r.description, scope=r.scope, protected=True)
        for name, r in given.items()
    ]


def permissions(licence: Iterable[str], changed: Mapping[str, list[str]]) -> list[Permission]:
    """Return all permissions with their default or changed roles."""
    given = _layers("permissions.yaml", licence, list[str])
    return [Permission(_id=name, roles=changed.get(name, held)) for name, held in given.items()]


def settings(licence: Iterable[str], changed: Mapping[str, Any]) -> list[Setting]:
    """Return all settings with their default or changed values."""
    bought = set(licence)
    return [_setting(name, given, bought, changed) for name, given in _settings().items()]


def setting_fault(name: str, value: Any, licence: Iterable[str]) -> str | None:
    """Return what forbids to give a setting this value, if anything does."""
    given = _settings().get(name)
    if given is None:
        return f"there is no setting {name}"
    missing = set(given.modules or ()).difference(licence)
    if missing:
        return f"needs the licence {', '.join(sorted(missing))}"
    if type(value) is not type(given.value):
        return f"must be a {given.type}, not {value}"
    chosen = value if isinstance(value, list) else [value]
    if given.choices and not all(one in given.choices for one in chosen):
        return f"must be one of {', '.join(given.choices)}, not {value}"
    return None


@cache
def _settings() -> dict[str, DefaultSetting]:
    return msgspec.convert(Text(FOLDER / "settings.yaml").value, dict[str, DefaultSetting])


def _setting(
    name: str, given: DefaultSetting, bought: set[str], changed: Mapping[str, Any]
) -> Setting:
    usable = bought.issuperset(given.modules or ())
    choices = [{"key": key, "i18nLabel": key} for key in given.choices or ()]
    return Setting(
        _id=name,
        value=changed.get(name, given.value) if usable else given.unlicensed,
        type=given.type,
        package_value=given.value,
        public=given.public,
        hidden=given.hidden,
        values=choices or UNSET,
        enterprise=True if given.modules else UNSET,
        modules=given.modules,
        invalid_value=given.unlicensed,
    )


def _layers(file: str, licence: Iterable[str], kind: type[T]) -> dict[str, T]:
    layers = _read_layers(file)
    merged = dict(layers.always)
    for module in licence:
        merged |= layers.licensed.get(module, {})
    # The kind is a parameter, which no annotation may name.
    return msgspec.convert(dict(sorted(merged.items())), dict[str, kind])  # type: ignore[valid-type]


@cache
def _read_layers(file: str) -> Layered:
    return msgspec.convert(Text(FOLDER / file).value, Layered)
