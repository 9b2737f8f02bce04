-- Fråga:    Hur många invånare hade varje kommun vid varje årsskifte?
-- Korn:     en rad per kommun och 31 december
-- Enhet:    invånare
-- Källor:   folkmangd
-- Klausul:  K3

select part_id, year(datum) as ar, antal
from folkmangd
where month(datum) = 12 and day(datum) = 31
order by part_id, ar
