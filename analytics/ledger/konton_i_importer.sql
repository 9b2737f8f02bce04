-- Fråga:    Vilka konton har de här inläsningarna bokfört på, vilka månader?
-- Korn:     en rad per konto, månad och om raden är ett årssaldo
-- Enhet:    text; inga belopp
-- Källor:   huvudbok
-- Klausul:  K7; saldon och verifikat på samma konto och månad skulle räknas två gånger

select distinct
    konto,
    date_trunc('month', datum)::date as manad,
    starts_with(verifikat, 'Årssaldo') as hittills
from huvudbok
where list_contains($importer, import_id)
order by konto, manad, hittills
