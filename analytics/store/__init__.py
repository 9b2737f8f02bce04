"""What have users entered, which version is it, and what happened to it? (K15–K18 rest on it)

In: posts (kind, id, data as JSON with literal keys) with a reason. Out: posts and events, whole or
not at all, in SQLite or PostgreSQL by SAMVERKAN_STORE; a conflict shows both values.
Imported by the rooms that keep something; it knows none of them, and imports the ground alone.
"""
