"""A refusal that the contract states and the document does not is explained, and only such."""

from collections import Counter

from tests.contract import files
from tests.contract.schemas import Node

Status = tuple[str, str]
"""An operation and a status."""


def added() -> set[Status]:
    """Give each refusal that only the contract states; 404 is the matter of an erratum."""
    found = set()
    for document, name in files.PAIRS.items():
        theirs, ours = files.facts(document)["operations"], files.contract(name).operations()
        for route in theirs.keys() & ours.keys():
            more = ours[route]["responses"].keys() - theirs[route]["responses"].keys()
            found |= {(route, status) for status in more if status[0] == "4" and status != "404"}
    return found


def explained() -> list[Status]:
    """Give each refusal that errata.yaml explains."""
    reasons: list[Node] = files.errata()["added-statuses"]
    return [(route, reason["status"]) for reason in reasons for route in reason["operations"]]


def test_every_added_refusal_is_explained() -> None:
    assert added() - {*explained()} == set()


def test_no_explanation_speaks_of_a_refusal_that_was_not_added() -> None:
    assert {*explained()} - added() == set()


def test_no_refusal_is_explained_twice() -> None:
    assert [status for status, number in Counter(explained()).items() if number > 1] == []


def test_a_reason_that_names_a_key_of_the_contract_holds_for_all_its_operations() -> None:
    operations = {
        route: operation
        for name in files.PAIRS.values()
        for route, operation in files.contract(name).operations().items()
    }
    keys = {
        "The route asks a permission.": "x-permissions",
        "The route asks for a licence.": "x-licensed",
        "The route asks its caller to sign in.": "security",
    }

    wrong = [
        (route, reason["why"])
        for reason in files.errata()["added-statuses"]
        for route in reason["operations"]
        if reason["why"] in keys and not operations[route].get(keys[reason["why"]])
    ]

    assert wrong == []
