"""When the chain was walked, and how it went."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this shape."""
    op.create_table(
        "walk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("links", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("broken_at", sa.Integer(), nullable=True),
        sa.CheckConstraint("(digest IS NULL) <> (broken_at IS NULL)", name=op.f("ck_walk_held_or_broke")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walk")),
    )
