"""Bringing the past along: line lists as CSV, checked row by row, entered all or nothing."""
