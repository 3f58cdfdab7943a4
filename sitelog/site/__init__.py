"""The site itself: its places, the words of its lists, its limits and its policies."""
