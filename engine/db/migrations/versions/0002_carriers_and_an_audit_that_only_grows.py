"""Let PostgreSQL's job carrier have its tables, and let nobody change a line of the audit."""

from alembic import op

from engine.jobs.procrastinate import install_schema

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQLITE = """
CREATE TRIGGER event_only_grows_{act} BEFORE {ACT} ON event
BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END
"""
POSTGRESQL = (
    """
    CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit only grows'; END $$
    """,
    """
    CREATE TRIGGER event_only_grows BEFORE UPDATE OR DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION audit_only_grows()
    """,
)


def upgrade() -> None:
    connection = op.get_bind()
    install_schema(connection)
    if connection.dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(SQLITE.format(act=act, ACT=act.upper()))
    else:
        for statement in POSTGRESQL:
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER event_only_grows_update")
        op.execute("DROP TRIGGER event_only_grows_delete")
    else:
        op.execute("DROP TRIGGER event_only_grows ON event")
        op.execute("DROP FUNCTION audit_only_grows()")
