"""The scheduler: what is owed comes from the calendar and the receipts; an alarm only wakes the runner."""
