"""The one way to count: facts of every feature, without handle, place, staff or minute, into tables."""
