"""Supplies: what is handed out and taken back, naloxone kits, stock and oxygen cylinders."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this shape."""
    op.create_table(
        "naloxone_kit",
        sa.Column("form", sa.String(length=32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("trained", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_naloxone_kit_something_given")),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_naloxone_kit_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_naloxone_kit")),
    )
    with op.batch_alter_table("naloxone_kit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_naloxone_kit_link_seq"), ["link_seq"], unique=False)

    op.create_table(
        "oxygen_cylinder",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "percent BETWEEN 0 AND 100", name=op.f("ck_oxygen_cylinder_between_empty_and_full")
        ),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_oxygen_cylinder_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oxygen_cylinder")),
    )
    with op.batch_alter_table("oxygen_cylinder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_oxygen_cylinder_code"), ["code"], unique=False)
        batch_op.create_index(batch_op.f("ix_oxygen_cylinder_link_seq"), ["link_seq"], unique=False)

    op.create_table(
        "stock_move",
        sa.Column("item", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("lot", sa.String(length=32), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_stock_move_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_move")),
    )
    with op.batch_alter_table("stock_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stock_move_happened_at"), ["happened_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_stock_move_item"), ["item"], unique=False)
        batch_op.create_index(batch_op.f("ix_stock_move_link_seq"), ["link_seq"], unique=False)

    op.create_table(
        "supply_entry",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("visit_ref", sa.String(length=16), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_supply_entry_counts_from_one")),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_supply_entry_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supply_entry")),
    )
    with op.batch_alter_table("supply_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supply_entry_happened_at"), ["happened_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_supply_entry_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_supply_entry_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_supply_entry_ref"), ["ref"], unique=False)
        batch_op.create_index(batch_op.f("ix_supply_entry_visit_ref"), ["visit_ref"], unique=False)

    op.create_table(
        "supply_given",
        sa.Column("item", sa.String(length=32), nullable=False),
        sa.Column("kit", sa.String(length=32), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_supply_given_something_given")),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_supply_given_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supply_given")),
    )
    with op.batch_alter_table("supply_given", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supply_given_link_seq"), ["link_seq"], unique=False)

    op.create_table(
        "supply_pick_up",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("litres", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "count IS NOT NULL OR litres IS NOT NULL", name=op.f("ck_supply_pick_up_says_how_much")
        ),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_supply_pick_up_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supply_pick_up")),
    )
    with op.batch_alter_table("supply_pick_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supply_pick_up_link_seq"), ["link_seq"], unique=False)

    op.create_table(
        "supply_returned",
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=32), nullable=False),
        sa.Column("grams", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("count >= 0", name=op.f("ck_supply_returned_not_below_none")),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_supply_returned_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supply_returned")),
    )
    with op.batch_alter_table("supply_returned", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supply_returned_link_seq"), ["link_seq"], unique=False)
