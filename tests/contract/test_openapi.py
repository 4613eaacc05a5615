"""The contract is valid OpenAPI, whole, and says of each operation what mock and kit need."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from openapi_core import OpenAPI
from openapi_spec_validator import OpenAPIV30SpecValidator

from tests.contract import files
from tests.contract.schemas import Node
from tests.contract.test_facts import literal_first, may_meet

NAMES = ("omnichannel", "platform")

VOCABULARY: dict[str, set[Any]] = {
    "x-effect": {"read", "write", "destructive"},
    "x-validation": {"schema", "typed", "check", "none"},
    "x-ajv": {"body", "query"},
    "x-licensed": {"livechat-enterprise", "canned-responses", "contact-id-verification"},
    "x-closed-query": {True},
}

ALL_KEYS_OPTIONAL = {
    "omnichannel": {
        "setAgentStatus body": "without keys it toggles the caller's own status",
        "deleteClosedRooms body": "without keys it deletes in all departments",
        "createDepartment body departmentUnit": "an empty object means no unit",
        "updateDepartment body departmentUnit": "an empty object takes the unit away",
        "renamePriority body oneOf 0": "the validator demands neither of its keys",
        "renamePriority body oneOf 1": "the validator demands neither of its keys",
        "saveTag body tagData": "the validator demands none",
        "saveWebhooks body": "settings that are left out keep their value",
        "receiveSms body": "the provider decides",
        "findVisitorAsContact 200 contact": "only older servers show the token",
        "ChatLimit": "agents without a limit have an empty one",
        "Metrics": "each measure comes with the event that it measures",
        "ListedRoom": "only rooms of a department have one",
        "Attachment": "its keys depend on its kind",
        "WidgetMessages": "texts that are not set are missing",
        "WidgetConfig resources": "sounds and emojis that are not set are missing",
        "QueueRow department": "conversations without a department lack both",
        "Refusal details": "each refusal has its own",
    },
    "platform": {
        "login body": "one of several ways to name the user",
        "setStatus body": "at least one of two, which the handler checks",
        "saveSetting body": "a value, or an action to execute",
        "sendMessage body message blocks": "its keys depend on its kind",
        "sendMessage body message attachments": "its keys depend on its kind",
        "Attachment": "its keys depend on its kind",
        "Refusal details": "each refusal has its own",
        "Preferences": "a user has those that were set",
        "Licence limits": "without a licence there is none",
        "LicenceDocument limits": "a licence limits what it names",
    },
}
"""Object schemas none of whose keys is always there, and why."""


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    """Give the name of each contract in turn."""
    given: str = request.param
    return given


@pytest.fixture
def raw(name: str) -> Node:
    """Give each contract as parsed."""
    return files.read(f"openapi/{name}.yaml")


@pytest.fixture
def operations(name: str) -> dict[str, Node]:
    """Give the operations of each contract."""
    return files.contract(name).operations()


def test_the_contract_is_valid_openapi(raw: Node) -> None:
    problems = [error.message for error in OpenAPIV30SpecValidator(dict(raw)).iter_errors()]

    assert raw["openapi"].startswith("3.0.")
    assert problems == []


def test_openapi_core_reads_the_contract(raw: Node) -> None:
    loaded = OpenAPI.from_dict(dict(raw))

    assert loaded.spec["info"]["title"] == raw["info"]["title"]


def test_every_operation_has_words_and_says_who_may_call_it(operations: dict[str, Node]) -> None:
    keys = ("tags", "summary", "description", "operationId", "security", "x-effect", "x-validation")

    silent = [(route, key) for route, o in operations.items() for key in keys if key not in o]

    assert silent == []


def test_the_x_keys_keep_to_their_vocabulary(operations: dict[str, Node]) -> None:
    strange = [
        (route, key, operation[key])
        for route, operation in operations.items()
        for key, words in VOCABULARY.items()
        if key in operation and operation[key] not in words
    ]

    assert strange == []


def test_the_description_names_the_permission_and_the_licence(operations: dict[str, Node]) -> None:
    unnamed = []
    for route, operation in operations.items():
        asked = [p for group in operation.get("x-permissions", {}).values() for p in group]
        asked += [operation["x-licensed"]] if "x-licensed" in operation else []
        unnamed += [(route, p) for p in asked if f"`{p}`" not in operation["description"]]

    assert unnamed == []


def test_no_answer_is_left_to_default_and_every_operation_can_be_called_too_often(
    operations: dict[str, Node],
) -> None:
    for route, operation in operations.items():
        assert "default" not in operation["responses"], route
        assert "429" in operation["responses"], route


def test_an_operation_is_public_or_answers_401(operations: dict[str, Node]) -> None:
    wrong = [
        route
        for route, operation in operations.items()
        if bool(operation["security"]) != ("401" in operation["responses"])
    ]

    assert wrong == ["POST /api/v1/login"] * ("POST /api/v1/login" in operations)


def test_an_operation_that_asks_a_permission_answers_403(operations: dict[str, Node]) -> None:
    asking = {route for route, o in operations.items() if "x-permissions" in o}

    assert all("403" in operations[route]["responses"] for route in asking)
    assert all(operations[route]["security"] for route in asking)


def test_an_operation_that_judges_its_request_answers_400(operations: dict[str, Node]) -> None:
    judged = [
        route
        for route, o in operations.items()
        if ("requestBody" in o or "x-closed-query" in o or "x-licensed" in o)
        and "400" not in o["responses"]
    ]

    assert judged == []


def test_operation_ids_are_unique_over_both_contracts() -> None:
    ids = [o["operationId"] for n in NAMES for o in files.contract(n).operations().values()]

    assert [i for i, number in Counter(ids).items() if number > 1] == []


def test_two_paths_that_can_meet_are_told_apart_by_a_literal_segment_that_comes_first(
    raw: Node,
) -> None:
    meeting = [pair for pair in combinations(raw["paths"], 2) if may_meet(*pair)]

    for first, second in meeting:
        assert literal_first(first) < literal_first(second), (first, second)


def test_every_path_parameter_is_declared_and_never_empty(name: str) -> None:
    contract = files.contract(name)
    for route, operation in contract.operations().items():
        named = re.findall(r"{(\w+)}", route)
        resolved = [contract.resolve(p) for p in operation.get("parameters", ())]
        declared = {p["name"]: p for p in resolved if p["in"] == "path"}

        assert sorted(declared) == sorted(named), route
        assert all("enum" in p["schema"] or p["schema"]["minLength"] for p in declared.values())


def test_a_body_with_required_keys_is_required_itself(operations: dict[str, Node]) -> None:
    for route, operation in operations.items():
        body = operation.get("requestBody", {"content": {}})
        for content in body["content"].values():
            if content["schema"].get("required"):
                assert body.get("required"), route


def test_a_link_leads_to_an_operation_and_fills_what_it_takes(name: str) -> None:
    contract = files.contract(name)
    by_id = {o["operationId"]: o for o in contract.operations().values()}
    links = [
        link
        for operation in by_id.values()
        for response in operation["responses"].values()
        for link in response.get("links", {}).values()
    ]

    assert links
    for link in links:
        target = by_id[link["operationId"]]
        taken = {contract.resolve(p)["name"] for p in target.get("parameters", ())}
        assert link.get("parameters", {}).keys() <= taken, link
        assert "requestBody" not in link or "requestBody" in target, link


def test_a_reference_leads_somewhere_and_every_component_is_used(raw: Node) -> None:
    mentioned = set(re.findall(r"'#/components/([\w/-]+)'", str(raw)))
    kinds = ("parameters", "responses", "schemas")
    defined = {f"{kind}/{name}" for kind in kinds for name in raw["components"][kind]}

    assert {m for m in mentioned if not m.startswith("examples/")} == defined


def test_the_generated_block_is_the_end_of_the_file(name: str) -> None:
    text = (files.ROOT / f"openapi/{name}.yaml").read_text(encoding="utf-8")
    marker = "  # --- generated by make examples: do not edit below ---\n"

    assert text.count(marker) == 1
    assert text.split(marker)[1].startswith("  examples:")


def test_every_object_names_the_keys_that_are_always_there(name: str, raw: Node) -> None:
    without = {short(path) for path in objects_without_required(raw)}

    assert without == set(ALL_KEYS_OPTIONAL[name])


def objects_without_required(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the place of each object schema that declares keys and demands none."""
    if isinstance(node, dict):
        if node.get("type") == "object" and node.get("properties") and not node.get("required"):
            yield (*path, "")
        here = (*path[:-1], node["operationId"]) if "operationId" in node else path
        for key, inner in node.items():
            yield from objects_without_required(inner, (*here, str(key)))
    elif isinstance(node, list):
        for index, inner in enumerate(node):
            yield from objects_without_required(inner, (*path, str(index)))


def short(path: tuple[str, ...]) -> str:
    """Write a place as the operation or component that it belongs to, and the keys inside."""
    words = [word for word in path if word not in SCAFFOLD and not word.startswith("/")]
    renamed = ("body" if word == "requestBody" else word for word in words)
    return re.sub(r" (allOf|anyOf)( \d+)+", "", " ".join(renamed)).strip()


SCAFFOLD = {
    *("paths", "components", "schemas", "responses", "content", "schema", "properties", "items"),
    *("application/json", "multipart/form-data", ""),
}
