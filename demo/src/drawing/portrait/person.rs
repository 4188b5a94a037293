//! Who is drawn: one person and how their traits are thrown.

use crate::drawing::colour::{CLAY, Colour, GREEN, INK, MARIGOLD, PAPER};
use crate::drawing::dice::Dice;
use crate::drawing::stage::SKINS;

use super::traits::{Age, Beard, Clothes, Hair, Presentation};

/// All traits of one person.
#[derive(Clone, Debug)]
pub struct Person {
    pub(super) presentation: Presentation,
    pub(super) age: Age,
    pub(super) skin: Colour,
    pub(super) hair: Colour,
    pub(super) style: Hair,
    pub(super) beard: Beard,
    pub(super) clothes: Clothes,
    /// Main colour of the clothes.
    pub(super) top: Colour,
    /// Second colour of the clothes, also of scarves and caps.
    pub(super) trim: Colour,
    /// 0 none, 1 round, 2 square, 3 half-rim.
    pub(super) glasses: usize,
    pub(super) earrings: bool,
    pub(super) freckles: bool,
    /// 0 closed smile, 1 open smile, 2 slight smile.
    pub(super) mouth: usize,
    /// 0 to 2.
    pub(super) nose: usize,
    /// Half the width of the face, in units.
    pub(super) half: i32,
    /// How round the jaw is, in units.
    pub(super) jaw: i32,
}

const FEMININE: [Hair; 15] = [
    Hair::Bob,
    Hair::Bob,
    Hair::FringeBob,
    Hair::Straight,
    Hair::Straight,
    Hair::Wavy,
    Hair::Wavy,
    Hair::Bun,
    Hair::Bun,
    Hair::Ponytail,
    Hair::Braids,
    Hair::Pixie,
    Hair::Curls,
    Hair::Headscarf,
    Hair::Headscarf,
];
const MASCULINE: [Hair; 15] = [
    Hair::SidePart,
    Hair::SidePart,
    Hair::Quiff,
    Hair::Quiff,
    Hair::Crop,
    Hair::Crop,
    Hair::Buzz,
    Hair::Bald,
    Hair::Receding,
    Hair::Curls,
    Hair::Curls,
    Hair::Cap,
    Hair::Beanie,
    Hair::Turban,
    Hair::Pixie,
];

impl Person {
    /// A person thrown by the dice.
    pub fn thrown(dice: &mut Dice, presentation: Presentation) -> Self {
        let feminine = presentation == Presentation::Feminine;
        let age = dice.pick([Age::Young, Age::Young, Age::Middle, Age::Middle, Age::Senior]);
        let tone = dice.below(SKINS.len());
        let style = hair_style(dice, feminine, age, tone);
        let beard = if feminine { Beard::None } else { beard(dice, style) };
        let (top, trim) = dice.pick([
            (GREEN, MARIGOLD),
            (MARIGOLD, Colour::hex(0x35587a)),
            (CLAY, PAPER),
            (Colour::hex(0x35587a), CLAY),
            (PAPER, GREEN),
            (Colour::hex(0x6b6cae), MARIGOLD),
            (Colour::hex(0x2c8766), PAPER),
            (Colour::hex(0xa55a6c), Colour::hex(0xf7d5bb)),
            (INK.light(18), MARIGOLD),
            (Colour::hex(0xd9b084), GREEN),
            (Colour::hex(0x00858e), PAPER),
        ]);
        Self {
            presentation,
            age,
            skin: SKINS[tone],
            hair: hair_colour(dice, age, tone),
            style,
            beard,
            clothes: clothes(dice, feminine),
            top,
            trim,
            glasses: if dice.chance(if age == Age::Senior { 60 } else { 30 }) { dice.pick([1, 1, 2, 3]) } else { 0 },
            earrings: feminine && dice.chance(45),
            freckles: tone < 3 && dice.chance(25),
            mouth: dice.below(3),
            nose: dice.below(3),
            half: dice.between(if feminine { 90 } else { 94 }, if feminine { 98 } else { 105 }),
            jaw: dice.between(if feminine { 58 } else { 66 }, if feminine { 70 } else { 82 }),
        }
    }

    /// Left edge of the face at the temples.
    pub(super) fn left(&self) -> i32 {
        300 - self.half
    }

    /// Right edge of the face at the temples.
    pub(super) fn right(&self) -> i32 {
        300 + self.half
    }
}

fn hair_style(dice: &mut Dice, feminine: bool, age: Age, tone: usize) -> Hair {
    if tone >= 5 && dice.chance(50) {
        return if feminine {
            dice.pick([Hair::Afro, Hair::Afro, Hair::Locs, Hair::Braids, Hair::Curls])
        } else {
            dice.pick([Hair::Afro, Hair::Buzz, Hair::Crop, Hair::Locs, Hair::Bald])
        };
    }
    if age == Age::Senior && dice.chance(60) {
        return if feminine {
            dice.pick([Hair::Bob, Hair::Bun, Hair::Pixie, Hair::Curls])
        } else {
            dice.pick([Hair::Receding, Hair::Receding, Hair::Bald, Hair::SidePart])
        };
    }
    match if feminine { dice.pick(FEMININE) } else { dice.pick(MASCULINE) } {
        Hair::Turban if !(2..=5).contains(&tone) => Hair::SidePart,
        style => style,
    }
}

fn hair_colour(dice: &mut Dice, age: Age, tone: usize) -> Colour {
    let black = Colour::hex(0x25211f);
    let dark = Colour::hex(0x43302a);
    if age == Age::Senior && dice.chance(85) {
        return dice.pick([Colour::hex(0xd8d5cf), Colour::hex(0xb9b8b6), Colour::hex(0x8f9294)]);
    }
    match tone {
        0 | 1 => dice.pick([
            dark,
            Colour::hex(0x6b4329),
            Colour::hex(0x8a5a34),
            Colour::hex(0xdcb065),
            Colour::hex(0xc8963f),
            Colour::hex(0xb4552b),
            black,
        ]),
        2 | 3 => dice.pick([black, dark, Colour::hex(0x6b4329), Colour::hex(0x7c4a2c), Colour::hex(0xa87437)]),
        _ => dice.pick([black, black, dark, Colour::hex(0x5a3526)]),
    }
}

fn beard(dice: &mut Dice, style: Hair) -> Beard {
    match style {
        Hair::Turban => Beard::Full,
        Hair::Bald | Hair::Receding => {
            dice.pick([Beard::Full, Beard::Short, Beard::Stubble, Beard::None, Beard::Moustache])
        }
        _ => dice.pick([
            Beard::None,
            Beard::None,
            Beard::None,
            Beard::Stubble,
            Beard::Short,
            Beard::Full,
            Beard::Moustache,
            Beard::Goatee,
        ]),
    }
}

fn clothes(dice: &mut Dice, feminine: bool) -> Clothes {
    let last = if feminine { Clothes::Scoop } else { Clothes::Tee };
    dice.pick([
        Clothes::Tee,
        Clothes::Shirt,
        Clothes::Shirt,
        Clothes::Hoodie,
        Clothes::Blazer,
        Clothes::RollNeck,
        Clothes::Dungarees,
        Clothes::Apron,
        Clothes::Cardigan,
        last,
    ])
}
