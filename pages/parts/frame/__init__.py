"""Where am I, on what question, and what is in force? Navigation, address, strip, guard, acts.

Imported by every page and area; it knows no area.
"""
