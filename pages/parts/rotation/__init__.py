"""What only the page of the rotation uses: register, obstacles, proposals, swaps, the chart.

Imports no other area.
"""
