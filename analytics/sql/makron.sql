-- Fråga:    Hur delas ett belopp i hela kronor efter vikt?
-- Korn:     en lista in, en lista ut, samma platser
-- Enhet:    hela kronor
-- Klausul:  regeln för pengar: exakt fram till en avrundning, de udda kronorna till de största resterna

create or replace macro kvoter(belopp, vikt, vikter) as
    list_transform(vikter, lambda v: if(vikt = 0, 0, belopp * v // vikt));

-- Resten gånger antalet platser plus platsen bakifrån: en nyckel som aldrig är lika för två parter.
create or replace macro rester(belopp, vikt, vikter) as
    list_transform(vikter, lambda v, i:
        if(vikt = 0, 0, belopp * v % vikt) * (len(vikter) + 1) + len(vikter) - i + 1);

create or replace macro udda(belopp, vikt, hela) as
    if(vikt = 0, 0, belopp - list_sum(hela))::bigint;

-- storsta_rest: de udda kronorna i tur och ordning · narmast: halva uppåt · nedat: inga
create or replace macro avrunda(hela, nycklar, udda, vikt, regel, troskel) as
    case
        when regel = 'nedat' or udda = 0 then hela
        when regel = 'narmast' then list_transform(hela, lambda h, i:
            h + (2 * (nycklar[i] // (len(hela) + 1)) >= vikt and vikt > 0)::bigint)
        else list_transform(hela, lambda h, i: h + (nycklar[i] >= troskel)::bigint)
    end;
