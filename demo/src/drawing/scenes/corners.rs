//! Fillers that make a room lived in: what hangs on the wall, what stands in the corner.

use crate::drawing::colour::{CLAY, OAK, PAPER};
use crate::drawing::parts::{furniture, lamps, plants, walls, windows};
use crate::drawing::stage::{Mood, Stage};

/// A print or a clock for a free stretch of wall about 200 wide around `x`.
pub fn small_piece(s: &mut Stage, x: i32) {
    if s.dice.chance(70) {
        let (w, h) = s.dice.pick([(200, 250), (180, 180), (240, 180)]);
        walls::picture(&mut s.c, (x - w / 2, 120, w, h), &mut s.dice);
    } else {
        let rim = s.look.bright();
        walls::clock(&mut s.c, (x, 220), 88, rim, &mut s.dice);
    }
}

/// Something for a free stretch of wall about 300 wide around `x`.
pub fn wall_piece(s: &mut Stage, x: i32) {
    let wood = s.look.timber();
    match s.dice.below(5) {
        0 => walls::picture(&mut s.c, (x - 110, 110, 220, 280), &mut s.dice),
        1 => {
            walls::picture(&mut s.c, (x - 150, 150, 150, 190), &mut s.dice);
            walls::picture(&mut s.c, (x + 20, 110, 130, 120), &mut s.dice);
            walls::picture(&mut s.c, (x + 20, 250, 130, 160), &mut s.dice);
        }
        2 => {
            let rim = s.look.bright();
            walls::clock(&mut s.c, (x, 230), 92, rim, &mut s.dice);
        }
        3 => walls::shelf(&mut s.c, (x - 160, 330, 320), wood, &mut s.dice),
        _ => {
            walls::shelf(&mut s.c, (x - 150, 250, 300), wood, &mut s.dice);
            walls::shelf(&mut s.c, (x - 150, 430, 300), wood, &mut s.dice);
        }
    }
}

/// A window about 320 wide around `x`, bare, with curtains or with a blind.
pub fn window(s: &mut Stage, x: i32) {
    let (w, h) = s.dice.pick([(300, 340), (340, 300), (260, 360)]);
    let area = (x - w / 2, 110, w, h);
    windows::window(s, area);
    let cloth = s.look.wall.seen(&[s.look.hue.tint.light(30), s.look.hue.mid, PAPER]);
    match s.dice.below(3) {
        0 => windows::curtains(&mut s.c, area, cloth),
        1 => windows::blind(&mut s.c, area, cloth),
        _ => {
            let pot = s.look.bright();
            let upright = s.dice.chance(50);
            s.c.at(x - w / 4, 110 + h + 16, 58, |c| match upright {
                true => plants::sword_leaf(c, pot),
                false => plants::cactus(c, pot),
            });
        }
    }
    if s.look.mood == Mood::Morning && s.dice.chance(60) {
        crate::drawing::parts::rooms::sunbeam(&mut s.c, x - 60, 200);
    }
}

/// A tall thing standing by the wall at `x`, its feet at `y`.
pub fn corner(s: &mut Stage, x: i32, y: i32) {
    let (pot, lit) = (s.look.bright(), s.look.lit());
    match s.dice.below(6) {
        0 => s.c.at(x, y, 104, |c| plants::broad_leaf(c, pot)),
        1 => s.c.at(x, y, 116, |c| plants::sword_leaf(c, pot)),
        2 => s.c.at(x, y, 100, |c| plants::pot_tree(c, pot)),
        3 => {
            let shade = s.look.wall.seen(&[PAPER, s.look.hue.mid, CLAY]);
            s.c.at(x, y, 108, |c| lamps::floor_lamp(c, shade, lit));
        }
        4 => {
            let wood = s.look.timber();
            s.c.at(x, y, 84, |c| furniture::drawers(c, wood));
            s.c.at(x, y - 208, 90, |c| plants::any_plant(c, &mut s.dice, pot));
        }
        _ => {
            s.c.at(x, y, 96, |c| furniture::stool(c, 190, pot, OAK));
            s.c.at(x, y - 182, 104, |c| plants::sword_leaf(c, PAPER.shade(6)));
        }
    }
}
