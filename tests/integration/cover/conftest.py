"""The chain of the moves' tests: a head office on each database, two tills of S1, one of S2."""

from tests.integration.moves.conftest import away, chain, empty, home  # noqa: F401
