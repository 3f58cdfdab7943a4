"""Data that leaves the house other than as a report: for audits, with its own permission and trail entry."""
