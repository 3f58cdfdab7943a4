"""On-site services: what was given at the site itself, with or without a person."""
