"""Marks words for translation in rooms that know nothing of the web."""


def N_(message: str) -> str:  # noqa: N802 - gettext's customary name, found by its extractor
    """Give the message back unchanged; templates translate it when it is shown."""
    return message
