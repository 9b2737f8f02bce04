"""How many inhabitants will there be, and how sure is it? (K3, K4, T6)

In: known year-ends and a method. Out: inhabitants per party and date ahead, draws, intervals,
errors of a backtest in per cent and kronor, what a fee is sensitive to.
Imported by whatif, term and above; it asks fees what a population costs.
"""
