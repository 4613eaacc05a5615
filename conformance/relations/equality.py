"""Equality: two ways of asking that must give the same items in the same order."""

from conformance.layers.calling import Caller
from conformance.relations import relation
from conformance.relations.selection import paged_lists
from mockserver.contract import Operation

MOST = 100
"""A server's setting caps `count`; this is the cap that servers come with."""
PAGES = 4


@relation(pattern="equality", operations=paged_lists)
def pages_join_to_the_whole(call: Caller, operation: Operation) -> None:
    """Reading page by page gives the same items, in the same order, as reading all at once."""
    whole = call(operation, count=MOST).items
    size = max(1, -(-len(whole) // PAGES))

    pages = [call(operation, offset=n, count=size).items for n in range(0, len(whole), size)]

    assert [item for page in pages for item in page] == whole
