//! What a scene is drawn with: the canvas, the dice and the colours thrown for this picture.

use super::canvas::Canvas;
use super::category::{Category, Hue};
use super::colour::{CLAY, Colour, GREEN, LEAF_DEEP, MARIGOLD, OAK, PAPER, WALNUT};
use super::dice::Dice;

/// The time of day seen through windows and outdoors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Pale and fresh.
    Morning,
    /// Clear and blue.
    Noon,
    /// Warm and low.
    Evening,
    /// Dark with a moon.
    Night,
}

impl Mood {
    /// The colour of the sky.
    pub const fn sky(self) -> Colour {
        match self {
            Self::Morning => Colour::hex(0xfdf0d0),
            Self::Noon => Colour::hex(0xcfeaf5),
            Self::Evening => Colour::hex(0xfbcfa8),
            Self::Night => Colour::hex(0x24405c),
        }
    }

    /// The sun, or the moon.
    pub const fn sun(self) -> Colour {
        match self {
            Self::Morning => Colour::hex(0xf6c667),
            Self::Noon => Colour::hex(0xfff3cf),
            Self::Evening => Colour::hex(0xee7f52),
            Self::Night => Colour::hex(0xf7edd2),
        }
    }

    /// Far hills; near ones are a shade darker.
    pub const fn hill(self) -> Colour {
        match self {
            Self::Morning => Colour::hex(0xb9d4a8),
            Self::Noon => Colour::hex(0x9ccaa4),
            Self::Evening => Colour::hex(0xc39a86),
            Self::Night => Colour::hex(0x1b3547),
        }
    }

    /// Clouds.
    pub fn cloud(self) -> Colour {
        self.sky().light(if self == Self::Night { 14 } else { 65 })
    }
}

/// The colours of one picture.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// The category's hue.
    pub hue: Hue,
    /// Wall of the room.
    pub wall: Colour,
    /// Floor of the room.
    pub floor: Colour,
    /// Skirting, window frames, doors.
    pub trim: Colour,
    /// The one colour that stands out.
    pub accent: Colour,
    /// A calmer partner of the accent, for textiles.
    pub fabric: Colour,
    /// Furniture wood.
    pub wood: Colour,
    /// Skin of the hands in the picture.
    pub skin: Colour,
    /// Time of day.
    pub mood: Mood,
}

/// Skin tones from light to dark.
pub const SKINS: [Colour; 8] = [
    Colour::hex(0xf9d9c3),
    Colour::hex(0xf2c7a5),
    Colour::hex(0xe5b189),
    Colour::hex(0xd39b70),
    Colour::hex(0xb97f55),
    Colour::hex(0x9a6543),
    Colour::hex(0x7d5038),
    Colour::hex(0x643f2d),
];

/// Everything a scene needs.
#[derive(Debug)]
pub struct Stage {
    /// Where shapes go.
    pub c: Canvas,
    /// The picture's own chance.
    pub dice: Dice,
    /// The picture's colours.
    pub look: Look,
}

impl Stage {
    /// A stage with colours thrown for this category and these dice.
    pub fn new(category: Category, mut dice: Dice) -> Self {
        let look = Look::thrown(category.hue(), &mut dice);
        Self { c: Canvas::new(), dice, look }
    }
}

impl Look {
    /// A fabric that shows on the wall.
    pub fn cloth(&self) -> Colour {
        self.wall.seen(&[self.fabric, self.accent, self.hue.strong, self.hue.tint])
    }

    /// A pot, can or machine colour that shows on the wall.
    pub fn bright(&self) -> Colour {
        self.wall.seen(&[self.accent, CLAY, MARIGOLD, self.hue.tint])
    }

    /// A sleeve that shows on `ground`.
    pub fn sleeve(&self, ground: Colour) -> Colour {
        ground.seen(&[self.fabric, self.hue.deep, self.accent, PAPER])
    }

    /// Furniture wood that shows on the wall.
    pub fn timber(&self) -> Colour {
        self.wall.seen(&[self.wood, WALNUT, OAK.light(20)])
    }

    /// Whether lamps are lit.
    pub fn lit(&self) -> bool {
        matches!(self.mood, Mood::Evening | Mood::Night) || self.wall.is_dark()
    }

    fn thrown(hue: Hue, dice: &mut Dice) -> Self {
        // Now and then a wall from outside the hue, muted so that the tint still leads.
        let guest = dice.pick([Colour::hex(0xbccfc0), Colour::hex(0xb9ccd6), Colour::hex(0xecd2c6)]);
        let wall = dice.pick([
            hue.tint,
            hue.tint,
            hue.tint.light(45),
            hue.mid.light(25),
            hue.mid,
            Colour::hex(0xf3eadb),
            guest,
            hue.deep.mix(hue.strong, 25),
        ]);
        let floor = dice.pick([
            OAK,
            OAK.light(35),
            Colour::hex(0xc08f66),
            Colour::hex(0xe9dfd0),
            hue.strong.mix(OAK, 55),
            hue.mid.shade(12),
        ]);
        let accent = dice.pick([MARIGOLD, MARIGOLD, CLAY, GREEN, Colour::hex(0x2f5f8a)]);
        let fabric = dice.pick([hue.strong, hue.strong, hue.deep, LEAF_DEEP, CLAY, Colour::hex(0x35587a)]);
        let moods = [Mood::Morning, Mood::Noon, Mood::Noon, Mood::Evening, Mood::Night];
        Self {
            hue,
            wall,
            floor: if floor == wall { OAK } else { floor },
            trim: if wall == PAPER { OAK } else { PAPER },
            accent,
            fabric,
            wood: dice.pick([OAK, WALNUT, Colour::hex(0xb98255)]),
            skin: dice.pick(SKINS),
            mood: dice.pick(moods),
        }
    }
}
