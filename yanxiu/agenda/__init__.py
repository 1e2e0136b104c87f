"""日程与待办: what is to happen and who owes what."""
