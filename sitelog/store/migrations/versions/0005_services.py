"""On-site services: what was given, what strips showed, what FTIR found; planned sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this shape."""
    op.create_table(
        "service_given",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("session_ref", sa.String(length=16), nullable=True),
        sa.Column("attending", sa.Integer(), nullable=True),
        sa.Column("topic", sa.String(length=32), nullable=True),
        sa.Column("result_given", sa.Boolean(), nullable=True),
        sa.Column("expected", sa.String(length=32), nullable=True),
        sa.Column("did", sa.String(length=32), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_service_given_counts_from_one")),
        sa.CheckConstraint("attending > 0", name=op.f("ck_service_given_somebody_attended")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_service_given_person_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_service_given_visit_id")),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_service_given_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_given")),
    )
    with op.batch_alter_table("service_given", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_given_happened_at"), ["happened_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_given_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_given_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_given_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_given_ref"), ["ref"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_given_session_ref"), ["session_ref"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_given_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "service_strip",
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("strip", sa.String(length=32), nullable=False),
        sa.Column("result", sa.String(length=16), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "result IN ('positive', 'negative', 'invalid')", name=op.f("ck_service_strip_known_result")
        ),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_service_strip_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_strip")),
    )
    with op.batch_alter_table("service_strip", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_strip_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_strip_ref"), ["ref"], unique=False)

    op.create_table(
        "service_component",
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("component", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_service_component_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_component")),
    )
    with op.batch_alter_table("service_component", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_component_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_component_ref"), ["ref"], unique=False)

    op.create_table(
        "service_session",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=32), nullable=False),
        sa.Column("leads", sa.String(length=64), nullable=True),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_service_session_counts_from_one")),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_service_session_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_session")),
    )
    with op.batch_alter_table("service_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_session_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_session_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_session_ref"), ["ref"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_session_starts_at"), ["starts_at"], unique=False)

    op.create_table(
        "service_session_cancelled",
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_service_session_cancelled_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_session_cancelled")),
    )
    with op.batch_alter_table("service_session_cancelled", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_session_cancelled_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_session_cancelled_ref"), ["ref"], unique=False)
