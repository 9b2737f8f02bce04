-- Fråga:    Vilka konton är bokförda som saldon, eller som verifikat, och vilka månader?
-- Korn:     en rad per konto, månad och om raden är ett årssaldo
-- Enhet:    text; inga belopp
-- Källor:   huvudbok
-- Klausul:  K7; saldon och verifikat på samma konto och månad skulle räknas två gånger
-- Ett saldo som är rättat till noll räknas inte.

select
    konto,
    date_trunc('month', datum)::date as manad,
    starts_with(verifikat, 'Årssaldo ') as hittills
from huvudbok
where
    import_id in (select unnest($importer))
    and regexp_full_match(verifikat, 'Saldo [0-9]{6}|Årssaldo [0-9]{4}') = $saldon
group by konto, manad, hittills
having not $saldon or sum(belopp_ore) <> 0
order by konto, manad, hittills
