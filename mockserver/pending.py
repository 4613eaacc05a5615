"""Operations of the contract whose handlers are still to come; the mock answers them with 501."""

PENDING: frozenset[str] = frozenset(
    [
    ]
)
