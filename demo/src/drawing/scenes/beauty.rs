//! Mirrors, massages, nails, hair and calm.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{CLAY, Colour, GREEN, INK, LEAF, MARIGOLD, OAK, PAPER, STEEL, STEEL_DEEP, WALNUT};
use crate::drawing::parts::lamps::GLOW;
use crate::drawing::parts::{furniture, hands, lamps, plants, rooms, sparks, vessels, walls};
use crate::drawing::stage::Stage;

use super::{Scene, corners};

/// The scenes of this category.
pub const SCENES: [Scene; 5] = [vanity, massage, nails, salon, yoga];

/// A thick candle with a flame, 110 high.
fn candle(c: &mut Canvas, wax: Colour) {
    c.veil(&lamps::circle_path(0, -110, 60), GLOW, 30);
    c.shadow(0, 0, 36, 6);
    c.round((-30, -84, 60, 84), 8, wax);
    c.rect(10, -80, 20, 76, wax.shade(10));
    c.ellipse(0, -84, 30, 7, wax.light(30));
    c.path("M0 -136Q20 -108 10 -96T-10 -96T0 -136z", MARIGOLD);
}

/// Folded towels, `count` high.
fn towels(c: &mut Canvas, count: i32, colours: [Colour; 3]) {
    for (step, tone) in (0..count).zip(colours.into_iter().cycle()) {
        let y = -46 * (step + 1);
        c.round((-100, y, 200, 44), 20, tone);
        c.line(&format!("M-84 {0}H70Q92 {0} 92 {1}", y + 22, y + 32), 4, tone.shade(14));
    }
}

/// A small row of jars and bottles.
fn cosmetics(c: &mut Canvas, first: Colour, second: Colour) {
    c.at(-120, 0, 76, |c| vessels::bottle(c, 190, first, MARIGOLD));
    c.at(-50, 0, 60, |c| vessels::bottle(c, 160, second, INK));
    c.round((-8, -52, 84, 52), 10, first.light(35));
    c.round((-12, -72, 92, 26), 8, PAPER.shade(8));
    c.round((96, -74, 30, 74), 6, MARIGOLD);
    c.path("M98 -74v-30q14-26 26-20v50z", second);
}

fn vanity(s: &mut Stage) {
    rooms::room(s);
    let (wood, wall) = (s.look.timber(), s.look.wall);
    corners::corner(s, 130, 736);
    let rim = wall.seen(&[PAPER, s.look.hue.strong, s.look.accent]);
    let round = s.dice.chance(50);
    let area = if round { (420, 70, 400, 400) } else { (430, 60, 380, 440) };
    walls::mirror(&mut s.c, area, rim);
    for turn in (0..360).step_by(30) {
        let (cx, cy, r) = (620, if round { 270 } else { 280 }, if round { 222 } else { 248 });
        s.c.turned(cx, cy, turn, |c| {
            c.circle(0, -r, 24, GLOW.light(30));
            c.circle(0, -r, 15, GLOW);
        });
    }
    s.c.at(620, 830, 100, |c| furniture::table(c, 700, 300, wood));
    s.c.round((400, 556, 440, 74), 8, wood.shade(8));
    s.c.circle(620, 594, 10, MARIGOLD);
    let (first, second) = (s.look.hue.strong, s.look.accent);
    s.c.at(440, 530, 100, |c| cosmetics(c, first, second));
    s.c.at(840, 532, 92, |c| plants::vase(c, s.look.hue.mid, s.look.hue.strong.light(30)));
    rooms::round_rug(&mut s.c, 620, s.look.hue.mid);
    let seat = s.look.floor.seen(&[s.look.fabric, s.look.hue.deep, CLAY]);
    s.c.at(620, 858, 128, |c| furniture::stool(c, 190, seat, WALNUT));
    corners::small_piece(s, 1040);
    s.c.at(1070, 762, 104, |c| vessels::basket(c, PAPER, s.look.hue.mid));
}

