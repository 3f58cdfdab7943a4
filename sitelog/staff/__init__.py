"""The people who work here: accounts, PINs, roles, and who is at which desk."""
