"""The threshold above which a deviation needs words (K7)."""

from fractions import Fraction

from analytics.followup.errors import FollowupFault
from analytics.followup.figures import Threshold, threshold_from_data, threshold_to_data
from analytics.followup.saving import require_reason
from analytics.store.posts import Store
from analytics.swedish import parse_decimal, parse_kronor

SETTING, THRESHOLD_ID = "installning", "uppfoljning"


def threshold(store: Store) -> Threshold:
    """Return the threshold that holds: 5 % or 50 000 kr until someone sets another."""
    post = store.get(SETTING, THRESHOLD_ID)
    if post is None:
        return Threshold()
    return threshold_from_data(post.data)


def set_threshold(store: Store, percent: str, amount: str, *, reason: str) -> Threshold:
    """Save another threshold, as written. Raises BadInput, FollowupFault, ReasonMissing."""
    share, limit_kr = Fraction(parse_decimal(percent, "%")), parse_kronor(amount)
    if not 0 <= share <= 100 or limit_kr < 0:
        raise FollowupFault(
            "Tröskeln kan inte vara så. Skriv 0 till 100 procent och ett belopp från noll (K7)."
        )
    require_reason(reason, "Skriv varför tröskeln ändras.")
    before = store.get(SETTING, THRESHOLD_ID)
    level = Threshold(share, limit_kr)
    version = before.version if before else None
    store.save(
        SETTING, threshold_to_data(level), reason=reason, post_id=THRESHOLD_ID, version=version
    )
    return level
