//! Typewriters, manuscripts, two languages side by side, libraries.

use crate::drawing::canvas::Canvas;
use crate::drawing::colour::{CLAY, Colour, GREEN, INK, MARIGOLD, OAK, PAPER, STEEL};
use crate::drawing::dice::Dice;
use crate::drawing::parts::{desks, furniture, hands, lamps, machines, plants, rooms, tools, walls};
use crate::drawing::stage::Stage;

use super::{Scene, corners};

/// The scenes of this category.
pub const SCENES: [Scene; 5] = [typewriter, two_languages, manuscript, library, conversation];

fn typewriter(s: &mut Stage) {
    rooms::room(s);
    let (wood, lit) = (s.look.timber(), s.look.lit());
    if s.dice.chance(50) {
        corners::window(s, 250);
        walls::shelf(&mut s.c, (740, 220, 360), wood, &mut s.dice);
    } else {
        corners::window(s, 930);
        corners::wall_piece(s, 220);
    }
    s.c.rect(0, 700, 1200, 200, wood);
    s.c.rect(0, 700, 1200, 16, wood.light(25));
    s.c.rect(0, 872, 1200, 28, wood.shade(14));
    let body = wood.seen(&[s.look.hue.strong, s.look.fabric, GREEN, s.look.hue.tint]);
    s.c.at(580, 830, 136, |c| machines::typewriter(c, body));
    let count = s.dice.between(3, 5);
    s.c.at(1010, 800, 104, |c| {
        let top = desks::book_stack(c, count, &mut s.dice);
        c.at(0, -top, 84, |c| plants::sword_leaf(c, CLAY));
    });
    let lamp = s.look.bright();
    s.c.at(150, 770, 118, |c| lamps::desk_lamp(c, lamp, lit));
    let mug = wood.seen(&[s.look.accent, PAPER]);
    s.c.at(250, 852, 110, |c| desks::mug(c, mug));
    s.c.at(1130, 866, 70, |c| c.turned(0, 0, -84, |c| tools::pen(c, mug)));
}

/// Lines of a script from the other end of the world: short strokes in boxes.
fn signs(c: &mut Canvas, (x, y, w): (i32, i32, i32), rows: i32, ink: Colour, dice: &mut Dice) {
    for row in 0..rows {
        let mut left = x;
        while left < x + w - 30 {
            let d = match dice.below(5) {
                0 => "M0 0h24m-12 0v26m-12 0h24",
                1 => "M0 8h24m-18-8v32m12-32v32",
                2 => "M0 12l12-12 12 12m-20 4h16v14h-16z",
                3 => "M12 0q-2 18-12 28m12-18q4 12 12 18m-22-20h20",
                _ => "M0 0h22v26h-22zm0 13h22",
            };
            c.at(left, y + row * 58, 130, |c| c.line(d, 4, ink));
            left += 54;
        }
    }
}

fn two_languages(s: &mut Stage) {
    let desk = s.dice.pick([s.look.hue.tint, s.look.hue.mid, s.look.hue.deep, s.look.wood, Colour::hex(0xf3eadb)]);
    s.c.rect(0, 0, 1200, 900, desk);
    let tone = if desk.is_dark() { desk.light(8) } else { desk.light(26) };
    s.c.circle(600, 420, 460, tone);
    let (first, second) = (s.look.hue.strong, s.look.accent);
    desks::sheet(&mut s.c, (440, 590), 0, (330, 400), first);
    s.c.turned(860, 420, 5, |c| {
        c.rect(-212, -285, 440, 590, INK.mix(desk, 70));
        c.rect(-220, -295, 440, 590, PAPER);
        c.round((-190, -263, 220, 15), 7, second);
        signs(c, (-184, -206, 380), 7, INK.light(36), &mut s.dice);
    });
    // Two arrows between the pages.
    let ring = desk.seen(&[PAPER, first]);
    s.c.circle(600, 420, 92, ring);
    let arrow = ring.seen(&[first, PAPER]);
    s.c.line("M560 396H640M616 370L642 396L616 422M640 446H560M584 420L558 446L584 472", 13, arrow);
    let (skin, sleeve) = (s.look.skin, s.look.sleeve(desk));
    if s.dice.chance(60) {
        let barrel = desk.seen(&[second, first, GREEN]);
        s.c.under("translate(800 650) scale(1.08)", |c| hands::pinch(c, skin, sleeve, |c| tools::pen(c, barrel)));
    } else {
        s.c.at(1080, 770, 96, |c| desks::cup_from_above(c, desk));
    }
    let paint = desk.seen(&[second, first, MARIGOLD]);
    s.c.under("translate(80 860) rotate(62) scale(.8)", |c| tools::pencil(c, paint));
}

