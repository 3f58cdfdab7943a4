"""Shifts: a window of time, who is on, the opening check, and the handover from one to the next."""
