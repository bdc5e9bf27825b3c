"""Campaigns and tasks in few operations: launched under one name at two nodes, stopped before it is known, answered at both."""

from __future__ import annotations

from salon_desk.domain.follow_up import BY_HAND, Result
from salon_desk.domain.money import Money
from salon_desk.operations.campaign import CampaignAudience, CampaignLaunched, CampaignStopped
from salon_desk.operations.follow_up import FollowUpAnswered, FollowUpMade
from tests.integration.services.shop import Shop
from tests.integration.storage.neighbours import Neighbours, record

NOW, LATER, EXPIRES = "2026-11-20T15:00:00.000Z", "2026-11-20T16:00:00.000Z", "2026-11-23T15:00:00.000Z"


def launched(campaign: str, *, name: str = "Autumn", batches: int = 1) -> CampaignLaunched:
    return CampaignLaunched(
        campaign=campaign,
        name=name,
        segment="sleeping",
        conditions=("last_visit|at_least|0|60",),
        template="we_miss_you",
        store="S1",
        held_back_percent=10,
        audience=2,
        held_back=0,
        batches=batches,
        launched_at=NOW,
        due_at=NOW,
        expires_at=EXPIRES,
        segments=4,
        cost=Money(3, "USD"),
    )


def audience(campaign: str, *members: str, number: int = 0) -> CampaignAudience:
    return CampaignAudience(campaign=campaign, number=number, members=members)


def stopped(campaign: str) -> CampaignStopped:
    return CampaignStopped(campaign=campaign, reason="the wrong text", stopped_at=LATER)


def made(follow_up: str, member: str, *, assignee: str = "lily") -> FollowUpMade:
    return FollowUpMade(
        follow_up=follow_up,
        member=member,
        assignee=assignee,
        why=BY_HAND,
        subject="",
        script="Ask how the gel held.",
        store="S1",
        due_on="2026-11-22",
    )


def answered(follow_up: str, member: str, result: Result, *, next_on: str = "") -> FollowUpAnswered:
    return FollowUpAnswered(
        follow_up=follow_up, member=member, result=result, note="In the evening.", next_on=next_on
    )


def a_campaign_launched_at_two_nodes_and_stopped(here: Neighbours) -> None:
    first, second = here.shops[:2]
    record(first, audience("c", first.member), launched("c"))
    record(second, stopped("c"), launched("c", name="Winter"))


def a_task_made_and_answered_at_two_nodes(here: Neighbours) -> None:
    first, second = here.shops[:2]
    member = first.member
    record(first, made("f", member), answered("f", member, Result.NO_ANSWER, next_on="2026-11-24"))
    record(second, made("f", member, assignee="kim"), answered("f", member, Result.BOOKED))


def campaigns_and_tasks(shop: Shop) -> None:
    """One of each, for the day that is verified."""
    record(shop, audience("c", shop.member, "other"), launched("c"), stopped("c"))
    record(shop, made("f", shop.member), answered("f", shop.member, Result.REACHED))


CAMPAIGNS = (a_campaign_launched_at_two_nodes_and_stopped, a_task_made_and_answered_at_two_nodes)
