"""The directory says whom to ask, who may come, and what is left of a sponsor's seats."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this shape."""
    with op.batch_alter_table("referral_service", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contact", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("eligibility", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("sponsor", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("seats", sa.Integer(), nullable=True))
