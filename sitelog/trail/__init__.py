"""The trail: one hash chain that is audit log, live news and handover feed at once."""
