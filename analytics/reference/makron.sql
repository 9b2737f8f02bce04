-- Fråga:    Hur delas ett belopp i hela kronor efter vikt?
-- Korn:     en lista in, en lista ut, samma platser
-- Enhet:    hela kronor
-- Klausul:  regeln för pengar: exakt fram till en avrundning, de udda kronorna till de största resterna

create or replace macro kvoter(belopp, vikt, vikter) as
    list_transform(vikter, lambda v: if(vikt = 0, 0, belopp * v // vikt));

-- Resten gånger 65 536 minus platsen: en nyckel som aldrig är lika för två parter i listan.
create or replace macro rester(belopp, vikt, vikter) as
    list_transform(vikter, lambda v, i: if(vikt = 0, 0, belopp * v % vikt) * 65536 - i);

create or replace macro udda(belopp, vikt, hela) as
    if(vikt = 0, 0, belopp - list_sum(hela))::bigint;

-- Det k:te största talet. Att plocka ut några få går fortare än att sortera alla.
create or replace macro storst(nycklar, k) as
    if(k <= 64, list_aggregate(nycklar, 'max', 64)[k], list_reverse_sort(nycklar)[k]);

-- storsta_rest: de udda kronorna i tur och ordning · narmast: halva uppåt · nedat: inga
create or replace macro avrunda(hela, nycklar, udda, vikt, regel, troskel) as
    case
        when regel = 'nedat' or udda = 0 then hela
        when regel = 'narmast' then list_transform(hela, lambda h, i:
            h + (2 * ((nycklar[i] + i) // 65536) >= vikt and vikt > 0)::bigint)
        else list_transform(hela, lambda h, i: h + (nycklar[i] >= troskel)::bigint)
    end;
