-- Fråga:    Vilka villkor gäller för varje part, från vilket datum?
-- Korn:     en rad per part och datum då något ändras
-- Enhet:    andelar är verksamhetsandelar (K6)
-- Källor:   part
-- Klausul:  K5, K6, K10, K12, K14

select part_id, fran, namn, grupp, deltar, betalar, andelar, kategori, kalla
from part
order by part_id, fran
