"""The ground floor: time, days, roles, facts, errors and settings; standard library only."""
