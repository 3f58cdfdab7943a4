"""Wrong PINs are counted apart from wrong passwords."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A count and a lock of their own; both begin anew."""
    op.add_column("credential", sa.Column("pin_tries", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("credential", sa.Column("pin_locked_until", sa.DateTime(timezone=True), nullable=True))
