-- Fråga:    Vilka av de här verifikaten har rader som är rättade av andra inläsningar?
-- Korn:     en rad per verifikat
-- Enhet:    hela ören (bigint)
-- Källor:   huvudbok
-- Klausul:  K7; en rättelse för hand ligger kvar när filen läses in på nytt

select
    rattad.verifikat,
    sum(rattelse.belopp_ore)::bigint as belopp_ore
from huvudbok as rattad
inner join huvudbok as rattelse on rattad.nyckel = rattelse.rattar
where
    rattad.import_id in (select unnest($importer))
    and rattelse.import_id not in (select unnest($importer))
    and rattad.verifikat in (select unnest($verifikat))
group by rattad.verifikat
having sum(rattelse.belopp_ore) <> 0
order by rattad.verifikat
