-- Fråga:    Vad är bokfört på varje mål och månad?
-- Korn:     en rad per mål och månad; mal null är konton utan regel
-- Enhet:    hela ören (bigint); kostnad är plus
-- Källor:   huvudbok, kontering
-- Klausul:  K7

select
    kontering.mal,
    month(huvudbok.datum)::integer as manad,
    sum(huvudbok.belopp_ore)::bigint as belopp_ore,
    count(*)::bigint as rader,
    max(huvudbok.datum) as senast
from huvudbok
inner join kontering
    on huvudbok.konto = kontering.konto and huvudbok.objekt = kontering.objekt
where year(huvudbok.datum) = $ar
group by kontering.mal, manad
order by kontering.mal nulls last, manad
