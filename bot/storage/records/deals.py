"""Prospects, and what happened between us and them."""

from dataclasses import dataclass
from datetime import date, datetime, time

from cadences.model import Channel, FollowUpType, LostReason, Mood, Outcome, Stage, Temperature


@dataclass(frozen=True, slots=True)
class Prospect:
    """A person we want to win, and where the deal stands."""

    id: int
    workspace_id: str
    owner_id: str
    name: str
    name_key: str
    company: str | None
    company_key: str | None
    role: str | None
    email: str | None
    phone: str | None
    value_minor: int | None
    currency: str | None
    stage: Stage
    stage_since_at: datetime
    source: str | None
    close_on: date | None
    parked_until_on: date | None
    lost_reason: LostReason | None
    closed_on: date | None
    close_note: str | None
    active_at: datetime
    active_kind: str
    active_by: str
    created_at: datetime
    zone: str | None
    industry: str | None
    renewal_on: date | None
    do_not_contact_at: datetime | None
    temperature: Temperature | None
    preferred_channel: Channel | None
    best_time: time | None
    merged_into_id: int | None
    profile_url: str | None
    silent_run: int
    answered_run: int


@dataclass(frozen=True, slots=True)
class Touch:
    """One contact made."""

    id: int
    workspace_id: str
    prospect_id: int
    member_id: str
    channel: Channel
    type: FollowUpType
    outcome: Outcome
    note: str | None
    cadence: str | None
    number: int | None
    happened_at: datetime
    created_at: datetime
    version: int | None
    mood: Mood | None
    via: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """Something to remember about a prospect."""

    id: int
    workspace_id: str
    prospect_id: int
    member_id: str
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Hook:
    """What a prospect cares about, for a draft to refer to."""

    id: int
    workspace_id: str
    prospect_id: int
    member_id: str
    text: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Resource:
    """Something of value to send along."""

    id: int
    workspace_id: str
    member_id: str
    title: str
    url: str
    industry: str | None
    objection: str | None
    created_at: datetime
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class ResourceUse:
    """A resource that was sent to somebody."""

    id: int
    workspace_id: str
    prospect_id: int
    member_id: str
    resource_id: int
    used_at: datetime
