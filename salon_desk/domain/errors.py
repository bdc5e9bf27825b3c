"""What the rules refuse, as typed errors with parameters.

No sentence stands here: `ui/error_text.py` and `cli/error_text.py` turn an error into words in the
reader's language. One class a refusal; its fields are everything the sentence needs to name.
"""

from __future__ import annotations

from dataclasses import dataclass, fields


class DomainError(Exception):
    """A refusal by rule. Nothing was recorded when it is raised."""

    def parameters(self) -> dict[str, object]:
        """The error's fields by name, for the sentence that explains it."""
        return {f.name: getattr(self, f.name) for f in fields(self)}  # type: ignore[arg-type]

    def __str__(self) -> str:
        """The class and its parameters, for logs and tests; never shown to a cashier."""
        told = ", ".join(f"{name}={value}" for name, value in self.parameters().items())
        return f"{type(self).__name__}({told})"


@dataclass
class CurrencyMismatch(DomainError):
    """Two amounts of different currencies were brought together."""

    expected: str
    given: str


@dataclass
class NegativeAmount(DomainError):
    """An amount that must be zero or more is below zero. `field` names it."""

    field: str
    cents: int


@dataclass
class AmountTooLarge(DomainError):
    """An amount above what the till takes. `limit_cents` is the highest that is accepted."""

    field: str
    cents: int
    limit_cents: int


@dataclass
class InsufficientValue(DomainError):
    """A purse here holds less than is needed (units of the asset: cents, visits, points)."""

    asset: str
    needed: int
    here: int
    elsewhere: int = 0
