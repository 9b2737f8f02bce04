-- Fråga:    Hur många av inläsningens rader är rättade av andra inläsningar?
-- Korn:     en rad
-- Enhet:    antal rader
-- Källor:   huvudbok
-- Klausul:  K7; en rättelse är en ny rad, och det den rättar ligger kvar

select count(distinct rattad.nyckel)::bigint as antal
from huvudbok as rattad
inner join huvudbok as rattelse on rattad.nyckel = rattelse.rattar
where rattad.import_id = $import_id and rattelse.import_id <> $import_id
