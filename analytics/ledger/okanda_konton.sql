-- Fråga:    Vilka bokförda konton hör inte hemma någonstans?
-- Korn:     en rad per (konto, objekt) utan regel
-- Enhet:    hela ören (bigint)
-- Källor:   huvudbok, kontering
-- Klausul:  K7; ett okänt konto hindrar att tertialet stängs

select
    huvudbok.konto,
    huvudbok.objekt,
    sum(huvudbok.belopp_ore)::bigint as belopp_ore,
    count(*)::bigint as rader
from huvudbok
inner join kontering
    on huvudbok.konto = kontering.konto and huvudbok.objekt = kontering.objekt
where
    year(huvudbok.datum) = $ar
    and (month(huvudbok.datum) + 3) // 4 <= $till_tertial
    and kontering.mal is null
group by huvudbok.konto, huvudbok.objekt
order by huvudbok.konto, huvudbok.objekt
