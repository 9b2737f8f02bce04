"""What only the pages of the fees use: the map of the kommuner.

Imports no other area.
"""
