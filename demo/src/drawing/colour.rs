//! Colours of the drawings: the house palette and the ways to shade it.

use std::fmt;

/// A solid sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    r: u8,
    g: u8,
    b: u8,
}

/// Warm page white.
pub const PAPER: Colour = Colour::hex(0xfbf8f2);
/// Near-black with a drop of green; outlines and dark objects.
pub const INK: Colour = Colour::hex(0x1d2420);
/// The brand's deep green.
pub const GREEN: Colour = Colour::hex(0x0e5a46);
/// The brand's accent.
pub const MARIGOLD: Colour = Colour::hex(0xe79a2b);
/// Fired clay: pots, bricks, warm details.
pub const CLAY: Colour = Colour::hex(0xc9694a);
/// Light wood.
pub const OAK: Colour = Colour::hex(0xd9b084);
/// Dark wood.
pub const WALNUT: Colour = Colour::hex(0x8f5f40);
/// Leaves in the light.
pub const LEAF: Colour = Colour::hex(0x4f9a6a);
/// Leaves in the shade.
pub const LEAF_DEEP: Colour = Colour::hex(0x24694c);
/// Metal in the light.
pub const STEEL: Colour = Colour::hex(0xc3cccd);
/// Metal in the shade.
pub const STEEL_DEEP: Colour = Colour::hex(0x7f8d91);
/// What shadows are mixed with: cooler and softer than ink.
const SHADOW: Colour = Colour::hex(0x1f3038);

impl Colour {
    /// From `0xrrggbb`.
    pub const fn hex(rgb: u32) -> Self {
        let [_, r, g, b] = rgb.to_be_bytes();
        Self { r, g, b }
    }

    /// From its three channels.
    pub const fn rgb(r: u8, g: u8, b: u8) -> Self {
        Self { r, g, b }
    }

    /// `percent` of the way from this colour to `other`.
    pub fn mix(self, other: Self, percent: u32) -> Self {
        let part = percent.min(100);
        let channel = |from: u8, to: u8| {
            let sum = u32::from(from) * (100 - part) + u32::from(to) * part;
            u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX)
        };
        Self { r: channel(self.r, other.r), g: channel(self.g, other.g), b: channel(self.b, other.b) }
    }

    /// The side away from the light: `percent` towards shadow.
    pub fn shade(self, percent: u32) -> Self {
        self.mix(SHADOW, percent)
    }

    /// The side facing the light: `percent` towards paper.
    pub fn light(self, percent: u32) -> Self {
        self.mix(PAPER, percent)
    }

    /// Perceived brightness, 0 (black) to 255 (white).
    pub fn brightness(self) -> u32 {
        (u32::from(self.r) * 299 + u32::from(self.g) * 587 + u32::from(self.b) * 114) / 1000
    }

    /// The first of the choices that is clearly seen on this colour, or else the clearest.
    pub fn seen(self, choices: &[Self]) -> Self {
        let distance = |other: &Self| {
            let far = |a: u8, b: u8| u32::from(a.abs_diff(b));
            far(self.r, other.r) * 3 + far(self.g, other.g) * 5 + far(self.b, other.b) * 2
        };
        let clear = choices.iter().find(|choice| distance(choice) > 560);
        let best = choices.iter().max_by_key(|choice| distance(choice));
        clear.or(best).copied().unwrap_or(INK)
    }

    /// Whether paper-coloured details show better on it than ink-coloured ones.
    pub fn is_dark(self) -> bool {
        self.brightness() < 130
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.r, self.g, self.b)
    }
}
