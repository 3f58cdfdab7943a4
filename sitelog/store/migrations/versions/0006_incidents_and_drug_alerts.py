"""Incidents with their steps, ties and endings; drug alerts with who has read them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this shape."""
    op.create_table(
        "drug_alert",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words_key", sa.String(length=32), nullable=False),
        sa.Column("words_seal", sa.LargeBinary(length=32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_drug_alert_counts_from_one")),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_drug_alert_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drug_alert")),
        sa.UniqueConstraint("words_key", name=op.f("uq_drug_alert_words_key")),
    )
    with op.batch_alter_table("drug_alert", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drug_alert_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_drug_alert_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_drug_alert_ref"), ["ref"], unique=False)

    op.create_table(
        "drug_alert_end",
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_drug_alert_end_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drug_alert_end")),
    )
    with op.batch_alter_table("drug_alert_end", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drug_alert_end_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_drug_alert_end_ref"), ["ref"], unique=False)

    op.create_table(
        "drug_alert_read",
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("version_seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_drug_alert_read_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drug_alert_read")),
    )
    with op.batch_alter_table("drug_alert_read", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drug_alert_read_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_drug_alert_read_ref"), ["ref"], unique=False)
        batch_op.create_index(batch_op.f("ix_drug_alert_read_version_seq"), ["version_seq"], unique=False)

    op.create_table(
        "incident",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("where_code", sa.String(length=16), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_incident_counts_from_one")),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_incident_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_happened_at"), ["happened_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_incident_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_incident_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_incident_ref"), ["ref"], unique=False)

    op.create_table(
        "incident_answer",
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("answer", sa.String(length=32), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("staff_ref", sa.String(length=16), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answer IS NOT NULL OR number IS NOT NULL OR staff_ref IS NOT NULL",
            name=op.f("ck_incident_answer_says_something"),
        ),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_incident_answer_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_answer")),
    )
    with op.batch_alter_table("incident_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_answer_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_incident_answer_ref"), ["ref"], unique=False)

    op.create_table(
        "incident_end",
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("how", sa.String(length=32), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_incident_end_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_end")),
    )
    with op.batch_alter_table("incident_end", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_end_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_incident_end_ref"), ["ref"], unique=False)

    op.create_table(
        "incident_step",
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("witness_ref", sa.String(length=16), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_incident_step_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_step")),
    )
    with op.batch_alter_table("incident_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_step_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_incident_step_ref"), ["ref"], unique=False)

    op.create_table(
        "incident_tie",
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("to_ref", sa.String(length=16), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_incident_tie_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_tie")),
    )
    with op.batch_alter_table("incident_tie", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_tie_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_incident_tie_ref"), ["ref"], unique=False)
        batch_op.create_index(batch_op.f("ix_incident_tie_to_ref"), ["to_ref"], unique=False)

    op.create_table(
        "drug_alert_words",
        sa.Column("words_key", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["words_key"],
            ["drug_alert.words_key"],
            name=op.f("fk_drug_alert_words_words_key"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("words_key", name=op.f("pk_drug_alert_words")),
    )
