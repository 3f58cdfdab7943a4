"""Visits: arrived, waiting, in a place, in aftercare, left."""
