"""Help inside the app: a page a role, a page a screen, the keys and the words, each said in one place."""
