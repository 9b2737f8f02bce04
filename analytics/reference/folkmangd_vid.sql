-- Fråga:    Hur många invånare har varje part på vart och ett av dessa datum, och hur vet vi det?
-- Korn:     en rad per part och datum; antal är null där ingen siffra finns på eller före datumet
-- Enhet:    invånare (heltal); status utfall, uppskattad eller prognos; regel är en mening
-- Källor:   folkmangd, folkmangd_delsumma och de egna siffror som skickas in ($egna_*)
-- Klausul:  K3 (31 december före budgetåret), K4 (30 juni året före budgetåret), T6

with

fragade as (

    select
        part_id,
        datum
    from (select unnest($parter::varchar[]) as part_id)
    cross join (select unnest($datum::date[]) as datum)

),

egna as (

    select
        unnest($egna_part::varchar[]) as part_id,
        unnest($egna_datum::date[]) as datum,
        unnest($egna_antal::bigint[]) as antal,
        unnest($egna_status::varchar[]) as status,
        unnest($egna_kalla::varchar[]) as kalla

),

-- en egen siffra går före den som följer med programmet
siffror as (

    select
        *,
        true as egen
    from egna

    union all

    select
        part_id,
        datum,
        antal,
        -- en siffra som någon har satt för hand är ingen publicerad siffra
        if(starts_with(kalla, 'Satt för hand '), 'uppskattad', 'utfall'),
        kalla,
        false
    from folkmangd
    anti join egna using (part_id, datum)

),

-- T6: den senaste siffran på eller före datumet (fore) och den första efter (efter)
grannar as (

    select
        fragade.part_id,
        fragade.datum,
        arg_max(siffror, siffror.datum) filter (siffror.datum <= fragade.datum) as fore,
        arg_min(siffror, siffror.datum) filter (siffror.datum > fragade.datum) as efter
    from fragade
    inner join siffror on siffror.part_id = fragade.part_id
    group by fragade.part_id, fragade.datum

),

-- månadsskiften mellan två datum, där 31 december räknas till det nya året
mellan as (

    select
        *,
        datediff('month', fore.datum + 1, datum + 1) as manader,
        greatest(datediff('month', fore.datum + 1, efter.datum + 1), 1) as av_manader
    from grannar

),

-- en känd summa för parter vars egna siffror saknas: fördelas efter årsskiftenas medelvärden.
-- Halva summan av två årsskiften är medelvärdet; hälften förkortas bort i fördelningen.
saknade as (

    select
        delsumma.grupp,
        delsumma.datum,
        delsumma.part_id,
        delsumma.kalla,
        delsumma.antal,
        siffra.antal as kand,
        fore.antal + efter.antal as vikt
    from folkmangd_delsumma as delsumma
    left join siffror as siffra
        on siffra.part_id = delsumma.part_id and siffra.datum = delsumma.datum
    left join siffror as fore
        on fore.part_id = delsumma.part_id
        and fore.datum = make_date(year(delsumma.datum) - 1, 12, 31)
    left join siffror as efter
        on efter.part_id = delsumma.part_id
        and efter.datum = make_date(year(delsumma.datum), 12, 31)
    where delsumma.datum in (select unnest($datum::date[]))

),

att_fordela as (

    select
        grupp,
        datum,
        (any_value(antal) - coalesce(sum(kand), 0))::bigint as rest,
        (sum(vikt) filter (kand is null))::bigint as vikter,
        (count(*) filter (kand is null)) as parter
    from saknade
    group by grupp, datum
    -- utan årsskiften, eller om egna siffror tar slut på summan, går den inte att fördela
    having count(*) filter (kand is null and vikt is null) = 0 and rest > parter and parter > 0

),

delar as (

    select
        saknade.grupp,
        saknade.datum,
        saknade.part_id,
        saknade.kalla,
        summa.rest,
        summa.parter,
        summa.rest * saknade.vikt // summa.vikter as hel,
        -- lika rest: den större exakta andelen, sedan det lägre id:t
        row_number() over (
            partition by saknade.grupp, saknade.datum
            order by
                summa.rest * saknade.vikt % summa.vikter desc,
                saknade.vikt desc,
                saknade.part_id
        ) as turordning
    from saknade
    inner join att_fordela as summa
        on summa.grupp = saknade.grupp and summa.datum = saknade.datum
    where saknade.kand is null

),

fordelade as (

    select
        *,
        rest - (sum(hel) over (partition by grupp, datum))::bigint as over,
        hel + if(turordning <= over, 1, 0) as antal
    from delar

)

select
    fragade.part_id,
    fragade.datum,
    case
        when m.fore.datum = m.datum then m.fore.antal
        when d.antal is not null then d.antal
        when m.fore is null then null
        when m.efter is null then m.fore.antal
        -- rätlinjigt efter hela månader, avrundat till närmaste heltal med halva uppåt
        else (
            2 * (m.fore.antal * (av_manader - manader) + m.efter.antal * manader) + av_manader
        ) // (2 * av_manader)
    end as antal,
    case
        when m.fore.datum = m.datum then m.fore.status
        when d.antal is not null then 'uppskattad'
        when m.fore is null then null
        when m.efter is null or 'prognos' in (m.fore.status, m.efter.status) then 'prognos'
        else 'uppskattad'
    end as status,
    case
        when m.fore.datum = m.datum and m.fore.egen
            then format('Siffran för {} ur den egna filen.', m.datum)
        when m.fore.datum = m.datum and starts_with(m.fore.kalla, 'Satt för hand ')
            then format('Siffran för {} är satt för hand.', m.datum)
        when m.fore.datum = m.datum
            then format('Siffran för {} som den är publicerad.', m.datum)
        when d.antal is not null
            then format(
                'Medelvärdet av årsskiftena före och efter {}, skalat så att de {} parter vars '
                || 'siffror saknas tillsammans blir {} (största rest).',
                m.datum, d.parter, replace(format('{:,}', d.rest), ',', chr(160))
            )
        when m.fore is null then null
        when m.efter is null
            then format('Senaste kända siffra, {}, framskriven oförändrad.', m.fore.datum)
        else format(
            'Rätlinjigt mellan {} och {} ({} av {} månader), avrundat till heltal.',
            m.fore.datum, m.efter.datum, manader, av_manader
        )
    end as regel,
    case
        when m.fore.datum = m.datum then m.fore.kalla
        when d.antal is not null then d.kalla
        when m.fore is null then null
        when m.efter is null or m.fore.kalla = m.efter.kalla then m.fore.kalla
        else m.fore.kalla || ' · ' || m.efter.kalla
    end as kalla
from fragade
left join mellan as m on m.part_id = fragade.part_id and m.datum = fragade.datum
left join fordelade as d on d.part_id = fragade.part_id and d.datum = fragade.datum
order by fragade.part_id, fragade.datum;
