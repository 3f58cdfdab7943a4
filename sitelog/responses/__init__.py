"""Responses to overdoses and drug emergencies: one tap each, timed, never argued with."""
