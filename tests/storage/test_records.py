"""Records and tables say the same, column for column."""

from typing import Any

import pytest
from sqlalchemy import Table

from bot.storage import records, tables
from bot.storage.records import columns_of
from bot.storage.tables import metadata

PAIRS: dict[type[Any], Table] = {
    records.Workspace: tables.workspaces,
    records.Member: tables.members,
    records.Prospect: tables.prospects,
    records.Enrollment: tables.enrollments,
    records.StepRow: tables.steps,
    records.Touch: tables.touches,
    records.Note: tables.notes,
    records.Change: tables.changes,
    records.Delivery: tables.deliveries,
    records.TeamDigest: tables.team_digests,
    records.Draft: tables.drafts,
    records.Team: tables.teams,
    records.Hook: tables.hooks,
    records.SavedView: tables.saved_views,
    records.Shorthand: tables.shorthands,
    records.Resource: tables.resources,
    records.ResourceUse: tables.resource_uses,
    records.CadenceRow: tables.cadences,
    records.CadenceRule: tables.cadence_rules,
}


@pytest.mark.parametrize("kind", PAIRS, ids=lambda kind: kind.__name__)
def test_a_record_has_its_tables_columns_in_their_order(kind: type[Any]) -> None:
    assert columns_of(kind) == tuple(PAIRS[kind].c.keys())


def test_every_table_has_a_record() -> None:
    assert set(PAIRS.values()) == set(metadata.sorted_tables)


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=str)
def test_every_table_but_the_workspaces_own_names_its_workspace(table: Table) -> None:
    if table is not tables.workspaces:
        assert not table.c.workspace_id.nullable


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=str)
def test_a_row_can_only_point_into_its_own_workspace(table: Table) -> None:
    for key in table.foreign_key_constraints:
        if key.referred_table is not tables.workspaces:
            assert key.elements[0].parent is table.c.workspace_id
            assert key.elements[0].column is key.referred_table.c.workspace_id


@pytest.mark.parametrize("table", [table for table in metadata.sorted_tables if "id" in table.c], ids=str)
def test_a_number_is_never_given_out_twice(table: Table) -> None:
    if table is not tables.workspaces and table is not tables.members:
        assert table.dialect_options["sqlite"]["autoincrement"] is True