fn massage(s: &mut Stage) {
    rooms::room(s);
    let cloth = s.look.wall.seen(&[s.look.hue.tint, s.look.hue.mid, PAPER]);
    for x in [0, 1020] {
        s.c.path(&format!("M{x} 0h180v690q-50 14-90 0t-90 0z"), cloth);
        for fold in [40, 90, 140] {
            s.c.line(&format!("M{} 20V670", x + fold), 6, cloth.shade(10));
        }
    }
    s.c.rect(-10, 30, 1220, 14, WALNUT);
    corners::small_piece(s, 400);
    let lit = s.look.wall.seen(&[s.look.hue.mid, PAPER]);
    s.c.at(830, 0, 110, |c| lamps::globe_lamp(c, 120, true));
    let (wood, sheet) = (s.look.timber(), s.look.wall.seen(&[PAPER, s.look.hue.tint]));
    // The table: legs, upholstery, sheet, head rest.
    s.c.shadow(590, 846, 420, 20);
    s.c.line("M300 600L260 838M880 600L920 838M300 740H890", 20, wood.shade(14));
    s.c.round((210, 536, 760, 74), 30, s.look.hue.strong);
    s.c.round((110, 520, 130, 60), 30, s.look.hue.strong.shade(12));
    s.c.path("M380 524H950a30 30 0 0 1 30 30V700q-60 20-120 0t-120 0-120 0-120 0-120 0z", sheet);
    for x in [500, 620, 740, 860] {
        s.c.line(&format!("M{x} 600V690"), 5, sheet.shade(10));
    }
    let first = s.look.wall.seen(&[s.look.hue.mid, s.look.hue.tint]);
    let second = s.look.wall.seen(&[s.look.accent, PAPER]);
    s.c.at(800, 526, 104, |c| towels(c, 3, [first, second, first]));
    s.c.ellipse(470, 512, 66, 22, INK.light(18));
    s.c.ellipse(466, 478, 48, 18, INK.light(28));
    s.c.ellipse(470, 450, 32, 14, INK.light(38));
    plants::leaf(&mut s.c, (500, 444), 62, (24, 56), LEAF);
    for (x, size) in [(190, 120), (270, 90)] {
        s.c.at(x, 858, size, |c| candle(c, lit));
    }
    let pot = s.look.bright();
    s.c.at(1070, 812, 118, |c| plants::any_plant(c, &mut s.dice, pot));
}

fn nails(s: &mut Stage) {
    let table = s.dice.pick([s.look.hue.tint, s.look.hue.mid, Colour::hex(0xf3eadb), s.look.hue.deep]);
    s.c.rect(0, 0, 1200, 900, table);
    let tone = if table.is_dark() { table.light(9) } else { table.light(35) };
    s.c.circle(420, 460, 400, tone);
    let towel = table.seen(&[PAPER, s.look.hue.strong]);
    s.c.turned(400, 620, -6, |c| {
        c.round((-330, -110, 660, 380), 26, towel);
        for y in [-70, 220] {
            c.rect(-330, y, 660, 12, towel.shade(10));
        }
    });
    let polish = s.dice.pick([Colour::hex(0xc23f5a), CLAY, s.look.hue.strong, MARIGOLD, GREEN, Colour::hex(0x5b4a8a)]);
    let (skin, sleeve) = (s.look.skin, s.look.sleeve(tone));
    s.c.under("translate(380 560) rotate(14) scale(1.5)", |c| hands::flat(c, skin, sleeve, polish));
    let other = s.dice.pick(crate::drawing::stage::SKINS);
    let cuff = tone.seen(&[PAPER, s.look.accent]);
    s.c.under("translate(470 268) rotate(-38) scale(1.05)", |c| {
        hands::pinch(c, other, cuff, |c| {
            c.round((-9, -60, 18, 64), 8, polish);
            c.rect(-5, -110, 10, 60, STEEL_DEEP);
            c.round((-22, -290, 44, 190), 14, INK.light(8));
        });
    });
    for (x, y, tint) in [(960, 790, polish), (1080, 810, s.look.accent), (850, 822, s.look.hue.mid)] {
        s.c.at(x, y, 118, |c| {
            c.shadow(0, 0, 46, 7);
            c.round((-18, -150, 36, 80), 10, INK.light(8));
            c.round((-42, -82, 84, 82), 20, tint);
            c.line("M-22 -60V-24", 9, tint.light(45));
        });
    }
    sparks::glint(&mut s.c, (170, 180), 34, PAPER);
    sparks::glint(&mut s.c, (230, 250), 18, PAPER);
}

