"""A link knows what was sent with its token."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this shape."""
    op.add_column("link", sa.Column("sent", sa.String(length=16), nullable=True))
