"""Ids of posts that there is one of: the budget's second version of 2027, the comment on a line.

With a known id, two who save the first one at the same time meet in Conflict, and nothing is lost.
"""

from analytics.store.posts import Store


def free_id(store: Store, kind: str, base: str) -> str:
    """Return *base*, or *base* and a number where a removed post has it: no id is used again."""
    number, post_id = 1, base
    while (found := store.get(kind, post_id)) is not None and found.removed:
        number += 1
        post_id = f"{base}~{number}"
    return post_id
