"""What kind each table is: journal, shared projection, own projection, local. Said here and nowhere else.

Shared projections are in `digest`, all projections are rebuilt by `verify`, local tables are in neither.
"""

from __future__ import annotations

from sqlalchemy import Table

from salon_desk.storage.tables import (
    bookings,
    campaigns,
    cards,
    carried,
    catalogue,
    chains,
    charges,
    erasures,
    follow_ups,
    leaving,
    local,
    members,
    merges,
    message_templates,
    messages,
    metadata,
    money,
    movements,
    network,
    people,
    promotions,
    sales,
    savings,
    sayings,
    series,
    shifts,
    tickets,
    tiers,
    triggers,
)

JOURNAL = "journal"

SHARED: tuple[Table, ...] = (
    chains.chains,
    chains.set_aside,
    chains.disclosures,
    chains.epoch_ends,
    erasures.erased_members,
    erasures.erased_bodies,
    members.members,
    members.family_links,
    members.consents,
    merges.member_merges,
    merges.merge_proposals,
    tiers.tiers,
    tiers.tier_changes,
    triggers.triggers,
    message_templates.message_templates,
    triggers.segments,
    triggers.bonus_ends,
    people.stores,
    people.tills,
    people.staff,
    catalogue.categories,
    catalogue.items,
    catalogue.offers,
    catalogue.discounts,
    catalogue.tenders,
    promotions.promotions,
    promotions.coupons,
    catalogue.planned_changes,
    savings.savings_plans,
    savings.savings,
    savings.savings_deposits,
    series.series_offers,
    series.series,
    series.series_owners,
    series.series_sharers,
    cards.cards,
    cards.card_owners,
    cards.card_freezes,
    cards.card_codes,
    cards.purses,
    cards.holds,
    cards.moves,
    carried.carried,
    sayings.sayings,
    bookings.bookings,
    campaigns.campaigns,
    campaigns.campaign_audiences,
    campaigns.campaign_stops,
    money.ledger,
)

OWN: tuple[Table, ...] = (
    cards.gift_greetings,
    charges.charges,
    charges.charge_batches,
    charges.terminal_inspections,
    members.allergies,
    members.allergy_acknowledgements,
    members.member_pins,
    follow_ups.follow_ups,
    follow_ups.follow_up_results,
    messages.messages,
    messages.message_attempts,
    messages.messages_received,
    movements.movements,
    people.staff_pins,
    tickets.tickets,
    tickets.counters,
    sales.sales,
    sales.sale_lines,
    sales.sale_taxes,
    sales.sale_tenders,
    sales.sale_tips,
    shifts.shifts,
    shifts.cash_movements,
    shifts.tip_payouts,
)

LOCAL: tuple[Table, ...] = (
    local.identity,
    local.settings,
    local.print_jobs,
    erasures.bodies_gone,
    leaving.leaving_people,
    local.sign_in_failures,
    local.search_entries,
    local.search_terms,
    network.parent,
    network.children,
    network.enrolment_codes,
    network.wants,
    network.recalls,
    network.forks,
    network.witnesses,
    network.routes,
    network.relayed,
    network.link_gaps,
)

PROJECTIONS = SHARED + OWN


def unnamed() -> set[str]:
    """Tables of the MetaData that nobody has given a kind; must be empty."""
    named = {table.name for table in PROJECTIONS + LOCAL} | {JOURNAL}
    return set(metadata.tables) - named
