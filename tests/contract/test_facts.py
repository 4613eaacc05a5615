"""The contract equals documents, validators and answer types, or an erratum says why."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import Any

import pytest

from tests.contract import files
from tests.contract.answers import answer_differences
from tests.contract.comparison import Difference, differences
from tests.contract.schemas import Node, View
from tests.contract.validators import disagreements

METHODS = ("GET", "POST", "PUT", "DELETE")


@cache
def found() -> tuple[Difference, ...]:
    """Give every difference between the facts and the contract."""
    aliases = {alias["server"]: alias["document"] for alias in files.errata()["aliases"]}
    contracts = [files.contract(name) for name in files.PAIRS.values()]
    return (
        *(
            d
            for f, c in files.PAIRS.items()
            for d in differences(files.facts(f), files.contract(c))
        ),
        *disagreements(files.facts("validators"), contracts, aliases),
        *answer_differences(files.facts("answers"), contracts),
        *example_types(),
        *exchanged_dates(),
        *ambiguous_paths(),
    )


def example_types() -> Iterator[Difference]:
    """Yield each value of the page's example whose type is not the one of the contract."""
    example = files.facts("document")["page-example"]
    contract = files.contract("omnichannel")
    operation = contract.operations()[example["operation"]]
    content = operation["responses"][example["status"]]["content"]["application/json"]
    view = View.of(contract, content["schema"])
    for path, value in leaves(example["value"]):
        ours = entered(view, path).types(null=False)
        if type_of(value) not in ours:
            where = f"example {example['status']} {'.'.join(path)} type"
            yield Difference(example["operation"], where, f"contract: {sorted(ours)}")


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every value inside an object with the keys that lead to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    else:
        yield path, value


def entered(view: View, path: tuple[str, ...]) -> View:
    """Follow keys into a schema, through the schema of further keys where one is not declared."""
    for key in path:
        if key in view.names():
            view = view.property(key)
        else:
            further = [part["additionalProperties"] for part in view.parts]
            view = View.of(view.contract, *further)
    return view


def type_of(value: Any) -> str:
    """Name the JSON type of a value."""
    return {bool: "boolean", int: "integer", float: "number", str: "string"}[type(value)]


def exchanged_dates() -> Iterator[Difference]:
    """Yield the document's sample of start when it is later than that of end."""
    shared = files.facts("document")["shared"]["parameters"]
    if shared["start"]["sample"] > shared["end"]["sample"]:
        where = "example query.start later than query.end"
        yield Difference("parameters/start", where, "", "parameters/start")


def ambiguous_paths() -> Iterator[Difference]:
    """Yield each path of the document that a template of it matches too."""
    operations = files.facts("document")["operations"]
    paths = list(dict.fromkeys(route.split(" ", 1)[1] for route in operations))
    for one, other in combinations(paths, 2):
        if may_meet(one, other):
            first, second = sorted((one, other), key=literal_first)
            methods = [m for m in METHODS if f"{m} {first}" in operations]
            yield Difference(f"{methods[0]} {first}", f"path ambiguous with {second}", "")


def may_meet(one: str, other: str) -> bool:
    """Tell whether one address can match both paths."""
    pairs = list(zip(one.split("/"), other.split("/"), strict=False))
    same_length = one.count("/") == other.count("/")
    return same_length and all(a == b or "{" in a or "{" in b for a, b in pairs)


def literal_first(path: str) -> tuple[bool, ...]:
    """Order paths so that a literal segment comes before a template in its place."""
    return tuple("{" in segment for segment in path.split("/"))


def entries() -> list[Node]:
    """Give the errata."""
    listed: list[Node] = files.errata()["errata"]
    return listed


def explains(entry: Node, difference: Difference) -> bool:
    """Tell whether an erratum speaks of a difference."""
    same_place = entry["operation"] in (difference.operation, difference.shared)
    return same_place and entry["where"] == difference.where


def test_every_difference_from_the_facts_is_explained_by_exactly_one_erratum() -> None:
    numbers = {d: sum(explains(entry, d) for entry in entries()) for d in found()}

    unexplained = [f"{d.operation} · {d.where} · {d.what}" for d, n in numbers.items() if n != 1]

    assert unexplained == []


def test_no_erratum_speaks_of_a_difference_that_is_not_there() -> None:
    unused = [
        f"{entry['operation']} · {entry['where']}"
        for entry in entries()
        if not any(explains(entry, difference) for difference in found())
    ]

    assert unused == []


def test_no_erratum_is_written_twice() -> None:
    counts = Counter((entry["operation"], entry["where"]) for entry in entries())

    assert [key for key, number in counts.items() if number > 1] == []


@pytest.mark.parametrize("key", ["operation", "where", "what", "why", "evidence"])
def test_every_erratum_says(key: str) -> None:
    silent = [entry for entry in entries() if not str(entry.get(key, "")).strip()]

    assert silent == []


def test_an_erratum_holds_for_one_fact_and_never_for_a_pattern() -> None:
    patterns = [e for e in entries() if "*" in e["operation"] or "*" in e["where"]]

    assert patterns == []


def test_the_contract_has_the_165_operations_of_the_document() -> None:
    ours = files.contract("omnichannel").operations().keys()

    assert len(ours) == 165
    assert ours == files.facts("document")["operations"].keys()


def test_the_contract_has_the_26_tags_of_the_document_in_its_order() -> None:
    ours = [tag["name"] for tag in files.read("openapi/omnichannel.yaml")["tags"]]

    stated = [t for o in files.facts("document")["operations"].values() for t in o["tags"]]

    assert len(ours) == 26
    assert set(ours) == set(stated)


def test_an_alias_stands_for_a_documented_operation_and_is_none_itself() -> None:
    documented = files.contract("omnichannel").operations()

    for alias in files.errata()["aliases"]:
        assert alias["document"] in documented
        assert alias["server"] not in documented
        assert alias["evidence"]


def test_every_path_of_a_validator_is_documented_or_an_alias() -> None:
    contracts = [files.contract(name) for name in files.PAIRS.values()]
    documented = {route for contract in contracts for route in contract.operations()}
    aliases = {alias["server"] for alias in files.errata()["aliases"]}

    unknown = files.facts("validators").keys() - documented - aliases

    assert unknown == set()


def test_every_operation_has_an_answer_type_or_is_named_as_untyped() -> None:
    contracts = [files.contract(name) for name in files.PAIRS.values()]
    documented = {route for contract in contracts for route in contract.operations()}
    answers = files.facts("answers")

    assert answers["operations"].keys() | {*answers["untyped"]} == documented
    assert not answers["operations"].keys() & {*answers["untyped"]}
