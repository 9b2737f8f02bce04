-- Fråga:    Hur mycket har priserna ändrats varje år, enligt varje index, och är det utfall eller prognos?
-- Korn:     en rad per index och år
-- Enhet:    procent mot året före
-- Källor:   prisindex
-- Klausul:  K1 (ramen är inte uppräknad sedan 2015), K9

select index_namn, ar, procent, status, kalla
from prisindex
order by index_namn, ar
