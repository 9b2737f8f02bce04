-- Fråga:    Vilka av de här raderna finns redan i huvudboken, och ur vilken inläsning?
-- Korn:     en rad per nyckel som finns
-- Enhet:    text; inga belopp
-- Källor:   huvudbok
-- Klausul:  K7; samma fil två gånger lägger inte till något

select nyckel, import_id
from huvudbok
where nyckel in (select unnest($nycklar))
