"""The help pages, a file for each part of the app; `help.topics` says which screen each belongs to."""
