"""Handles and codes with ø, ł and their like are found by the letters most keyboards have."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)


def upgrade() -> None:
    """Spell them as they are compared now."""
    _respell("handle", "handle_key")
    _respell("person_code", "code_key")


def _respell(name: str, key: str) -> None:
    words = sa.table(name, sa.column(key, sa.String), sa.column("normalised", sa.String))
    rows = op.get_bind().execute(sa.select(words.c[key], words.c.normalised)).all()
    kept = {str(one): str(spelled) for one, spelled in rows}
    taken = set(kept.values())
    for one, spelled in kept.items():
        plain = spelled.translate(PLAIN)
        if plain == spelled:
            continue
        # Who has been told apart from somebody by this letter alone stays somebody else.
        new = f"{plain} {spelled}" if plain in taken else plain
        taken.add(new)
        op.execute(words.update().where(words.c[key] == one).values(normalised=new))
