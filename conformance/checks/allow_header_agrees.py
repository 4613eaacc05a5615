"""An `Allow` header, where a server sends one, names the methods that the contract offers there."""

from schemathesis import Response

from conformance import surface
from conformance.checks.rule import Case, Deviation, rule_for_other_methods
from conformance.guard import path_below
from mockserver.contract import Operation

OF_HTTP = {"HEAD", "OPTIONS"}


class AllowDisagrees(Deviation):
    """`Allow` and the contract name different methods."""

    kind_title = "Allow header disagrees with the contract"


@rule_for_other_methods
def allow_header_agrees(response: Response, case: Case, operation: Operation) -> None:
    values = response.headers.get("allow")
    if case.method != "OPTIONS" or not values:
        return
    named = {method.strip().upper() for method in ",".join(values).split(",")} - OF_HTTP - {""}
    offered = surface.contract().methods(path_below(response.request, str(case.operation.base_url)))
    if named and named != offered:
        message = f"Allow names {sorted(named)}, the contract offers {sorted(offered)}"
        raise AllowDisagrees(case, message)
