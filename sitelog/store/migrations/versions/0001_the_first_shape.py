"""The first shape."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this shape."""
    op.create_table(
        "credential",
        sa.Column("account_ref", sa.String(length=16), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("pin_hash", sa.String(length=200), nullable=True),
        sa.Column("failed_tries", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("failed_tries >= 0", name=op.f("ck_credential_tries_are_counted")),
        sa.PrimaryKeyConstraint("account_ref", name=op.f("pk_credential")),
    )
    op.create_table(
        "device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_by", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_device_token_hash")),
    )
    op.create_table(
        "link",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=True),
        sa.Column("amends", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("mac", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("length(mac) = 32", name=op.f("ck_link_has_a_mac")),
        sa.CheckConstraint("seq > 0", name=op.f("ck_link_counts_from_one")),
        sa.ForeignKeyConstraint(["amends"], ["link.seq"], name=op.f("fk_link_amends")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_link")),
        sa.UniqueConstraint("amends", name=op.f("uq_link_amends")),
        sa.UniqueConstraint("token", name=op.f("uq_link_token")),
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index("ix_link_kind_seq", ["kind", "seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_link_subject"), ["subject"], unique=False)

    op.create_table(
        "receipt",
        sa.Column("job", sa.String(length=64), nullable=False),
        sa.Column("period", sa.String(length=64), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=300), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("attempts > 0", name=op.f("ck_receipt_was_tried")),
        sa.PrimaryKeyConstraint("job", "period", name=op.f("pk_receipt")),
    )
    op.create_table(
        "account",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("initials", sa.String(length=4), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("role NOT IN ('desk', 'system')", name=op.f("ck_account_role_of_a_person")),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_account_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index("ix_account_ref_id", ["ref", "id"], unique=False)

    op.create_table(
        "cell_truth",
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.String(length=64), nullable=False),
        sa.Column("row_code", sa.String(length=120), nullable=False),
        sa.Column("column_code", sa.String(length=64), nullable=False),
        sa.Column("truth", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["link_seq"], ["link.seq"], name=op.f("fk_cell_truth_link_seq")),
        sa.PrimaryKeyConstraint(
            "link_seq", "table_id", "row_code", "column_code", name=op.f("pk_cell_truth")
        ),
    )
    op.create_table(
        "note",
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"], ["link.seq"], name=op.f("fk_note_link_seq"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("link_seq", name=op.f("pk_note")),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_subject"), ["subject"], unique=False)

    op.create_table(
        "note_seal",
        sa.Column("seal", sa.LargeBinary(length=32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_note_seal_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_seal")),
    )
    with op.batch_alter_table("note_seal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_seal_link_seq"), ["link_seq"], unique=False)

    op.create_table(
        "person",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"], ["link.seq"], name=op.f("fk_person_link_seq"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("number", name=op.f("uq_person_number")),
        sa.UniqueConstraint("ref", name=op.f("uq_person_ref")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_link_seq"), ["link_seq"], unique=False)

    op.create_table(
        "place_service",
        sa.Column("place_code", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_place_service_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_service")),
    )
    with op.batch_alter_table("place_service", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_service_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_service_place_code"), ["place_code"], unique=False)

    op.create_table(
        "referral_follow_up",
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("root_seq", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_referral_follow_up_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_follow_up")),
    )
    with op.batch_alter_table("referral_follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_follow_up_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_follow_up_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_follow_up_ref"), ["ref"], unique=False)

    op.create_table(
        "referral_rung",
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("rung", sa.String(length=16), nullable=False),
        sa.Column("how", sa.String(length=16), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("root_seq", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(rung = 'made') = (how IS NOT NULL)", name=op.f("ck_referral_rung_made_says_how")
        ),
        sa.CheckConstraint(
            "root_seq IS NULL OR root_seq < link_seq", name=op.f("ck_referral_rung_root_is_earlier")
        ),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_referral_rung_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_rung")),
    )
    with op.batch_alter_table("referral_rung", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_rung_happened_at"), ["happened_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_rung_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_rung_ref"), ["ref"], unique=False)

    op.create_table(
        "referral_service",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("agency", sa.String(length=80), nullable=False),
        sa.Column("opening", sa.String(length=120), nullable=False),
        sa.Column("availability", sa.String(length=40), nullable=False),
        sa.Column("tone", sa.String(length=8), nullable=False),
        sa.Column("on_site", sa.Boolean(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_referral_service_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_service")),
    )
    with op.batch_alter_table("referral_service", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_service_code"), ["code"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_service_link_seq"), ["link_seq"], unique=False)

    op.create_table(
        "release",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("audience", sa.String(length=32), nullable=False),
        sa.Column("policy", sa.String(length=32), nullable=False),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("through_seq", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_release_ends_after_it_starts")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_release_has_a_digest")),
        sa.CheckConstraint("version > 0", name=op.f("ck_release_counts_from_one")),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_release_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("file_name", name=op.f("uq_release_file_name")),
        sa.UniqueConstraint(
            "kind", "audience", "first_on", "version", name=op.f("uq_release_kind_audience_first_on_version")
        ),
    )
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_release_audience"), ["audience"], unique=False)
        batch_op.create_index(batch_op.f("ix_release_first_on"), ["first_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_release_link_seq"), ["link_seq"], unique=False)

    op.create_table(
        "release_cell",
        sa.Column("table_id", sa.String(length=64), nullable=False),
        sa.Column("row_code", sa.String(length=120), nullable=False),
        sa.Column("column_code", sa.String(length=64), nullable=False),
        sa.Column("measure", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("dims", sa.Text(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=False),
        sa.Column("shown", sa.String(length=16), nullable=False),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_release_cell_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_cell")),
    )
    with op.batch_alter_table("release_cell", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_release_cell_link_seq"), ["link_seq"], unique=False)

    op.create_table(
        "response",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_response_counts_from_one")),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_response_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
        sa.UniqueConstraint("number", name=op.f("uq_response_number")),
        sa.UniqueConstraint("ref", name=op.f("uq_response_ref")),
    )
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_response_link_seq"), ["link_seq"], unique=False)

    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_setting_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
    )
    with op.batch_alter_table("setting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_setting_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_setting_name"), ["name"], unique=False)

    op.create_table(
        "staff_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_ref", sa.String(length=16), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_staff_session_device_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_session_token_hash")),
    )
    with op.batch_alter_table("staff_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_session_account_ref"), ["account_ref"], unique=False)
        batch_op.create_index(batch_op.f("ix_staff_session_device_id"), ["device_id"], unique=False)

    op.create_table(
        "visit",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"], ["link.seq"], name=op.f("fk_visit_link_seq"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("number", name=op.f("uq_visit_number")),
        sa.UniqueConstraint("ref", name=op.f("uq_visit_ref")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_link_seq"), ["link_seq"], unique=False)

    op.create_table(
        "handle",
        sa.Column("handle_key", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=80), nullable=False),
        sa.Column("normalised", sa.String(length=160), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_handle_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("handle_key", name=op.f("pk_handle")),
        sa.UniqueConstraint("normalised", name=op.f("uq_handle_normalised")),
        sa.UniqueConstraint("person_id", name=op.f("uq_handle_person_id")),
    )
    op.create_table(
        "person_naming",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("handle_key", sa.String(length=32), nullable=False),
        sa.Column("handle_seal", sa.LargeBinary(length=32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_person_naming_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_person_naming_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_naming")),
        sa.UniqueConstraint("handle_key", name=op.f("uq_person_naming_handle_key")),
    )
    with op.batch_alter_table("person_naming", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_naming_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_naming_person_id"), ["person_id"], unique=False)

    op.create_table(
        "referral",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("service_code", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("on_site", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("response_ref", sa.String(length=16), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_referral_counts_from_one")),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_referral_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_referral_person_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_referral_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_ref"), ["ref"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_response_ref"), ["response_ref"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "response_closing",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("plan", sa.String(length=32), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_response_closing_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_response_closing_response_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_closing")),
    )
    with op.batch_alter_table("response_closing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_response_closing_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_response_closing_response_id"), ["response_id"], unique=False)

    op.create_table(
        "response_duty",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("duty", sa.String(length=32), nullable=False),
        sa.Column("staff_ref", sa.String(length=16), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_response_duty_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_response_duty_response_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_duty")),
    )
    with op.batch_alter_table("response_duty", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_response_duty_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_response_duty_response_id"), ["response_id"], unique=False)

    op.create_table(
        "response_pathway",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pathway", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_response_pathway_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_response_pathway_response_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_pathway")),
    )
    with op.batch_alter_table("response_pathway", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_response_pathway_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_response_pathway_response_id"), ["response_id"], unique=False)

    op.create_table(
        "response_recognition",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_response_recognition_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_response_recognition_response_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_recognition")),
    )
    with op.batch_alter_table("response_recognition", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_response_recognition_happened_at"), ["happened_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_response_recognition_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_response_recognition_response_id"), ["response_id"], unique=False
        )

    op.create_table(
        "response_step",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device", sa.String(length=32), nullable=True),
        sa.Column("litres_per_minute", sa.Integer(), nullable=True),
        sa.Column("micrograms", sa.Integer(), nullable=True),
        sa.Column("route", sa.String(length=32), nullable=True),
        sa.Column("giver", sa.String(length=8), nullable=True),
        sa.Column("word", sa.String(length=32), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(giver IS NOT NULL) = (kind LIKE '%naloxone')", name=op.f("ck_response_step_a_dose_has_a_giver")
        ),
        sa.CheckConstraint("litres_per_minute BETWEEN 0 AND 60", name=op.f("ck_response_step_possible_flow")),
        sa.CheckConstraint("micrograms BETWEEN 1 AND 100000", name=op.f("ck_response_step_possible_dose")),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_response_step_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_response_step_response_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_step")),
    )
    with op.batch_alter_table("response_step", schema=None) as batch_op:
        batch_op.create_index("ix_response_step_kind_happened_at", ["kind", "happened_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_response_step_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_response_step_response_id"), ["response_id"], unique=False)

    op.create_table(
        "response_vitals",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spo2", sa.Integer(), nullable=True),
        sa.Column("respirations", sa.Integer(), nullable=True),
        sa.Column("pulse", sa.Integer(), nullable=True),
        sa.Column("sedation_scale", sa.String(length=32), nullable=True),
        sa.Column("sedation_score", sa.Integer(), nullable=True),
        sa.Column("pupils", sa.String(length=32), nullable=True),
        sa.Column("skin", sa.String(length=32), nullable=True),
        sa.Column("glucose_tenths", sa.Integer(), nullable=True),
        sa.Column("temperature_tenths", sa.Integer(), nullable=True),
        sa.Column("systolic", sa.Integer(), nullable=True),
        sa.Column("diastolic", sa.Integer(), nullable=True),
        sa.Column("bound", sa.String(length=8), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("bound IN ('below', 'above')", name=op.f("ck_response_vitals_bound_is_known")),
        sa.CheckConstraint(
            "(sedation_scale IS NULL) = (sedation_score IS NULL)",
            name=op.f("ck_response_vitals_a_score_has_a_scale"),
        ),
        sa.CheckConstraint("diastolic BETWEEN 0 AND 250", name=op.f("ck_response_vitals_possible_diastolic")),
        sa.CheckConstraint(
            "glucose_tenths BETWEEN 0 AND 1000", name=op.f("ck_response_vitals_possible_glucose")
        ),
        sa.CheckConstraint("pulse BETWEEN 0 AND 300", name=op.f("ck_response_vitals_possible_pulse")),
        sa.CheckConstraint(
            "respirations BETWEEN 0 AND 80", name=op.f("ck_response_vitals_possible_respirations")
        ),
        sa.CheckConstraint("spo2 BETWEEN 0 AND 100", name=op.f("ck_response_vitals_possible_spo2")),
        sa.CheckConstraint("systolic BETWEEN 0 AND 350", name=op.f("ck_response_vitals_possible_systolic")),
        sa.CheckConstraint(
            "temperature_tenths BETWEEN 150 AND 460", name=op.f("ck_response_vitals_possible_temperature")
        ),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_response_vitals_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_response_vitals_response_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_vitals")),
    )
    with op.batch_alter_table("response_vitals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_response_vitals_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_response_vitals_response_id"), ["response_id"], unique=False)

    op.create_table(
        "response_whereabouts",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("area", sa.String(length=32), nullable=False),
        sa.Column("place_code", sa.String(length=8), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(area = 'place') = (place_code IS NOT NULL)",
            name=op.f("ck_response_whereabouts_a_place_has_a_code"),
        ),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_response_whereabouts_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_response_whereabouts_response_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_response_whereabouts_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_whereabouts")),
    )
    with op.batch_alter_table("response_whereabouts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_response_whereabouts_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_response_whereabouts_place_code"), ["place_code"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_response_whereabouts_response_id"), ["response_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_response_whereabouts_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "visit_arrival",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("anonymous_number", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("help_reason", sa.String(length=32), nullable=True),
        sa.Column("help", sa.Boolean(), nullable=False),
        sa.Column("splitting", sa.Boolean(), nullable=False),
        sa.Column("drug_check", sa.Boolean(), nullable=False),
        sa.Column("step_free", sa.Boolean(), nullable=False),
        sa.Column("where_else", sa.String(length=32), nullable=True),
        sa.Column("alone", sa.String(length=32), nullable=True),
        sa.Column("last_use", sa.String(length=32), nullable=True),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("purpose IN ('consume', 'service')", name=op.f("ck_visit_arrival_known_purpose")),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (anonymous_number IS NULL)",
            name=op.f("ck_visit_arrival_somebody_or_a_number"),
        ),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_visit_arrival_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visit_arrival_person_id")),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
            name=op.f("fk_visit_arrival_visit_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_arrival")),
    )
    with op.batch_alter_table("visit_arrival", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_arrival_happened_at"), ["happened_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_arrival_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_arrival_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_arrival_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "visit_check",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("place_code", sa.String(length=8), nullable=True),
        sa.Column("looks", sa.String(length=32), nullable=True),
        sa.Column("spo2", sa.Integer(), nullable=True),
        sa.Column("respirations", sa.Integer(), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "respirations BETWEEN 0 AND 120", name=op.f("ck_visit_check_possible_respirations")
        ),
        sa.CheckConstraint("spo2 BETWEEN 0 AND 100", name=op.f("ck_visit_check_possible_spo2")),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_visit_check_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
            name=op.f("fk_visit_check_visit_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_check")),
    )
    with op.batch_alter_table("visit_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_check_happened_at"), ["happened_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_check_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_check_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "visit_declared",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("substance", sa.String(length=32), nullable=False),
        sa.Column("route", sa.String(length=32), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("episode > 0", name=op.f("ck_visit_declared_counts_from_one")),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_visit_declared_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
            name=op.f("fk_visit_declared_visit_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_declared")),
    )
    with op.batch_alter_table("visit_declared", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_declared_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_declared_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "visit_departure",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "how IN ('left', 'left_before_service')", name=op.f("ck_visit_departure_known_way")
        ),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_visit_departure_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
            name=op.f("fk_visit_departure_visit_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_departure")),
    )
    with op.batch_alter_table("visit_departure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_departure_happened_at"), ["happened_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_departure_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_departure_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "visit_stay",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=32), nullable=False),
        sa.Column("place_code", sa.String(length=8), nullable=True),
        sa.Column("episode", sa.Integer(), nullable=True),
        sa.Column("after_response", sa.Boolean(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(area = 'place') = (episode IS NOT NULL)", name=op.f("ck_visit_stay_a_place_is_an_episode")
        ),
        sa.CheckConstraint(
            "(area = 'place') = (place_code IS NOT NULL)", name=op.f("ck_visit_stay_a_place_has_a_code")
        ),
        sa.CheckConstraint(
            "area IN ('waiting', 'place', 'aftercare', 'service')", name=op.f("ck_visit_stay_known_area")
        ),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_visit_stay_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
            name=op.f("fk_visit_stay_visit_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_stay")),
    )
    with op.batch_alter_table("visit_stay", schema=None) as batch_op:
        batch_op.create_index("ix_visit_stay_area_happened_at", ["area", "happened_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_stay_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_stay_visit_id"), ["visit_id"], unique=False)
