"""Let incidents say who settled them and how, keep what operators do outside cases, and index what
the operators' pages look for."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PARTIAL_INDEXES = (
    ("ix_incident_open", "incident", ["opened_at", "id"], "resolved_at IS NULL"),
    ("ix_work_item_step", "work_item", ["element", "opened_at"], "closed_at IS NULL"),
    ("ix_job_dead", "job", ["run_at", "id"], "state = 'dead'"),
)
INDEXES = (
    ("ix_incident_job", "incident", ["job_id"]),
    ("ix_case_opened", "case_", ["opened_at", "id"]),
    ("ix_case_status", "case_", ["status", "opened_at", "id"]),
    ("ix_operator_act_at", "operator_act", ["at"]),
)
SQLITE = """
CREATE TRIGGER operator_act_only_grows_{act} BEFORE {ACT} ON operator_act
BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END
"""
POSTGRESQL = """
CREATE TRIGGER operator_act_only_grows BEFORE UPDATE OR DELETE ON operator_act
FOR EACH ROW EXECUTE FUNCTION audit_only_grows()
"""


def upgrade() -> None:
    with op.batch_alter_table("incident") as batch:
        batch.add_column(sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("resolved_by", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("note", sa.String(length=500), nullable=True))
        batch.create_foreign_key(
            op.f("fk_incident_resolved_by_account"), "account", ["resolved_by"], ["id"]
        )
    op.create_table(
        "operator_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=True),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["account.id"], name=op.f("fk_operator_act_actor_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_operator_act_incident_id_incident")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator_act")),
    )
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)
    for name, table, columns, condition in PARTIAL_INDEXES:
        where = sa.text(condition)
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(SQLITE.format(act=act, ACT=act.upper()))
    else:
        op.execute(POSTGRESQL)


def downgrade() -> None:
    op.drop_table("operator_act")
    for name, table, _columns in INDEXES:
        if table != "operator_act":
            op.drop_index(name, table)
    for name, table, *_more in PARTIAL_INDEXES:
        op.drop_index(name, table)
    with op.batch_alter_table("incident") as batch:
        batch.drop_constraint(op.f("fk_incident_resolved_by_account"), type_="foreignkey")
        for column in ("note", "resolved_by", "taken_at"):
            batch.drop_column(column)
