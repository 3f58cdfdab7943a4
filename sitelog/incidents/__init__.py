"""Incidents: what happens besides visits and overdoses, what was done, what is still open."""