fn manuscript(s: &mut Stage) {
    let desk = s.dice.pick([s.look.wood, OAK, s.look.hue.mid, s.look.hue.deep, s.look.hue.tint]);
    s.c.rect(0, 0, 1200, 900, desk);
    for y in [210, 460, 700] {
        s.c.rect(0, y, 1200, 5, desk.shade(9));
    }
    let cover = desk.seen(&[s.look.hue.strong, s.look.fabric, CLAY]);
    let turn = s.dice.between(-5, 2);
    let mark = s.look.accent;
    s.c.turned(480, 430, turn, |c| {
        c.round((-436, -316, 884, 660), 22, desk.shade(26));
        c.round((-446, -330, 884, 660), 22, cover);
        c.round((-422, -306, 418, 612), 10, PAPER);
        c.round((-4, -306, 418, 612), 10, PAPER.shade(3));
        c.rect(-22, -306, 18, 612, PAPER.shade(12));
        c.round((-376, -256, 190, 18), 8, mark);
        desks::writing(c, (-374, -204, 320), 11, INK.light(58));
        desks::writing(c, (50, -240, 310), 8, INK.light(58));
        c.path("M300 -330h44v150l-22-20-22 20z", mark);
    });
    let (skin, sleeve) = (s.look.skin, s.look.sleeve(desk));
    let barrel = desk.seen(&[mark, GREEN, s.look.hue.deep]);
    s.c.under("translate(660 512) scale(1.24)", |c| hands::pinch(c, skin, sleeve, |c| tools::pen(c, barrel)));
    s.c.at(1060, 166, 100, |c| desks::cup_from_above(c, desk));
}

fn library(s: &mut Stage) {
    rooms::room(s);
    let wood = s.look.timber();
    let left = s.dice.pick([80, 140]);
    s.c.rect(left - 20, 70, 600, 640, wood.shade(22));
    s.c.rect(left, 90, 560, 604, wood.shade(38));
    for row in 0..4 {
        let y = 232 + row * 154;
        let mut x = left + 14;
        while x < left + 440 {
            let count = s.dice.between(3, 5);
            x += desks::standing_books(&mut s.c, (x, y), count, &mut s.dice) + 8;
            if s.dice.chance(24) && x < left + 400 {
                s.c.at(x + 44, y, 46, |c| plants::sword_leaf(c, CLAY));
                x += 92;
            }
        }
        s.c.rect(left, y, 560, 20, wood);
        s.c.rect(left, y + 14, 560, 6, wood.shade(16));
    }
    s.c.rect(left - 20, 60, 600, 34, wood);
    s.c.rect(left - 20, 690, 600, 30, wood);
    corners::window(s, 950);
    rooms::round_rug(&mut s.c, 720, s.look.hue.strong);
    let (cloth, pillow, lit) = (s.look.cloth(), s.look.accent, s.look.lit());
    let shade = s.look.wall.seen(&[PAPER, s.look.hue.mid, MARIGOLD]);
    s.c.at(1080, 770, 112, |c| lamps::floor_lamp(c, shade, lit));
    s.c.at(800, 826, 140, |c| furniture::armchair(c, cloth, pillow));
    let cover = pillow.seen(&[PAPER, CLAY]);
    s.c.at(800, 640, 62, |c| desks::open_book(c, cover));
    let count = s.dice.between(3, 5);
    s.c.at(520, 852, 84, |c| {
        let top = desks::book_stack(c, count, &mut s.dice);
        c.at(0, -top, 80, |c| desks::mug(c, PAPER));
    });
}

/// A speech bubble around its middle; the tail points down at `side`.
fn bubble(c: &mut Canvas, (w, h): (i32, i32), side: i32, fill: Colour) {
    c.round((-w / 2, -h / 2, w, h), 44, fill);
    c.path(
        &format!(
            "M{} {}L{} {}L{} {}z",
            side * w / 5,
            h / 2 - 6,
            side * w * 4 / 10,
            h / 2 + 64,
            side * w * 38 / 100,
            h / 2 - 20
        ),
        fill,
    );
}

fn conversation(s: &mut Stage) {
    rooms::room(s);
    let (wall, wood) = (s.look.wall, s.look.timber());
    let first = wall.seen(&[s.look.hue.strong, s.look.hue.mid, s.look.hue.tint]);
    let second = wall.seen(&[s.look.accent, PAPER]);
    s.c.at(340, 190, 100, |c| {
        bubble(c, (430, 230), 1, first);
        let ink = if first.is_dark() { PAPER } else { INK };
        desks::writing(c, (-160, -56, 310), 4, ink.mix(first, 12));
    });
    s.c.at(880, 180, 100, |c| {
        bubble(c, (410, 230), -1, second);
        let ink = if second.is_dark() { PAPER } else { INK };
        signs(c, (-150, -76, 310), 3, ink.mix(second, 12), &mut s.dice);
    });
    s.c.rect(0, 720, 1200, 180, wood);
    s.c.rect(0, 720, 1200, 16, wood.light(25));
    s.c.rect(0, 876, 1200, 24, wood.shade(14));
    let (paper, head) = (s.look.hue.tint.light(30), s.look.hue.strong);
    s.c.at(600, 826, 150, |c| {
        desks::laptop(c, STEEL, paper, |c| {
            c.rect(0, 0, 372, 30, head);
            c.round((18, 46, 160, 174), 6, PAPER);
            c.round((194, 46, 160, 174), 6, PAPER);
            desks::writing(c, (34, 74, 128), 5, INK.light(50));
            c.at(0, 0, 76, |c| signs(c, (280, 92, 180), 3, INK.light(50), &mut s.dice));
        });
    });
    let count = s.dice.between(3, 5);
    s.c.at(166, 800, 108, |c| {
        desks::book_stack(c, count, &mut s.dice);
    });
    if s.dice.chance(50) {
        s.c.at(1040, 800, 104, |c| desks::globe(c, Colour::hex(0x8fd0ea)));
    } else {
        let pot = wall.seen(&[CLAY, MARIGOLD]);
        s.c.at(1050, 800, 106, |c| plants::sword_leaf(c, pot));
    }
    let mug = wood.seen(&[second, PAPER]);
    s.c.at(360, 876, 96, |c| desks::mug(c, mug));
}
