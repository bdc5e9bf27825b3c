"""The protocol's rules as switches: all on is the protocol, one off is a mutant that must overspend.

A name says what the rule demands; the comment names the section of the protocol it stands in.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class Rules:
    """Which rules are kept."""

    local_limit: bool = True  # 4.4
    debit_before_send: bool = True  # 4.2
    command_once: bool = True  # 2, 4.3
    replay_once: bool = True  # 4.3
    move_once: bool = True  # 4.3
    move_to_its_node: bool = True  # 4.3
    move_to_its_epoch: bool = True  # 4.3
    no_reclaim_by_time: bool = True  # 4.1
    no_reclaim_on_retire: bool = True  # 4, closing
    take_back_after_closing: bool = True  # 4, closing
    take_back_looks_for_receive: bool = True  # 4, closing
    take_back_once: bool = True  # 4, closing
    take_back_holds_head: bool = True  # 4, closing
    heir_takes_back_with_proof: bool = True  # not in the text: see the package's docstring
    anchor_flushed: bool = True  # 4.5, 5
    durable_commit: bool = True  # 4.5
    anchor_keeps_last: bool = True  # 5
    trimmed_as_acknowledged: bool = True  # 5
    replay: bool = True  # 5
    fetch_to_the_record: bool = True  # 5
    later_anchor_entered: bool = (
        True  # 5: a database of before the epoch that this machine's own anchor is of
    )
    older_anchor_distrusted: bool = True  # 5: the machine's own note knows of more
    missing_anchor_distrusted: bool = True  # 5
    copied_anchor_distrusted: bool = True  # 5
    end_proven_by_anchor: bool = True  # 5: not by equal heads
    purse_sent_by_parent_alone: bool = True  # 5
    closed_once: bool = True  # 5
    one_closer: bool = True  # not in the text: see the package's docstring
    closer_as_claimed: bool = True  # the same: the claim counts for whom it names
    claim_needs_proof: bool = True  # 5
    closed_at_claimed_end: bool = True  # 5
    claims_before_closing: bool = (
        True  # not in the text: an end that nobody claims any more is out of reach for ever
    )
    closer_takes_back: bool = True  # not in the text: the same of what a till that closed itself had sent
    cover_repaid_from_home: bool = True  # 4.1
    void_only_after_crash: bool = True  # 5
    commit_error_read_back: bool = True  # 5
    refused_entry_withdrawn: bool = True  # 5
    parent_anchors_what_it_acknowledges: bool = True  # 5
    overdraft_booked: bool = True  # 4.8
    overdraft_limited: bool = True  # 4.8
    root_opens_epoch_after_loss: bool = True  # 4.7, 5
    recall_spares_held: bool = True  # 1
    post_needs_hold: bool = True  # 1
    hold_debits: bool = True  # 1
    hold_outlives_crash: bool = True  # 1: a payment in progress
    held_goes_on: bool = True  # not in the text: the same where an epoch is over
    release_asks_the_machine: bool = True  # 1
    post_asks_the_machine: bool = True  # 1
    spent_after_capture: bool = True  # RULES 28
    capture_asks_the_bank: bool = True  # RULES 28
    captured_once: bool = True  # 2
    captured_whole: bool = (
        True  # not in the text: a command is recorded once, so that a part would be the last
    )
    waits_together: bool = True  # the same
    captured_by_holder: bool = True  # 1
    undo_once: bool = True  # 1
    swap_by_right: bool = True  # not in the text: see the package's docstring
    swap_uses_right: bool = True  # the same
    undo_takes_right: bool = True  # the same: of a redemption that is undone nothing is left to swap
    undo_by_right: bool = True  # the same: the right may be used, so bonus comes back


SAFE = Rules()
NAMES = tuple(each.name for each in fields(Rules))


def without(*names: str) -> Rules:
    """The protocol with these rules switched off."""
    return replace(SAFE, **dict.fromkeys(names, False))
