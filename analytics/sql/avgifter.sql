-- Fråga:    Vad betalar varje part, och vad fattas, i vart och ett av fallen (scenario × år)?
-- Korn:     en rad per fall och block; listorna har en plats per part, i ordningen (vikt fallande, part)
-- Enhet:    hela kronor och heltalsvikter; taket är tak_num / tak_den kronor per enhet av tak_bas
-- Källor:   fall_in   (fall, block, profil, ram_kr, mal_kr, belopp_kr, tak_num, tak_den, omfordela, avrundning)
--           profil_in (profil, part, vikt > 0, tak_bas, tak_kr, golv_kr)
--           mal_kr null: blocket bär det av ramen som de andra blocken inte betalar
-- Klausul:  K3–K6. heltal är bigint, eller hugeint när beloppen gånger vikterna kräver det

with

-- Parternas tal läggs i listor en gång, inte en gång per fall. Ordningen är också den som avgör vem
-- som får den udda kronan när resterna är lika: större exakt belopp först, sedan lägre id.
profil as (
    select
        profil,
        list(part order by vikt desc, part) as parter,
        list(vikt::heltal order by vikt desc, part) as vikter,
        sum(vikt)::heltal as vikt,
        list(tak_bas::heltal order by vikt desc, part) as tak_baser,
        list(tak_kr::heltal order by vikt desc, part) as fasta_tak,
        list(coalesce(golv_kr, 0)::heltal order by vikt desc, part) as golv,
        sum(coalesce(golv_kr, 0))::heltal as golv_kr,
        bool_and(tak_kr is not null) as alla_fasta,
        bool_and(tak_bas is not null or tak_kr is not null) as alla_tak
    from profil_in
    group by profil
),

