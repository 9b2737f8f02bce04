"""What only the pages of scenarios use: making, changing and comparing them.

Imports no other area.
"""
