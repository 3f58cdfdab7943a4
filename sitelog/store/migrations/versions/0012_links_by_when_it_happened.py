"""What happened on a day is found without reading the whole chain, and so is the first thing of all."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index the instants."""
    op.create_index("ix_link_happened_at", "link", ["happened_at"])
