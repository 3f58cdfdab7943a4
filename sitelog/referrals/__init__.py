"""Referrals: the directory of services, the ladder with a date at each rung, and follow-ups."""
