"""The rows as frozen records, column for column (a test compares them with the tables)."""

from bot.storage.records.base import columns_of, one, record, values_of
from bot.storage.records.deals import Hook, Note, Prospect, Resource, ResourceUse, Touch
from bot.storage.records.people import Draft, Member, SavedView, Shorthand, Team, Workspace
from bot.storage.records.plans import CadenceRow, CadenceRule, Enrollment, StepRow
from bot.storage.records.sayings import Change, Delivery, TeamDigest

__all__ = [
    "CadenceRow",
    "CadenceRule",
    "Change",
    "Delivery",
    "Draft",
    "Enrollment",
    "Hook",
    "Member",
    "Note",
    "Prospect",
    "Resource",
    "ResourceUse",
    "SavedView",
    "Shorthand",
    "StepRow",
    "Team",
    "TeamDigest",
    "Touch",
    "Workspace",
    "columns_of",
    "one",
    "record",
    "values_of",
]
