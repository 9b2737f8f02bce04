-- Fråga:    Vad betalar varje part, och vad fattas, i vart och ett av fallen (scenario × år)?
-- Korn:     en rad per fall och block; listorna har en plats per part, i ordningen (vikt fallande, part)
-- Enhet:    hela kronor och heltalsvikter; pris och tak är num / den kronor per enhet (av ramen: × ramen)
-- Källor:   fall_in   (fall, ram_kr, delar, del_den): blockens delar av ramen, i blockens ordning
--           block_in  (fall, nr, profil, efter, pris_*, tak_*, omfordela, avrundning)
--           profil_in (profil, part, vikt > 0, tak_bas, tak_kr, golv_kr)
-- Klausul:  K1, K3–K6. heltal är bigint, eller hugeint när beloppen gånger vikterna kräver det

with

-- K1, K3, K5: ramen delas mellan blocken i hela kronor. En udda krona går till den största resten,
-- vid lika till det block som står först i avtalet.
mal as (
    select
        fall, ram_kr,
        avrunda(hela, nycklar, udda, del_den, 'storsta_rest', storst(nycklar, udda)) as mal
    from (
        select
            fall, ram_kr::heltal as ram_kr, del_den,
            kvoter(ram_kr::heltal, del_den, delar) as hela,
            rester(ram_kr::heltal, del_den, delar) as nycklar,
            udda(ram_kr::heltal * list_sum(delar)::heltal // del_den, del_den, hela) as udda
        from fall_in
    )
),

-- Parternas tal läggs i listor en gång, inte en gång per fall. Ordningen är också den som avgör vem
-- som får den udda kronan när resterna är lika: större exakt belopp först, sedan lägre id.
ordning as (
    select
        profil,
        list({
            part: part, vikt: vikt::heltal, bas: tak_bas::heltal, tak: tak_kr::heltal,
            golv: coalesce(golv_kr, 0)::heltal
        } order by vikt desc, part) as rader,
        sum(vikt)::heltal as vikt,
        bool_or(golv_kr > 0) as har_golv,
        bool_and(tak_kr is not null) as alla_fasta,
        bool_or(tak_kr is not null) as nagra_fasta,
        bool_and(tak_bas is not null or tak_kr is not null) as alla_tak
    from profil_in
    group by profil
),

profil as (
    select
        * exclude (rader),
        list_transform(rader, lambda r: r.part) as parter,
        list_transform(rader, lambda r: r.vikt) as vikter,
        list_transform(rader, lambda r: r.bas) as tak_baser,
        list_transform(rader, lambda r: r.tak) as fasta_tak,
        list_transform(rader, lambda r: r.golv) as golv
    from ordning
),

-- Kronor per enhet: sats / den.
satser as (
    select
        block_in.*, ram_kr, mal[nr] as mal_kr,
        tak_num::heltal * if(tak_av_ram, ram_kr, 1) as tak_sats,
        pris_num::heltal * if(pris_av_ram, ram_kr, 1) as pris_sats
    from block_in
    inner join mal using (fall)
),

-- K4 ”Maxbeloppet är 1,50 kronor per invånare och år”, K5 ”motsvarande max 280 Tkr”: ett tak säger
-- högst, så det avrundas nedåt till hela kronor. Ett fast pris per enhet ger blockets belopp, som
-- sedan delas som allt annat.
med_tak as (
    select
        fall, nr, efter, omfordela, avrundning, ram_kr, mal_kr,
        coalesce(parter, []) as parter,
        coalesce(vikter, []) as vikter,
        coalesce(vikt, 0) as vikt,
        coalesce(golv, []) as golv,
        coalesce(har_golv, false) as har_golv,
        coalesce(alla_fasta or (alla_tak and tak_sats is not null), true) as alla_tak,
        case
            when parter is null then []
            when tak_sats is null then fasta_tak
            when nagra_fasta then list_transform(
                tak_baser, lambda b, i: least(tak_sats * b // tak_den, fasta_tak[i]))
            else list_transform(tak_baser, lambda b: tak_sats * b // tak_den)
        end as tak,
        if(pris_sats is null, null, pris_sats * coalesce(vikt, 0) // pris_den) as pris_kr
    from satser
    left join profil using (profil)
),

-- T1 rest: ett block bär det som de andra inte betalar. Deras summa är känd utan fördelning, för de
-- omfördelar: beloppet, men högst summan av taken.
andra as (
    select
        fall,
        sum(case
            when vikt = 0 then 0
            when alla_tak then least(coalesce(pris_kr, mal_kr), list_sum(tak))
            else coalesce(pris_kr, mal_kr)
        end)::heltal as andra_kr
    from med_tak
    where efter is distinct from 'andra' and fall in (select fall from block_in where efter = 'andra')
    group by fall
),

med_mal as (
    select
        med_tak.* exclude (ram_kr, mal_kr, pris_kr, golv),
        -- ett golv över partens eget tak betyder taket
        if(har_golv, list_transform(golv, lambda g, i: least(g, tak[i])), golv) as golv,
        -- list_sum ger hugeint; heltal håller fast räkningen vid det som är snabbt
        case efter
            when 'andra' then greatest(ram_kr - andra_kr, 0)
            when 'priset' then least(if(alla_tak, least(pris_kr, list_sum(tak)), pris_kr), ram_kr)
            else mal_kr
        end::heltal as malet_kr,
        coalesce(pris_kr, malet_kr)::heltal as kvar_kr
    from med_tak
    left join andra using (fall)
),

-- K3 ”en andel baserad på antalet invånare vid budgetårets start”, K5 ”en andel om 4,3 procent av
-- den gemensamma rambudgeten”: först andelarna som de vore utan tak och golv.
kvot as (
    select
        * exclude (malet_kr), malet_kr as mal_kr,
        kvoter(kvar_kr, vikt, vikter) as hela,
        rester(kvar_kr, vikt, vikter) as nycklar
    from med_mal
),

-- K4, T3: är någon över sitt tak (eller under sitt golv)? Är alla det, syns det på summorna.
provad as materialized (
    select
        *,
        udda(kvar_kr, vikt, hela) as udda,
        case
            when not omfordela then 'ofinansierat'
            when vikt = 0 or not coalesce(
                list_bool_or(list_transform(tak, lambda t, i: t * vikt < kvar_kr * vikter[i])), false
            ) and (not har_golv or not list_bool_or(
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
    from (select *, storst(nycklar, udda) as troskel from provad)
),

-- T3 omfordela: vilka står på sitt tak när beloppet är fördelat? Varje tak och golv är en punkt på
-- linjen "kronor per vikt", i heltal: två olika kvoter skiljer sig med minst 1 / v², så skalan håller
-- dem isär.
punkter as (
    select
        *,
        list_max(vikter)::hugeint * list_max(vikter) + 1 as skala,
        list_transform(vikter, lambda v, i: {
            kvot: tak[i] * skala // v, plats: i, ar_tak: true, v: v::hugeint, g: tak[i]::hugeint
        }) as taken,
        if(har_golv, list_transform(vikter, lambda v, i: {
            kvot: golv[i] * skala // v, plats: i, ar_tak: false, v: v::hugeint, g: golv[i]::hugeint
        }), []) as golven
    from ideal
    where stopp = 'nagra'
),

-- Punkterna i ordning, med löpande summor: en punkt är passerad om beloppet räcker förbi den.
passerade as (
    select
        * exclude (skala, taken, golven),
        list_sort(
            list_filter(taken || golven, lambda p: if(p.ar_tak, p.g is not null, p.g > 0))
        ) as i_ordning,
        list_reduce(
            i_ordning,
            lambda s, p: {
                kr: s.kr + if(p.ar_tak, p.g, -p.g),
                vikt: s.vikt + if(p.ar_tak, -p.v, p.v),
                antal: s.antal + (
                    p.v * (s.kr + if(p.ar_tak, p.g, -p.g)) + p.g * (s.vikt + if(p.ar_tak, -p.v, p.v))
                    < kvar_kr * p.v
                )::bigint
            },
            {
                kr: list_sum(golv)::hugeint,
                vikt: list_sum(list_transform(vikter, lambda v, i: if(golv[i] = 0, v, 0)))::hugeint,
                antal: 0::bigint
            }
        ).antal as antal,
        list_transform(
            list_filter(i_ordning[:antal], lambda p: p.ar_tak), lambda p: p.plats
        ) as pa_tak,
        list_transform(
            list_filter(i_ordning[antal + 1:], lambda p: not p.ar_tak), lambda p: p.plats
        ) as pa_golv
    from punkter
),

-- Den som står på sitt tak eller golv betalar det; de andra delar på det som är kvar.
fasta as (
    select
        * exclude (kvar_kr),
        list_transform(vikter, lambda v, i: case
            when list_contains(pa_tak, i) then tak[i]
            when list_contains(pa_golv, i) then golv[i]
        end) as fasta,
        list_transform(fasta, lambda f, i: if(f is null, vikter[i], 0)) as fria,
        greatest(kvar_kr - coalesce(list_sum(fasta), 0), 0)::heltal as kvar_kr
    from passerade
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
        fall, nr, mal_kr, parter, vikter, ideal, tak,
        if(stopp = 'alla_tak', 0, kvar_kr) as fria_kr,
        if(stopp = 'alla_tak', 0, vikt) as fri_vikt,
        case stopp
            when 'ingen' then ideal
            when 'alla_tak' then tak
            else if(har_golv,
                list_transform(ideal, lambda x, i: least(greatest(x, golv[i]), tak[i])),
                list_transform(ideal, lambda x, i: least(x, tak[i])))
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
        fall, nr, mal_kr, parter, vikter, ideal, tak, kvar_kr, fri_vikt,
        list_transform(
            avrunda(hela, nycklar, udda, fri_vikt, avrundning, troskel), lambda x, i: coalesce(fasta[i], x)
        ),
        list_transform(fria, lambda v, i: list_contains(pa_tak, i))
    from (select *, storst(nycklar, udda) as troskel from fri_kvot)
),

fordelad as (
    select
        fall, nr, parter, ideal, tak, avgift, vid_tak,
        mal_kr::bigint as mal_kr,
        fria_kr::bigint as fria_kr,
        fri_vikt::bigint as fri_vikt,
        coalesce(list_sum(avgift), 0)::bigint as finansierat_kr
    from avgift
)
