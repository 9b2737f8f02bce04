"""The session's keys that more than one module reads: a key that only one has is its own.

What stands in the address too has the address' word, which never changes (vy, sidval).
"""

# the view: what every page shows
YEAR, SCENARIO, PARTY = "ar", "scenario", "part"
# Scenarier: which are compared, which way to work, which one is worked on
COMPARED, SCENARIO_WAY, SCENARIO_OPEN = "jamfor", "sc_vad", "sc_valt"
# Bokföring: which work is being done
LEDGER_WAY = "gor"
# Fakturaunderlag: the sealed scenario that the next run rests on
BASIS = "underlag"
# Tertial: the budget line whose rows are shown
LINE = "post"
