"""What was imported: files, their digests, how many rows."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "imported_file",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("new_count", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("new_count <= row_count", name=op.f("ck_imported_file_no_more_new_than_rows")),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["link.seq"],
            name=op.f("fk_imported_file_link_seq"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_file")),
    )
    with op.batch_alter_table("imported_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imported_file_link_seq"), ["link_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_imported_file_number"), ["number"], unique=False)
