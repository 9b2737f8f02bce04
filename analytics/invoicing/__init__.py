"""What is sent to whom, and does every krona tie out? (K8, K17; readings T4–T6)

In: a sealed scenario, used means, recipients, the host. Out: proposed and issued runs in whole
kronor, checks, sheets as PDF, CSV and XLSX; an issued run is sealed and credited row by row.
Imported by pages and commands; it does not know the report, nor the report it.
"""
