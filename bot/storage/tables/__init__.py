"""Every table. The workspace's id stands in each of them and in each query."""

from bot.storage.tables.base import metadata
from bot.storage.tables.deals import hooks, notes, prospects, resource_uses, resources, touches
from bot.storage.tables.kinds import ChangeKind, DeliveryKind, DeliveryState, Rhythm, Role, StepEnd
from bot.storage.tables.people import MEMBER_MOMENTS, drafts, members, saved_views, shorthands, teams, workspaces
from bot.storage.tables.plans import cadence_rules, cadences, enrollments, steps
from bot.storage.tables.sayings import changes, deliveries, team_digests

__all__ = [
    "MEMBER_MOMENTS",
    "ChangeKind",
    "DeliveryKind",
    "DeliveryState",
    "Rhythm",
    "Role",
    "StepEnd",
    "cadence_rules",
    "cadences",
    "changes",
    "deliveries",
    "drafts",
    "enrollments",
    "hooks",
    "members",
    "metadata",
    "notes",
    "prospects",
    "resource_uses",
    "resources",
    "saved_views",
    "shorthands",
    "steps",
    "team_digests",
    "teams",
    "touches",
    "workspaces",
]
