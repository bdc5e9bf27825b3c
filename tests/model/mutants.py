"""Each rule switched off in the smallest scope that shows what it is there for, and what then breaks.

`overspent` is the customers' view. A few rules guard something else than the sum and say so.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.model.scope import Scope
from tests.model.scopes import BY_NAME


@dataclass(frozen=True, slots=True)
class Mutant:
    """Rules switched off together, where, and what must be found."""

    off: tuple[str, ...]
    scope: str
    budget: dict[str, int] = field(default_factory=dict)
    breaks: str = "overspent"

    def where(self) -> Scope:
        """The scope with the budget that this mutant needs."""
        return BY_NAME[self.scope].under(**self.budget)


_CALM = {"crashes": 0, "errors": 0, "undos": 0}
_TOO_MUCH_PAID = "more paid value than was paid in"
_TWO_DISKS = {"restores": 2, "rehubs": 0, "hub_losses": 0}

MUTANTS = (
    Mutant(("local_limit",), "counter"),
    Mutant(("debit_before_send",), "counter"),
    Mutant(("command_once",), "counter"),
    Mutant(("replay_once",), "counter"),
    Mutant(("move_once",), "counter", _CALM),
    Mutant(("move_once",), "three", {"crashes": 0}),
    Mutant(("move_once",), "hub", {"crashes": 0}),
    Mutant(("move_to_its_node",), "counter", _CALM),
    Mutant(("take_back_after_closing",), "counter", _CALM),
    Mutant(("commit_error_read_back",), "counter"),
    Mutant(("refused_entry_withdrawn",), "counter"),
    Mutant(("undo_once",), "counter", {"crashes": 0, "errors": 0, "moves": 0, "issues": 0, "undos": 2}),
    Mutant(("anchor_flushed", "durable_commit"), "counter"),
    Mutant(("durable_commit",), "counter"),
    Mutant(("anchor_flushed",), "restore"),
    Mutant(("trimmed_as_acknowledged",), "late", {}, "a dead end"),
    Mutant(("anchor_keeps_last",), "late"),
    Mutant(("fetch_to_the_record",), "late"),
    Mutant(("missing_anchor_distrusted",), "twice"),
    Mutant(("move_to_its_epoch",), "restore"),
    Mutant(("anchor_keeps_last",), "restore"),
    Mutant(("replay",), "restore"),
    Mutant(("fetch_to_the_record",), "restore"),
    Mutant(("later_anchor_entered",), "twice", {}, "a dead end"),
    Mutant(("older_anchor_distrusted",), "old folder"),
    Mutant(("missing_anchor_distrusted",), "restore"),
    Mutant(("end_proven_by_anchor",), "restore", {"crashes": 0}),
    Mutant(("purse_sent_by_parent_alone",), "restore", {"crashes": 0}),
    Mutant(("purse_sent_by_parent_alone",), "captures and restore", {"crashes": 0}),
    Mutant(("closed_once",), "restore", {"crashes": 0}),
    Mutant(("void_only_after_crash",), "restore"),
    Mutant(("copied_anchor_distrusted",), "copy"),
    Mutant(("one_closer",), "head office"),
    Mutant(("one_closer",), "hub and restore"),
    Mutant(("closer_as_claimed",), "head office"),
    Mutant(("claim_needs_proof",), "restore", {"crashes": 0}),
    Mutant(("closed_at_claimed_end",), "restore", {"crashes": 0}),
    Mutant(("root_opens_epoch_after_loss",), "head office"),
    Mutant(("parent_anchors_what_it_acknowledges",), "hub and restore", _TWO_DISKS, "a dead end"),
    Mutant(("no_reclaim_by_time",), "cover"),
    Mutant(("cover_repaid_from_home",), "cover"),
    Mutant(("command_once",), "cover"),
    Mutant(("cover_repaid_from_home",), "comes back"),
    Mutant(("root_opens_epoch_after_loss",), "old copy"),
    Mutant(("no_reclaim_on_retire",), "retire", {"crashes": 0}),
    Mutant(("take_back_once",), "retire", {"crashes": 0, "moves": 2}),
    Mutant(("take_back_looks_for_receive",), "retire", {"crashes": 0, "moves": 2}),
    Mutant(("take_back_holds_head",), "retire", {"crashes": 0, "moves": 2}),
    Mutant(("heir_takes_back_with_proof",), "sender"),
    Mutant(("claims_before_closing",), "dead address", {}, "a dead end"),
    Mutant(("closer_takes_back",), "dead address", {"moves": 2}, "a dead end"),
    Mutant(("overdraft_booked",), "overdraft"),
    Mutant(("overdraft_limited",), "overdraft", {}, "overdraft beyond its limit"),
    Mutant(("recall_spares_held",), "holds"),
    Mutant(("post_needs_hold",), "holds"),
    Mutant(("hold_debits",), "holds"),
    Mutant(("hold_outlives_crash",), "card machine"),
    Mutant(("held_goes_on",), "card machine and restore"),
    Mutant(("release_asks_the_machine",), "card machine", {"crashes": 0}),
    Mutant(("post_asks_the_machine",), "card machine", {"crashes": 0}, "a dead end"),
    Mutant(("recall_spares_held",), "card machine"),
    Mutant(("spent_after_capture",), "captures"),
    Mutant(("capture_asks_the_bank",), "captures"),
    Mutant(("captured_once",), "captures"),
    Mutant(("captured_whole", "waits_together"), "captures", {"crashes": 0}, "a dead end"),
    Mutant(("captured_by_holder",), "captures", {"crashes": 0}),
    Mutant(("replay_once",), "swap"),
    Mutant(("swap_uses_right",), "swap", {}, _TOO_MUCH_PAID),
    Mutant(("undo_takes_right",), "swap", {}, _TOO_MUCH_PAID),
    Mutant(("undo_by_right",), "swap", {}, _TOO_MUCH_PAID),
    Mutant(("swap_by_right",), "bonus", {}, _TOO_MUCH_PAID),
)
