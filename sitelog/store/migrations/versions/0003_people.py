"""What is known of a person besides the handle: code, birth year, gender, agreement, alerts, restrictions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this shape."""
    op.create_table(
        "person_agreement",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_person_agreement_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_person_agreement_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_agreement")),
    )
    with op.batch_alter_table("person_agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_agreement_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_agreement_person_id"), ["person_id"], unique=False)

    op.create_table(
        "person_alert",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("root_seq", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_person_alert_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_person_alert_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_alert")),
    )
    with op.batch_alter_table("person_alert", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_alert_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_alert_person_id"), ["person_id"], unique=False)

    op.create_table(
        "person_code",
        sa.Column("code_key", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=80), nullable=False),
        sa.Column("normalised", sa.String(length=160), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_person_code_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("code_key", name=op.f("pk_person_code")),
        sa.UniqueConstraint("normalised", name=op.f("uq_person_code_normalised")),
        sa.UniqueConstraint("person_id", name=op.f("uq_person_code_person_id")),
    )
    op.create_table(
        "person_coding",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code_key", sa.String(length=32), nullable=False),
        sa.Column("code_seal", sa.LargeBinary(length=32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_person_coding_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_person_coding_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_coding")),
        sa.UniqueConstraint("code_key", name=op.f("uq_person_coding_code_key")),
    )
    with op.batch_alter_table("person_coding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_coding_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_coding_person_id"), ["person_id"], unique=False)

    op.create_table(
        "person_ending",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("entry_seq", sa.Integer(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry_seq"], ["link.seq"], name=op.f("fk_person_ending_entry_seq")),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_person_ending_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_person_ending_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_ending")),
    )
    with op.batch_alter_table("person_ending", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_ending_entry_seq"), ["entry_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_ending_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_ending_person_id"), ["person_id"], unique=False)

    op.create_table(
        "person_let_in",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_person_let_in_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_person_let_in_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_let_in")),
    )
    with op.batch_alter_table("person_let_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_let_in_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_let_in_person_id"), ["person_id"], unique=False)

    op.create_table(
        "person_merge",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("person_id <> into_id", name=op.f("ck_person_merge_two_registrations")),
        sa.ForeignKeyConstraint(
            ["into_id"],
            ["person.id"],
            name=op.f("fk_person_merge_into_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_person_merge_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_person_merge_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge")),
    )
    with op.batch_alter_table("person_merge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_merge_into_id"), ["into_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_merge_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_merge_person_id"), ["person_id"], unique=False)

    op.create_table(
        "person_restriction",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("root_seq", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_person_restriction_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_person_restriction_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_person_restriction_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_restriction")),
    )
    with op.batch_alter_table("person_restriction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_restriction_ends_on"), ["ends_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_restriction_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_restriction_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_restriction_review_on"), ["review_on"], unique=False)

    op.create_table(
        "person_trait",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("gender", sa.String(length=32), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "birth_year BETWEEN 1900 AND 2200", name=op.f("ck_person_trait_plausible_birth_year")
        ),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_person_trait_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_person_trait_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_trait")),
    )
    with op.batch_alter_table("person_trait", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_trait_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_trait_person_id"), ["person_id"], unique=False)