-- K4, K5: ett tak säger "högst", så det avrundas nedåt till hela kronor.
med_tak as (
    select
        fall, block, omfordela, avrundning,
        ram_kr::heltal as ram_kr, mal_kr::heltal as mal_kr, belopp_kr::heltal as belopp_kr,
        coalesce(parter, []) as parter,
        coalesce(vikter, []) as vikter,
        coalesce(vikt, 0) as vikt,
        coalesce(golv, []) as golv,
        coalesce(golv_kr, 0) as golv_kr,
        alla_fasta or (alla_tak and tak_num is not null) as alla_tak,
        case
            when tak_num is null then fasta_tak
            when not alla_fasta then list_transform(tak_baser, lambda b, i:
                least(tak_num::heltal * b // tak_den::heltal, fasta_tak[i]))
            else fasta_tak
        end as tak
    from fall_in
    left join profil using (profil)
),

-- T1 rest: det block som bär resten får ramen minus vad de andra blocken finansierar. Den summan är
-- känd utan fördelning, för de omfördelar: beloppet, men högst summan av taken.
rest as (
    select
        fall,
        greatest(any_value(ram_kr) - sum(case
            when vikt = 0 then 0
            when alla_tak then least(belopp_kr, list_sum(tak))
            else belopp_kr
        end)::heltal, 0) as rest_kr
    from med_tak
    where mal_kr is not null and fall in (select fall from fall_in where mal_kr is null)
    group by fall
),

-- K3, K5: först andelarna som de vore utan tak och golv.
kvot as (
    select
        med_tak.* exclude (ram_kr, mal_kr, belopp_kr),
        coalesce(mal_kr, rest_kr, ram_kr) as mal_kr,
        coalesce(belopp_kr, rest_kr, ram_kr) as kvar_kr,
        kvoter(kvar_kr, vikt, vikter) as hela,
        rester(kvar_kr, vikt, vikter) as nycklar
    from med_tak
    left join rest using (fall)
),

-- K4, T3: är någon över sitt tak (eller under sitt golv)? Är alla det, syns det på summorna.
provad as (
    select
        *,
        udda(kvar_kr, vikt, hela) as udda,
        case
            when not omfordela then 'ofinansierat'
            when vikt = 0 or not coalesce(
                list_bool_or(list_transform(tak, lambda t, i: t * vikt < kvar_kr * vikter[i])), false
            ) and (golv_kr = 0 or not list_bool_or(
                list_transform(golv, lambda g, i: g * vikt > kvar_kr * vikter[i]))
            ) then 'ingen'
            when alla_tak and kvar_kr > list_sum(tak) then 'alla_tak'
            else 'nagra'
        end as stopp
    from kvot
),

ideal as (
    select
        * exclude (hela, nycklar, udda, troskel),
        avrunda(hela, nycklar, udda, vikt, avrundning, troskel) as ideal
    from (select *, list_reverse_sort(nycklar)[udda] as troskel from provad)
),

-- T3 omfordela: vilka står på sitt tak när beloppet är fördelat? Varje tak och golv är en punkt på
-- linjen "kronor per vikt"; i ordning och med löpande summor syns vilka punkter som passeras.
punkt as (
    select
        fall, block, plats, ar_tak, v, kvar_kr, golv_kr, fri_vikt,
        if(ar_tak, tak, least(golv, coalesce(tak, golv))) as g
    from (
        select
            fall, block, kvar_kr, golv_kr,
            unnest(range(1, len(vikter) + 1)) as plats,
            unnest(vikter) as v, unnest(tak) as tak, unnest(golv) as golv,
            list_sum(list_transform(vikter, lambda v, i: if(golv[i] = 0, v, 0))) as fri_vikt
        from ideal
        where stopp = 'nagra'
    )
    cross join (values (true), (false)) as slag (ar_tak)
    where if(ar_tak, tak is not null, golv > 0)
),

-- g / v som heltal: två olika kvoter skiljer sig med minst 1 / v², så skalan håller dem isär.
passerad as (
    select
        fall, block, plats, ar_tak,
        v * (golv_kr + sum(if(ar_tak, g, -g)) over lopande)
            + g * (fri_vikt + sum(if(ar_tak, -v, v)) over lopande) < kvar_kr * v as passerad
    from (
        select
            * replace (v::hugeint as v, g::hugeint as g),
            g::hugeint * (select max(v)::hugeint * max(v) + 1 from punkt) // v as kvot
        from punkt
    )
    window lopande as (partition by fall, block order by kvot, plats, ar_tak rows unbounded preceding)
),

stopplista as (
    select
        fall, block,
        list(plats) filter (where ar_tak and passerad) as pa_tak,
        list(plats) filter (where not ar_tak and not passerad) as pa_golv
    from passerad
    group by fall, block
),

-- Den som står på sitt tak eller golv betalar det; de andra delar på det som är kvar.
fasta as (
    select
        ideal.* exclude (kvar_kr),
        list_transform(vikter, lambda v, i: case
            when list_contains(pa_tak, i) then tak[i]
            when list_contains(pa_golv, i) then least(golv[i], coalesce(tak[i], golv[i]))
        end) as fasta,
        list_transform(fasta, lambda f, i: if(f is null, vikter[i], 0)) as fria,
        kvar_kr - coalesce(list_sum(fasta), 0)::heltal as kvar_kr,
        coalesce(pa_tak, []) as pa_tak
    from ideal
    inner join stopplista using (fall, block)
),

fri_kvot as (
    select
        *,
        list_sum(fria)::heltal as fri_vikt,
        kvoter(kvar_kr, fri_vikt, fria) as hela,
        rester(kvar_kr, fri_vikt, fria) as nycklar,
        udda(kvar_kr, fri_vikt, hela) as udda
    from fasta
),

avgift as (
    select
        fall, block, mal_kr, parter, vikter, ideal, tak,
        case stopp
            when 'ingen' then ideal
            when 'alla_tak' then tak
            else list_transform(ideal, lambda x, i: least(greatest(x, golv[i]), tak[i]))
        end as avgift,
        case stopp
            when 'ingen' then list_transform(ideal, lambda x: false)
            when 'alla_tak' then list_transform(ideal, lambda x: true)
            else list_transform(ideal, lambda x, i: coalesce(x > tak[i], false))
        end as vid_tak
    from ideal
    where stopp != 'nagra'

    union all

    select
        fall, block, mal_kr, parter, vikter, ideal, tak,
        list_transform(
            avrunda(hela, nycklar, udda, fri_vikt, avrundning, troskel), lambda x, i: coalesce(fasta[i], x)
        ),
        list_transform(fria, lambda v, i: list_contains(pa_tak, i))
    from (select *, list_reverse_sort(nycklar)[udda] as troskel from fri_kvot)
),

fordelad as (
    select
        fall, block, parter, vikter, ideal, tak, avgift, vid_tak,
        mal_kr::bigint as mal_kr,
        coalesce(list_sum(avgift), 0)::bigint as finansierat_kr
    from avgift
)