fn salon(s: &mut Stage) {
    rooms::room(s);
    let (wall, wood) = (s.look.wall, s.look.timber());
    let rim = wall.seen(&[s.look.accent, PAPER, s.look.hue.strong]);
    walls::mirror(&mut s.c, (300, 60, 320, 460), rim);
    s.c.round((220, 560, 480, 28), 8, wood);
    s.c.rect(260, 588, 14, 40, wood.shade(25));
    s.c.rect(646, 588, 14, 40, wood.shade(25));
    let (first, second) = (s.look.hue.strong, s.look.accent);
    s.c.at(370, 562, 88, |c| cosmetics(c, first, second));
    s.c.at(640, 562, 70, |c| plants::vase(c, s.look.hue.mid, second));
    walls::shelf(&mut s.c, (770, 250, 320), wood, &mut s.dice);
    // The chair: foot, pump, seat, back, arm rest.
    let cloth = wall.seen(&[s.look.fabric, s.look.hue.strong, s.look.hue.deep]);
    s.c.shadow(560, 864, 170, 14);
    s.c.ellipse(560, 852, 140, 20, STEEL_DEEP);
    s.c.rect(538, 760, 44, 92, STEEL);
    s.c.round((400, 700, 330, 76), 34, cloth);
    s.c.round((640, 420, 96, 330), 44, cloth.shade(12));
    s.c.round((660, 330, 64, 84), 28, cloth.shade(20));
    s.c.line("M690 414V440", 14, STEEL_DEEP);
    s.c.line("M440 640H640", 34, cloth.light(14));
    s.c.line("M460 650V710", 14, STEEL);
    s.c.line("M410 770L350 812H300", 17, STEEL_DEEP);
    // A trolley with towels and a dryer.
    s.c.line("M880 560V840M1090 560V840", 13, STEEL_DEEP);
    for y in [570, 700, 810] {
        s.c.round((860, y, 250, 22), 8, PAPER.shade(10));
    }
    for x in [880, 1090] {
        s.c.circle(x, 852, 15, INK);
    }
    let mid = s.look.hue.mid;
    s.c.at(985, 702, 88, |c| towels(c, 2, [PAPER, mid, second]));
    s.c.at(985, 812, 80, |c| towels(c, 2, [second, mid, PAPER]));
    s.c.at(970, 500, 100, |c| {
        c.path("M-10 0H34L22 70H-14z", INK.light(14));
        c.path("M-110 -46L-20 -60Q70 -66 70 -10T-20 40L-110 26z", second);
        c.rect(-124, -40, 20, 60, INK.light(14));
        c.circle(20, -10, 26, second.shade(18));
    });
    let pot = s.look.bright();
    s.c.at(110, 790, 112, |c| plants::any_plant(c, &mut s.dice, pot));
}

fn yoga(s: &mut Stage) {
    rooms::room(s);
    let (wall, hue) = (s.look.wall, s.look.hue);
    corners::window(s, 600);
    let ball = wall.seen(&[s.look.accent, hue.strong, hue.mid]);
    s.c.poly(&[(190, 780), (1010, 780), (1100, 866), (100, 866)], hue.strong);
    s.c.poly(&[(222, 792), (978, 792), (1036, 852), (164, 852)], hue.strong.light(14));
    // Somebody sitting still: crossed legs, upright back, resting hands.
    let (skin, top, legs) = (s.look.skin, s.look.cloth(), hue.deep.mix(s.look.fabric, 20));
    let hair = match skin.brightness() {
        0..150 => INK.light(10),
        _ => s.dice.pick([INK.light(10), Colour::hex(0x5a3a26), Colour::hex(0xa8632f), Colour::hex(0xd9b24a)]),
    };
    s.c.at(600, 830, 118, |c| {
        c.shadow(0, 0, 230, 14);
        c.path("M-216 -30Q-220 -76 -150 -92L-50 -124H50L150 -92Q220 -76 216 -30Q160 6 60 -14L0 -26L-60 -14Q-160 6 -216 -30z", legs);
        c.path("M0 -26L-60 -14Q-120 2 -180 -10Q-60 -50 20 -56L110 -34L60 -14z", legs.shade(14));
        c.line("M-66 -14H-120M70 -14H124", 30, skin);
        c.path("M-58 -110Q-70 -190 -84 -260Q-80 -300 -30 -306H30Q80 -300 84 -260Q70 -190 58 -110z", top);
        c.line("M-74 -264Q-126 -180 -156 -96", 40, skin.shade(4));
        c.line("M74 -264Q126 -180 156 -96", 40, skin.shade(4));
        c.line("M-72 -270L-90 -226M72 -270L90 -226", 50, top.light(8));
        c.circle(-160, -88, 23, skin);
        c.circle(160, -88, 23, skin);
        c.circle(0, -448, 30, hair);
        c.round((-22, -340, 44, 56), 18, skin.shade(8));
        c.circle(0, -378, 62, hair);
        c.ellipse(0, -366, 48, 54, skin);
        c.path("M-50 -376Q-40 -426 0 -426T50 -376Q20 -404 -50 -376z", hair);
        c.line("M-28 -366q9 8 18 0M10 -366q9 8 18 0", 4, INK);
        c.line("M-11 -338q11 10 22 0", 4, CLAY.shade(20));
    });
    s.c.circle(1040, 700, 112, ball);
    s.c.path("M1040 588a112 112 0 0 1 60 206q-30-20-10-100t-50-106z", ball.shade(12));
    s.c.ellipse(1000, 640, 26, 18, ball.light(40));
    let pot = s.look.bright();
    s.c.at(150, 740, 106, |c| plants::any_plant(c, &mut s.dice, pot));
    for (x, size) in [(280, 84), (920, 84)] {
        s.c.at(x, 872, size, |c| candle(c, PAPER));
    }
    if s.dice.chance(50) {
        s.c.at(330, 0, 90, |c| lamps::globe_lamp(c, 70, true));
    } else {
        let wood = wall.seen(&[OAK, WALNUT]);
        walls::shelf(&mut s.c, (900, 300, 270), wood, &mut s.dice);
    }
}
