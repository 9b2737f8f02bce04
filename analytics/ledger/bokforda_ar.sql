-- Fråga:    Vilka år är något bokfört?
-- Korn:     en rad per år
-- Enhet:    årtal
-- Källor:   huvudbok
-- Klausul:  K7

select distinct year(datum)::integer as ar
from huvudbok
order by ar
