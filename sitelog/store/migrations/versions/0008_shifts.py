"""Shifts: who is on, the opening check, the signed summary, its read-back, and drafts of the handover."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this shape."""
    op.create_table(
        "shift_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=48), nullable=False),
        sa.Column("line", sa.String(length=88), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("drafted", sa.Text(), nullable=False),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_draft")),
    )
    with op.batch_alter_table("shift_draft", schema=None) as batch_op:
        batch_op.create_index("ix_shift_draft_ref_line", ["ref", "line"], unique=False)

    op.create_table(
        "shift_duty",
        sa.Column("ref", sa.String(length=48), nullable=False),
        sa.Column("staff", sa.String(length=16), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_shift_duty_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_duty")),
    )
    with op.batch_alter_table("shift_duty", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shift_duty_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_shift_duty_ref"), ["ref"], unique=False)

    op.create_table(
        "shift_read_back",
        sa.Column("ref", sa.String(length=48), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("staff", sa.String(length=16), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_shift_read_back_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_read_back")),
    )
    with op.batch_alter_table("shift_read_back", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shift_read_back_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_shift_read_back_ref"), ["ref"], unique=False)

    op.create_table(
        "shift_sign_off",
        sa.Column("ref", sa.String(length=48), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("through_seq", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_shift_sign_off_counts_from_one")),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_shift_sign_off_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_sign_off")),
    )
    with op.batch_alter_table("shift_sign_off", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shift_sign_off_ends_at"), ["ends_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_shift_sign_off_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_shift_sign_off_ref"), ["ref"], unique=False)

    op.create_table(
        "shift_tick",
        sa.Column("ref", sa.String(length=48), nullable=False),
        sa.Column("item", sa.String(length=32), nullable=False),
        sa.Column("fine", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("number IS NULL OR number >= 0", name=op.f("ck_shift_tick_not_below_none")),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_shift_tick_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_tick")),
    )
    with op.batch_alter_table("shift_tick", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shift_tick_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_shift_tick_ref"), ["ref"], unique=False)
