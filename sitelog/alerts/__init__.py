"""Drug alerts: a warning of what goes round, in sight of everybody at the desk until they have read it."""
