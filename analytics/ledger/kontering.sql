-- Fråga:    Vart hör varje konto och objekt i huvudboken enligt reglerna?
-- Korn:     en rad per (konto, objekt) som är bokfört; mal är null när ingen regel täcker
-- Enhet:    text; inga belopp
-- Källor:   huvudbok, konteringsregel
-- Klausul:  K2, K7; den snävaste regeln vinner

with

bokfort as (

    select distinct konto, objekt
    from huvudbok

),

-- "1=100;6=P12" kan kännas igen på sin dimension (6=P12) eller bara på sitt nummer (P12)
delar as (

    select
        konto,
        objekt,
        list_concat(
            string_split(objekt, ';'),
            list_transform(string_split(objekt, ';'), lambda x: regexp_replace(x, '^[0-9]+=', ''))
        ) as nummer
    from bokfort

),

-- Ett längre konto hör till spannet som dess första siffror ligger i: 50111 till 5000-5999
traffar as (

    select
        delar.konto,
        delar.objekt,
        regel.mal
    from delar
    inner join konteringsregel as regel
        on left(delar.konto, len(regel.konto_fran)) between regel.konto_fran and regel.konto_till
        and len(delar.konto) >= len(regel.konto_fran)
        and (regel.objekt = '' or list_contains(delar.nummer, regel.objekt))
    qualify row_number() over (
        partition by delar.konto, delar.objekt
        order by regel.bredd, regel.objekt = '', regel.nr desc
    ) = 1

)

select
    bokfort.konto,
    bokfort.objekt,
    traffar.mal
from bokfort
left join traffar
    on bokfort.konto = traffar.konto and bokfort.objekt = traffar.objekt
