"""What only the page of the tertial uses: lines, activities, table, charts, the report.

Imports no other area.
"""
