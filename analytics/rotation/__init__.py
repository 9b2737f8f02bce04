"""Who lends staff now, who is next, where are the gaps, and is it fair? (K13–K15)

In: dated inlån per party and category (percent, kr per month), obstacles, plan terms. Out: debts in
person-months as Fraction, a proven fair plan, checks, costs per tertial in kronor, calendar files.
Imported by followup, the example and above; the solver is loaded only when a plan is asked for.
"""
