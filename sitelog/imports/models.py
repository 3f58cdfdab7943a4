"""That files were imported: each with its SHA-256, how many rows it held and how many were new."""

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from sitelog.store.db import Base
from sitelog.store.recorded import Recorded


class ImportedFile(Recorded, Base):
    """One file of one import; all files of an import hang on one link. `sha256` is in hex."""

    __tablename__ = "imported_file"
    __table_args__ = (CheckConstraint("new_count <= row_count", name="no_more_new_than_rows"),)

    number: Mapped[int] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(32))
    sha256: Mapped[str] = mapped_column(String(64))
    row_count: Mapped[int]
    new_count: Mapped[int]
