-- Fråga:    Ligger varje post på plan, ackumulerat till och med varje tertial?
-- Korn:     en rad per post och tertial (alltid 1, 2 och 3)
-- Enhet:    hela ören (bigint). Avvikelse = budget - utfall; plus är pengar kvar
-- Källor:   $budget_*: den beslutade budgetens poster; $utfall_*: utfall.sql, per post
-- Klausul:  K2, K7

with

rader as (

    select
        unnest($budget_post::varchar[]) as post,
        unnest($budget_tertial::bigint[]) as tertial,
        unnest($budget_ore::bigint[]) as budget_ore,
        0::bigint as utfall_ore,
        0::bigint as antal

    union all

    select
        unnest($utfall_post::varchar[]),
        unnest($utfall_tertial::bigint[]),
        0,
        unnest($utfall_ore::bigint[]),
        unnest($utfall_rader::bigint[])

),

-- Ett tertial är bokfört när någon kostnad är det. Annars är utfallet okänt, inte noll.
bokfort as (

    select unnest($bokforda::bigint[]) as tertial

),

poster as (

    select distinct
        post,
        unnest([1, 2, 3]) as tertial
    from rader

)

select
    poster.post,
    poster.tertial,
    -- ::bigint, för sum() ger hugeint
    sum(rader.budget_ore)::bigint as budget_ore,
    if(any_value(bokfort.tertial) is null, null, sum(rader.utfall_ore)::bigint) as utfall_ore,
    sum(rader.antal)::bigint as antal
from poster
inner join rader
    on poster.post = rader.post and rader.tertial <= poster.tertial
left join bokfort
    on poster.tertial = bokfort.tertial
group by poster.post, poster.tertial
order by poster.post, poster.tertial
