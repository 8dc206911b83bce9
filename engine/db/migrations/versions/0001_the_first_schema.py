"""the first schema"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=True),
        sa.Column("id_number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id_number_index", sa.String(length=64), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("mobile_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("mobile_index", sa.String(length=64), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind <> 'staff' OR username IS NOT NULL", name=op.f("ck_account_staff_has_username")
        ),
        sa.CheckConstraint("kind IN ('candidate', 'staff')", name=op.f("ck_account_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("id_number_index", name=op.f("uq_account_id_number_index")),
        sa.UniqueConstraint("username", name=op.f("uq_account_username")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_mobile_index"), ["mobile_index"], unique=False)

    op.create_table(
        "archive_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("major_part", sa.String(length=5), nullable=False),
        sa.Column("sequence_part", sa.String(length=5), nullable=False),
        sa.Column("id_number_index", sa.String(length=64), nullable=False),
        sa.Column("name_index", sa.String(length=64), nullable=False),
        sa.Column("graduated_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive_record")),
        sa.UniqueConstraint(
            "major_part", "sequence_part", name=op.f("uq_archive_record_major_part_sequence_part")
        ),
    )
    op.create_table(
        "captcha_challenge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bound_index", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_captcha_challenge")),
    )
    with op.batch_alter_table("captcha_challenge", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_captcha_challenge_created_at"), ["created_at"], unique=False
        )

    op.create_table(
        "certificate_number",
        sa.Column("number_index", sa.String(length=64), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("number_index", name=op.f("pk_certificate_number")),
    )
    op.create_table(
        "certificate_type",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("issuer", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("exempts", sa.JSON(), nullable=False),
        sa.Column("min_score", sa.Integer(), nullable=True),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_type")),
    )
    op.create_table(
        "counter",
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_counter")),
    )
    with op.batch_alter_table("counter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_counter_ends_at"), ["ends_at"], unique=False)

    op.create_table(
        "file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size >= 0", name=op.f("ck_file_size_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
    )
    with op.batch_alter_table("file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_file_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_file_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_file_sha256"), ["sha256"], unique=False)

    op.create_table(
        "job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('ready', 'done', 'dead', 'cancelled')", name=op.f("ck_job_state_known")
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_job_attempts_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("key", name=op.f("uq_job_key")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_job_done_at", ["done_at"], unique=False)
        batch_op.create_index(
            "ix_job_due",
            ["run_at", "created_at"],
            unique=False,
            sqlite_where=sa.text("state = 'ready'"),
            postgresql_where=sa.text("state = 'ready'"),
        )

    op.create_table(
        "payment_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(length=20), nullable=False),
        sa.Column("event_id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("provider_transaction", sa.String(length=80), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_event")),
        sa.UniqueConstraint(
            "provider", "event_id", name=op.f("uq_payment_event_provider_event_id")
        ),
    )
    with op.batch_alter_table("payment_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_event_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_event_outcome"), ["outcome"], unique=False)

    op.create_table(
        "payment_order",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("case_waits", sa.Boolean(), nullable=False),
        sa.Column("abandoned", sa.Boolean(), nullable=False),
        sa.Column("pay_address", sa.String(length=500), nullable=True),
        sa.Column("provider_transaction", sa.String(length=80), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refunded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'closing', 'closed', 'paid', 'refund_due', 'refunded')",
            name=op.f("ck_payment_order_state_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('paid', 'refund_due', 'refunded') OR paid_at IS NOT NULL",
            name=op.f("ck_payment_order_paid_has_time"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payment_order_amount_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_order")),
        sa.UniqueConstraint("number", name=op.f("uq_payment_order_number")),
        sa.UniqueConstraint(
            "provider_transaction", name=op.f("uq_payment_order_provider_transaction")
        ),
    )
    with op.batch_alter_table("payment_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_order_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_order_state"), ["state"], unique=False)

    op.create_table(
        "plan",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("major_code", sa.String(length=8), nullable=False),
        sa.Column("old_major_codes", sa.JSON(), nullable=False),
        sa.Column("major_name", sa.String(length=60), nullable=False),
        sa.Column("major_name_en", sa.String(length=80), nullable=False),
        sa.Column("level", sa.String(length=32), nullable=False),
        sa.Column("level_name", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("version_en", sa.String(length=60), nullable=False),
        sa.Column("degree", sa.String(length=40), nullable=True),
        sa.Column("min_courses", sa.Integer(), nullable=False),
        sa.Column("min_credits", sa.Integer(), nullable=False),
        sa.Column("pass_mark", sa.Integer(), nullable=False),
        sa.Column("needs_prior_qualification", sa.Boolean(), nullable=False),
        sa.Column("host_institution", sa.String(length=60), nullable=True),
        sa.Column("provenance", sa.String(length=1000), nullable=False),
        sa.CheckConstraint(
            "level IN ('junior_college', 'undergraduate_topup')", name=op.f("ck_plan_level_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_major_code"), ["major_code"], unique=False)

    op.create_table(
        "release",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("number", name=op.f("uq_release_number")),
    )
    op.create_table(
        "review_site",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("name_en", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("address_en", sa.String(length=120), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_site")),
    )
    op.create_table(
        "season",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("name_en", sa.String(length=60), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_season_opens_before_it_closes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_season")),
        sa.UniqueConstraint("code", name=op.f("uq_season_code")),
    )
    op.create_table(
        "sms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mobile_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("mobile_index", sa.String(length=64), nullable=False),
        sa.Column("text_key", sa.String(length=60), nullable=False),
        sa.Column("params_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("challenge_id", sa.Uuid(), nullable=True),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("provider_reference", sa.String(length=80), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'sent', 'expired', 'failed')", name=op.f("ck_sms_state_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sms")),
    )
    with op.batch_alter_table("sms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sms_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sms_mobile_index"), ["mobile_index"], unique=False)
        batch_op.create_index(batch_op.f("ix_sms_state"), ["state"], unique=False)

    op.create_table(
        "substitution",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("from_codes", sa.JSON(), nullable=False),
        sa.Column("to_codes", sa.JSON(), nullable=False),
        sa.Column("from_names", sa.JSON(), nullable=False),
        sa.Column("to_names", sa.JSON(), nullable=False),
        sa.Column("level", sa.String(length=32), nullable=True),
        sa.Column("major_code", sa.String(length=8), nullable=True),
        sa.Column("passed_before", sa.Date(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitution")),
    )
    op.create_table(
        "transfer_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("id_number_index", sa.String(length=64), nullable=False),
        sa.Column("name_index", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("graduated_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('in_province', 'out_of_province')", name=op.f("ck_transfer_record_kind_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_record")),
        sa.UniqueConstraint(
            "id_number_index",
            "kind",
            "place",
            "month",
            name=op.f("uq_transfer_record_id_number_index_kind_place_month"),
        ),
    )
    op.create_table(
        "account_role",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("site_id", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_role_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_role")),
        sa.UniqueConstraint(
            "account_id", "role", "site_id", name=op.f("uq_account_role_account_id_role_site_id")
        ),
    )
    op.create_table(
        "batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("season_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half_day", sa.String(length=16), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "half_day IN ('morning', 'afternoon')", name=op.f("ck_batch_half_day_known")
        ),
        sa.CheckConstraint("capacity BETWEEN 0 AND 60", name=op.f("ck_batch_capacity_allowed")),
        sa.CheckConstraint("taken BETWEEN 0 AND capacity", name=op.f("ck_batch_never_overfull")),
        sa.ForeignKeyConstraint(
            ["season_id"], ["season.id"], name=op.f("fk_batch_season_id_season")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["review_site.id"], name=op.f("fk_batch_site_id_review_site")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
        sa.UniqueConstraint(
            "season_id",
            "site_id",
            "day",
            "half_day",
            name=op.f("uq_batch_season_id_site_id_day_half_day"),
        ),
    )
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_batch_season_id"), ["season_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_batch_site_id"), ["site_id"], unique=False)

    op.create_table(
        "case_",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("workflow", sa.String(length=80), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("ended_through", sa.String(length=80), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("event_count", sa.Integer(), nullable=False),
        sa.Column("event_head", sa.String(length=64), nullable=False),
        sa.Column("inbox_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["account.id"], name=op.f("fk_case__owner_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_case__release_id_release")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_")),
        sa.UniqueConstraint("number", name=op.f("uq_case__number")),
    )
    with op.batch_alter_table("case_", schema=None) as batch_op:
        batch_op.create_index("ix_case_owner", ["owner_id", "opened_at"], unique=False)
        batch_op.create_index(
            "uq_case_open_scope",
            ["workflow", "owner_id", "scope"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "code_challenge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("mobile_index", sa.String(length=64), nullable=False),
        sa.Column("bound_index", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("decoy", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("tries BETWEEN 0 AND 5", name=op.f("ck_code_challenge_tries")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_code_challenge_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_challenge")),
    )
    with op.batch_alter_table("code_challenge", schema=None) as batch_op:
        batch_op.create_index(
            "ix_code_challenge_mobile_index_created_at",
            ["mobile_index", "created_at"],
            unique=False,
        )

    op.create_table(
        "payment_refund",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("provider_transaction", sa.String(length=80), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('due', 'done', 'failed')", name=op.f("ck_payment_refund_state_known")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payment_refund_amount_positive")),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["payment_order.id"],
            name=op.f("fk_payment_refund_order_id_payment_order"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_refund")),
        sa.UniqueConstraint(
            "order_id",
            "provider_transaction",
            name=op.f("uq_payment_refund_order_id_provider_transaction"),
        ),
    )
    with op.batch_alter_table("payment_refund", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_refund_state"), ["state"], unique=False)

    op.create_table(
        "plan_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("tag", sa.String(length=32), nullable=True),
        sa.Column("min_courses", sa.Integer(), nullable=True),
        sa.Column("min_credits", sa.Integer(), nullable=True),
        sa.Column("max_courses", sa.Integer(), nullable=True),
        sa.Column("conditional", sa.JSON(), nullable=False),
        sa.Column("applies_when", sa.String(length=40), nullable=True),
        sa.Column("prior_major_family", sa.JSON(), nullable=False),
        sa.Column("counts_courses", sa.Boolean(), nullable=False),
        sa.Column("counts_credits", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('all', 'choose', 'add_on')", name=op.f("ck_plan_group_kind_known")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_group_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_group")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_plan_group_plan_id_code")),
    )
    op.create_table(
        "registry_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("admission_number", sa.String(length=16), nullable=False),
        sa.Column("id_number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id_number_index", sa.String(length=64), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("name_index", sa.String(length=64), nullable=False),
        sa.Column("plan_id", sa.String(length=32), nullable=False),
        sa.Column("other_plan_id", sa.String(length=32), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("prior_level", sa.String(length=32), nullable=True),
        sa.Column("prior_major", sa.String(length=60), nullable=True),
        sa.Column("prior_school", sa.String(length=60), nullable=True),
        sa.Column("prior_number", sa.String(length=40), nullable=True),
        sa.Column("prior_date", sa.Date(), nullable=True),
        sa.Column("barred_until", sa.Date(), nullable=True),
        sa.Column("id_number_upgraded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("graduated_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["other_plan_id"], ["plan.id"], name=op.f("fk_registry_entry_other_plan_id_plan")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_registry_entry_plan_id_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_entry")),
        sa.UniqueConstraint("admission_number", name=op.f("uq_registry_entry_admission_number")),
    )
    with op.batch_alter_table("registry_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_registry_entry_id_number_index"), ["id_number_index"], unique=False
        )

    op.create_table(
        "release_file",
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_release_file_release_id_release")
        ),
        sa.PrimaryKeyConstraint("release_id", "path", name=op.f("pk_release_file")),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_sign_in_token_digest")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_account_id"), ["account_id"], unique=False)

    op.create_table(
        "case_state",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_.id"], name=op.f("fk_case_state_case_id_case_")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_state")),
    )
    op.create_table(
        "catch_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.String(length=36), nullable=False),
        sa.Column("element", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=True),
        sa.Column("message", sa.String(length=80), nullable=True),
        sa.Column("offered_to", sa.String(length=40), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_.id"], name=op.f("fk_catch_event_case_id_case_")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catch_event")),
        sa.UniqueConstraint("case_id", "task_id", "element", name="uq_catch_event_task"),
    )
    with op.batch_alter_table("catch_event", schema=None) as batch_op:
        batch_op.create_index("ix_catch_event_due", ["due_at"], unique=False)

    op.create_table(
        "declaration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("season_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.String(length=32), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("prior_level", sa.String(length=32), nullable=True),
        sa.Column("prior_major", sa.String(length=60), nullable=True),
        sa.Column("prior_school", sa.String(length=60), nullable=True),
        sa.Column("prior_number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("prior_date", sa.Date(), nullable=True),
        sa.Column("prior_evidence_id", sa.Uuid(), nullable=True),
        sa.Column("prior_needs_review", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'submitted', 'passed', 'refused', 'withdrawn', 'expired')",
            name=op.f("ck_declaration_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["registry_entry.id"], name=op.f("fk_declaration_entry_id_registry_entry")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_declaration_plan_id_plan")),
        sa.ForeignKeyConstraint(
            ["season_id"], ["season.id"], name=op.f("fk_declaration_season_id_season")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration")),
        sa.UniqueConstraint("case_id", name=op.f("uq_declaration_case_id")),
    )
    with op.batch_alter_table("declaration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_declaration_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_declaration_season_id"), ["season_id"], unique=False)
        batch_op.create_index(
            "uq_declaration_entry",
            ["entry_id", "season_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(
            "uq_declaration_owner",
            ["owner_id", "season_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("element", sa.String(length=80), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("values_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_draft_account_id_account")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_draft_case_id_case_")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("case_id", "element", "account_id", name="uq_draft_element"),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("element", sa.String(length=80), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["account.id"], name=op.f("fk_event_actor_id_account")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_event_case_id_case_")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("case_id", "number", name="uq_event_number"),
    )
    op.create_table(
        "identity_correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("changes_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason_code", sa.String(length=32), nullable=True),
        sa.Column("reason_text", sa.String(length=200), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "state IN ('requested', 'approved', 'refused')",
            name=op.f("ck_identity_correction_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["registry_entry.id"],
            name=op.f("fk_identity_correction_entry_id_registry_entry"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_correction")),
        sa.UniqueConstraint("case_id", name=op.f("uq_identity_correction_case_id")),
    )
    with op.batch_alter_table("identity_correction", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_identity_correction_entry_id"), ["entry_id"], unique=False
        )

    op.create_table(
        "inbox_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("message", sa.String(length=80), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("caught_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_.id"], name=op.f("fk_inbox_message_case_id_case_")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_message")),
    )
    with op.batch_alter_table("inbox_message", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_message_case", ["case_id", "received_at"], unique=False)

    op.create_table(
        "incident",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("element", sa.String(length=80), nullable=True),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("cause", sa.String(length=500), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.Uuid(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_incident_case_id_case_")),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["account.id"], name=op.f("fk_incident_taken_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index("ix_incident_case", ["case_id", "opened_at"], unique=False)

    op.create_table(
        "plan_course",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.String(length=32), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=16), nullable=False),
        sa.Column("theory_code", sa.String(length=5), nullable=True),
        sa.Column("is_graduation_work", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["plan_group.id"], name=op.f("fk_plan_course_group_id_plan_group")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_course_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_course")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_plan_course_plan_id_code")),
    )
    with op.batch_alter_table("plan_course", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_course_group_id"), ["group_id"], unique=False)

    op.create_table(
        "score_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("archive_id", sa.Uuid(), nullable=True),
        sa.Column("transfer_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(length=8), nullable=True),
        sa.Column("passed_on", sa.Date(), nullable=False),
        sa.Column("void_reason", sa.String(length=80), nullable=True),
        sa.Column("institution", sa.String(length=60), nullable=True),
        sa.Column("major_code", sa.String(length=8), nullable=True),
        sa.CheckConstraint(
            "(CASE WHEN entry_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN archive_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN transfer_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_score_record_one_holder"),
        ),
        sa.CheckConstraint("mark BETWEEN 0 AND 100", name=op.f("ck_score_record_mark_in_range")),
        sa.ForeignKeyConstraint(
            ["archive_id"],
            ["archive_record.id"],
            name=op.f("fk_score_record_archive_id_archive_record"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["registry_entry.id"],
            name=op.f("fk_score_record_entry_id_registry_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["transfer_id"],
            ["transfer_record.id"],
            name=op.f("fk_score_record_transfer_id_transfer_record"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_record")),
    )
    with op.batch_alter_table("score_record", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_score_record_archive_id"), ["archive_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_score_record_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_score_record_transfer_id"), ["transfer_id"], unique=False
        )

    op.create_table(
        "stored_reply",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("values_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_stored_reply_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_.id"], name=op.f("fk_stored_reply_case_id_case_")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_reply")),
    )
    op.create_table(
        "work_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.String(length=36), nullable=False),
        sa.Column("element", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("form", sa.String(length=80), nullable=False),
        sa.Column("not_same_person_as", sa.String(length=80), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.Uuid(), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_work_item_case_id_case_")),
        sa.ForeignKeyConstraint(
            ["claimed_by"], ["account.id"], name=op.f("fk_work_item_claimed_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["account.id"], name=op.f("fk_work_item_closed_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_item")),
        sa.UniqueConstraint("case_id", "task_id", name="uq_work_item_task"),
    )
    with op.batch_alter_table("work_item", schema=None) as batch_op:
        batch_op.create_index("ix_work_item_case", ["case_id", "opened_at"], unique=False)
        batch_op.create_index(
            "ix_work_item_queue",
            ["role", "opened_at"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("work_item_id", sa.Uuid(), nullable=False),
        sa.Column("element", sa.String(length=80), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("values_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_answer_case_id_case_")),
        sa.ForeignKeyConstraint(
            ["given_by"], ["account.id"], name=op.f("fk_answer_given_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["work_item_id"], ["work_item.id"], name=op.f("fk_answer_work_item_id_work_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("work_item_id", name=op.f("uq_answer_work_item_id")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index("ix_answer_case", ["case_id", "element", "given_at"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("type_id", sa.String(length=32), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("number_index", sa.String(length=64), nullable=False),
        sa.Column("details_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(length=32), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("evidence_hash", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name=op.f("fk_certificate_declaration_id_declaration"),
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["certificate.id"], name=op.f("fk_certificate_replaces_id_certificate")
        ),
        sa.ForeignKeyConstraint(
            ["type_id"],
            ["certificate_type.id"],
            name=op.f("fk_certificate_type_id_certificate_type"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_certificate_declaration_id"), ["declaration_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_certificate_number_index"), ["number_index"], unique=False
        )

    op.create_table(
        "certificate_submission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'decided', 'recalled')",
            name=op.f("ck_certificate_submission_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name=op.f("fk_certificate_submission_declaration_id_declaration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_submission")),
    )
    with op.batch_alter_table("certificate_submission", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_certificate_submission_declaration_id"), ["declaration_id"], unique=False
        )
        batch_op.create_index(
            "uq_certificate_submission_open",
            ["declaration_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "consolidation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("archive_id", sa.Uuid(), nullable=True),
        sa.Column("transfer_id", sa.Uuid(), nullable=True),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('admission_number', 'archive', 'in_province', 'out_of_province')",
            name=op.f("ck_consolidation_kind_known"),
        ),
        sa.CheckConstraint(
            "(CASE WHEN entry_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN archive_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN transfer_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_consolidation_one_source"),
        ),
        sa.ForeignKeyConstraint(
            ["archive_id"],
            ["archive_record.id"],
            name=op.f("fk_consolidation_archive_id_archive_record"),
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name=op.f("fk_consolidation_declaration_id_declaration"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["registry_entry.id"],
            name=op.f("fk_consolidation_entry_id_registry_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["transfer_id"],
            ["transfer_record.id"],
            name=op.f("fk_consolidation_transfer_id_transfer_record"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consolidation")),
    )
    with op.batch_alter_table("consolidation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consolidation_declaration_id"), ["declaration_id"], unique=False
        )
        batch_op.create_index(
            "uq_consolidation_archive",
            ["declaration_id", "archive_id"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )
        batch_op.create_index(
            "uq_consolidation_entry",
            ["declaration_id", "entry_id"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )
        batch_op.create_index(
            "uq_consolidation_transfer",
            ["declaration_id", "transfer_id"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )

    op.create_table(
        "consolidation_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("admission_number", sa.String(length=16), nullable=True),
        sa.Column("major_part", sa.String(length=5), nullable=True),
        sa.Column("sequence_part", sa.String(length=5), nullable=True),
        sa.Column("place", sa.String(length=12), nullable=True),
        sa.Column("month", sa.String(length=7), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('admission_number', 'archive', 'in_province', 'out_of_province')",
            name=op.f("ck_consolidation_request_kind_known"),
        ),
        sa.CheckConstraint(
            "state IN ('pending', 'added', 'refused')",
            name=op.f("ck_consolidation_request_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name=op.f("fk_consolidation_request_declaration_id_declaration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consolidation_request")),
    )
    with op.batch_alter_table("consolidation_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consolidation_request_declaration_id"), ["declaration_id"], unique=False
        )
        batch_op.create_index(
            "uq_consolidation_request_pending",
            ["declaration_id"],
            unique=True,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )

    op.create_table(
        "course_match",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("inputs_hash", sa.String(length=64), nullable=True),
        sa.Column("is_stale", sa.Boolean(), nullable=False),
        sa.Column("match", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("past_choices", sa.JSON(), nullable=False),
        sa.Column("solved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name=op.f("fk_course_match_declaration_id_declaration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_match")),
        sa.UniqueConstraint("declaration_id", name=op.f("uq_course_match_declaration_id")),
    )
    op.create_table(
        "dispatch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.String(length=16), nullable=False),
        sa.Column("tracking_number", sa.String(length=20), nullable=True),
        sa.Column("receiver_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("dispatched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dispatched_by", sa.Uuid(), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("method IN ('pick_up', 'mail')", name=op.f("ck_dispatch_method_known")),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name=op.f("fk_dispatch_declaration_id_declaration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatch")),
        sa.UniqueConstraint("declaration_id", name=op.f("uq_dispatch_declaration_id")),
    )
    op.create_table(
        "document_issue",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("verification_code", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("problem", sa.String(length=200), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('registration_form', 'application_form', 'transcript', 'mailing_slip', 'receipt')",
            name=op.f("ck_document_issue_kind_known"),
        ),
        sa.CheckConstraint(
            "state IN ('requested', 'issued', 'refused')",
            name=op.f("ck_document_issue_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name=op.f("fk_document_issue_declaration_id_declaration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_issue")),
        sa.UniqueConstraint(
            "declaration_id",
            "kind",
            "version",
            name=op.f("uq_document_issue_declaration_id_kind_version"),
        ),
        sa.UniqueConstraint("verification_code", name=op.f("uq_document_issue_verification_code")),
    )
    with op.batch_alter_table("document_issue", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_document_issue_declaration_id"), ["declaration_id"], unique=False
        )

    op.create_table(
        "graduation_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("is_met", sa.Boolean(), nullable=False),
        sa.Column("courses", sa.Integer(), nullable=False),
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('forecast', 'check')", name=op.f("ck_graduation_check_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name=op.f("fk_graduation_check_declaration_id_declaration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_graduation_check")),
    )
    with op.batch_alter_table("graduation_check", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_graduation_check_declaration_id"), ["declaration_id"], unique=False
        )

    op.create_table(
        "on_site_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("originals", sa.JSON(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('pass', 'return', 'reject')", name=op.f("ck_on_site_review_outcome_known")
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name=op.f("fk_on_site_review_declaration_id_declaration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_on_site_review")),
        sa.UniqueConstraint(
            "declaration_id", "round", name=op.f("uq_on_site_review_declaration_id_round")
        ),
    )
    op.create_table(
        "photo",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("advice", sa.JSON(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declaration.id"], name=op.f("fk_photo_declaration_id_declaration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
    )
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_photo_declaration_id"), ["declaration_id"], unique=False
        )
        batch_op.create_index(
            "uq_photo_current",
            ["declaration_id"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.create_table(
        "seat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("season_id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('held', 'final', 'released')", name=op.f("ck_seat_state_known")
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_seat_batch_id_batch")),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declaration.id"], name=op.f("fk_seat_declaration_id_declaration")
        ),
        sa.ForeignKeyConstraint(
            ["season_id"], ["season.id"], name=op.f("fk_seat_season_id_season")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_seat_declaration_id"), ["declaration_id"], unique=False
        )
        batch_op.create_index(
            "uq_seat_active",
            ["declaration_id", "season_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'released'"),
            postgresql_where=sa.text("state <> 'released'"),
        )

    op.create_table(
        "transcript",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name=op.f("fk_transcript_declaration_id_declaration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcript")),
        sa.UniqueConstraint("declaration_id", name=op.f("uq_transcript_declaration_id")),
    )
    op.create_table(
        "exemption",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=True),
        sa.Column("course_code", sa.String(length=5), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason_code", sa.String(length=32), nullable=True),
        sa.Column("reason_text", sa.String(length=200), nullable=True),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'approved', 'refused')",
            name=op.f("ck_exemption_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_exemption_certificate_id_certificate"),
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name=op.f("fk_exemption_declaration_id_declaration"),
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["certificate_submission.id"],
            name=op.f("fk_exemption_submission_id_certificate_submission"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemption")),
    )
    with op.batch_alter_table("exemption", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_exemption_certificate_id"), ["certificate_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_exemption_declaration_id"), ["declaration_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_exemption_submission_id"), ["submission_id"], unique=False
        )
        batch_op.create_index(
            "uq_exemption_course",
            ["declaration_id", "course_code"],
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )

    op.create_table(
        "field_correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("before_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("after_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name=op.f("fk_field_correction_declaration_id_declaration"),
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["on_site_review.id"],
            name=op.f("fk_field_correction_review_id_on_site_review"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_correction")),
        sa.UniqueConstraint("review_id", "field", name=op.f("uq_field_correction_review_id_field")),
    )
    with op.batch_alter_table("field_correction", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_field_correction_declaration_id"), ["declaration_id"], unique=False
        )

    op.create_table(
        "score_selection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("consolidation_id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("is_ticked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consolidation_id"],
            ["consolidation.id"],
            name=op.f("fk_score_selection_consolidation_id_consolidation"),
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
            name=op.f("fk_score_selection_declaration_id_declaration"),
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["score_record.id"],
            name=op.f("fk_score_selection_record_id_score_record"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_selection")),
        sa.UniqueConstraint(
            "declaration_id", "record_id", name=op.f("uq_score_selection_declaration_id_record_id")
        ),
    )
    with op.batch_alter_table("score_selection", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_score_selection_consolidation_id"), ["consolidation_id"], unique=False
        )

    op.create_table(
        "exemption_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exemption_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("evidence_hash", sa.String(length=64), nullable=False),
        sa.Column("is_approved", sa.Boolean(), nullable=False),
        sa.Column("reason_code", sa.String(length=32), nullable=True),
        sa.Column("reason_text", sa.String(length=200), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_exemption_decision_certificate_id_certificate"),
        ),
        sa.ForeignKeyConstraint(
            ["exemption_id"],
            ["exemption.id"],
            name=op.f("fk_exemption_decision_exemption_id_exemption"),
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["certificate_submission.id"],
            name=op.f("fk_exemption_decision_submission_id_certificate_submission"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemption_decision")),
        sa.UniqueConstraint(
            "exemption_id", "version", name=op.f("uq_exemption_decision_exemption_id_version")
        ),
    )
    with op.batch_alter_table("exemption_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_exemption_decision_submission_id"), ["submission_id"], unique=False
        )


def downgrade() -> None:

    with op.batch_alter_table("exemption_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exemption_decision_submission_id"))

    op.drop_table("exemption_decision")
    with op.batch_alter_table("score_selection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_score_selection_consolidation_id"))

    op.drop_table("score_selection")
    with op.batch_alter_table("field_correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_field_correction_declaration_id"))

    op.drop_table("field_correction")
    with op.batch_alter_table("exemption", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_exemption_course",
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_exemption_submission_id"))
        batch_op.drop_index(batch_op.f("ix_exemption_declaration_id"))
        batch_op.drop_index(batch_op.f("ix_exemption_certificate_id"))

    op.drop_table("exemption")
    op.drop_table("transcript")
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_seat_active",
            sqlite_where=sa.text("state <> 'released'"),
            postgresql_where=sa.text("state <> 'released'"),
        )
        batch_op.drop_index(batch_op.f("ix_seat_declaration_id"))
        batch_op.drop_index(batch_op.f("ix_seat_batch_id"))

    op.drop_table("seat")
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_photo_current",
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_photo_declaration_id"))

    op.drop_table("photo")
    op.drop_table("on_site_review")
    with op.batch_alter_table("graduation_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_graduation_check_declaration_id"))

    op.drop_table("graduation_check")
    with op.batch_alter_table("document_issue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_issue_declaration_id"))

    op.drop_table("document_issue")
    op.drop_table("dispatch")
    op.drop_table("course_match")
    with op.batch_alter_table("consolidation_request", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_consolidation_request_pending",
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )
        batch_op.drop_index(batch_op.f("ix_consolidation_request_declaration_id"))

    op.drop_table("consolidation_request")
    with op.batch_alter_table("consolidation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_consolidation_transfer",
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )
        batch_op.drop_index(
            "uq_consolidation_entry",
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )
        batch_op.drop_index(
            "uq_consolidation_archive",
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_consolidation_declaration_id"))

    op.drop_table("consolidation")
    with op.batch_alter_table("certificate_submission", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_certificate_submission_open",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index(batch_op.f("ix_certificate_submission_declaration_id"))

    op.drop_table("certificate_submission")
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_number_index"))
        batch_op.drop_index(batch_op.f("ix_certificate_declaration_id"))

    op.drop_table("certificate")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index("ix_answer_case")

    op.drop_table("answer")
    with op.batch_alter_table("work_item", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_work_item_queue",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index("ix_work_item_case")

    op.drop_table("work_item")
    op.drop_table("stored_reply")
    with op.batch_alter_table("score_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_score_record_transfer_id"))
        batch_op.drop_index(batch_op.f("ix_score_record_entry_id"))
        batch_op.drop_index(batch_op.f("ix_score_record_archive_id"))

    op.drop_table("score_record")
    with op.batch_alter_table("plan_course", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_course_group_id"))

    op.drop_table("plan_course")
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_index("ix_incident_case")

    op.drop_table("incident")
    with op.batch_alter_table("inbox_message", schema=None) as batch_op:
        batch_op.drop_index("ix_inbox_message_case")

    op.drop_table("inbox_message")
    with op.batch_alter_table("identity_correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_identity_correction_entry_id"))

    op.drop_table("identity_correction")
    op.drop_table("event")
    op.drop_table("draft")
    with op.batch_alter_table("declaration", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_declaration_owner",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(
            "uq_declaration_entry",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_declaration_season_id"))
        batch_op.drop_index(batch_op.f("ix_declaration_owner_id"))

    op.drop_table("declaration")
    with op.batch_alter_table("catch_event", schema=None) as batch_op:
        batch_op.drop_index("ix_catch_event_due")

    op.drop_table("catch_event")
    op.drop_table("case_state")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_account_id"))

    op.drop_table("sign_in")
    op.drop_table("release_file")
    with op.batch_alter_table("registry_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registry_entry_id_number_index"))

    op.drop_table("registry_entry")
    op.drop_table("plan_group")
    with op.batch_alter_table("payment_refund", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_refund_state"))

    op.drop_table("payment_refund")
    with op.batch_alter_table("code_challenge", schema=None) as batch_op:
        batch_op.drop_index("ix_code_challenge_mobile_index_created_at")

    op.drop_table("code_challenge")
    with op.batch_alter_table("case_", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_case_open_scope",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index("ix_case_owner")

    op.drop_table("case_")
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_batch_site_id"))
        batch_op.drop_index(batch_op.f("ix_batch_season_id"))

    op.drop_table("batch")
    op.drop_table("account_role")
    op.drop_table("transfer_record")
    op.drop_table("substitution")
    with op.batch_alter_table("sms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sms_state"))
        batch_op.drop_index(batch_op.f("ix_sms_mobile_index"))
        batch_op.drop_index(batch_op.f("ix_sms_case_id"))

    op.drop_table("sms")
    op.drop_table("season")
    op.drop_table("review_site")
    op.drop_table("release")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_major_code"))

    op.drop_table("plan")
    with op.batch_alter_table("payment_order", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_order_state"))
        batch_op.drop_index(batch_op.f("ix_payment_order_case_id"))

    op.drop_table("payment_order")
    with op.batch_alter_table("payment_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_event_outcome"))
        batch_op.drop_index(batch_op.f("ix_payment_event_number"))

    op.drop_table("payment_event")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_job_due",
            sqlite_where=sa.text("state = 'ready'"),
            postgresql_where=sa.text("state = 'ready'"),
        )
        batch_op.drop_index("ix_job_done_at")
        batch_op.drop_index(batch_op.f("ix_job_case_id"))

    op.drop_table("job")
    with op.batch_alter_table("file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_file_sha256"))
        batch_op.drop_index(batch_op.f("ix_file_owner_id"))
        batch_op.drop_index(batch_op.f("ix_file_case_id"))

    op.drop_table("file")
    with op.batch_alter_table("counter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_counter_ends_at"))

    op.drop_table("counter")
    op.drop_table("certificate_type")
    op.drop_table("certificate_number")
    with op.batch_alter_table("captcha_challenge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_captcha_challenge_created_at"))

    op.drop_table("captcha_challenge")
    op.drop_table("archive_record")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_mobile_index"))

    op.drop_table("account")
