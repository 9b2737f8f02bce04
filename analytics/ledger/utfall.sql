-- Fråga:    Vad är bokfört på varje mål och tertial?
-- Korn:     en rad per mål och tertial, inte ackumulerat; mal null är konton utan regel
-- Enhet:    hela ören (bigint); kostnad är plus
-- Källor:   huvudbok, kontering
-- Klausul:  K7

select
    kontering.mal,
    -- januari-april är 1, maj-augusti 2, september-december 3
    (month(huvudbok.datum) + 3) // 4 as tertial,
    -- ::bigint, för sum() ger hugeint
    sum(huvudbok.belopp_ore)::bigint as belopp_ore,
    count(*)::bigint as rader
from huvudbok
inner join kontering
    on huvudbok.konto = kontering.konto and huvudbok.objekt = kontering.objekt
where year(huvudbok.datum) = $ar and huvudbok.id <= $till_id
group by kontering.mal, tertial
order by kontering.mal nulls last, tertial
