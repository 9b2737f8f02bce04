"""What only the page Data uses: figures of inhabitants in, by file or by hand, and their vintages.

Imports no other area.
"""
