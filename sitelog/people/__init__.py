"""People, known by a handle they chose or by nothing: never by name, never by document."""
