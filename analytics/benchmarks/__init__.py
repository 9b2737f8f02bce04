"""How fast is it, beside what, and does it hold its limits?

In: nothing but the shipped data and made cases. Out: CPU seconds, ratios, peaks as text and data.
Imported by the command `benchmark` alone, and loaded only when it is asked for.
"""
