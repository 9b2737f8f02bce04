"""What only the page Om uses: the words of the agreement.

Imports no other area.
"""
