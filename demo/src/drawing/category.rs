//! The ten trades that have pictures, and the hues each is drawn in.

use super::colour::Colour;

/// A top-level category of the marketplace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Category {
    /// Homes, offices and windows.
    Cleaning,
    /// Water, pipes and heating.
    Plumbing,
    /// Power, light and charging.
    Electrical,
    /// Lawns, beds and trees.
    Gardening,
    /// Boxes, vans and furniture.
    Moving,
    /// Painting and decorating.
    Painting,
    /// Beauty and wellness.
    Beauty,
    /// Lessons of every kind.
    Tutoring,
    /// Graphic and product design.
    Design,
    /// Translation and writing.
    Writing,
}

/// One hue in four steps, of equal lightness across categories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hue {
    /// Soft background, the colour of the category in the whole product.
    pub tint: Colour,
    /// A step stronger: walls, fabrics.
    pub mid: Colour,
    /// Saturated: main objects; 3:1 or better on paper.
    pub strong: Colour,
    /// Very dark: night walls, outlines; 7:1 or better on the tint.
    pub deep: Colour,
}

const fn hue(tint: u32, mid: u32, strong: u32, deep: u32) -> Hue {
    Hue { tint: Colour::hex(tint), mid: Colour::hex(mid), strong: Colour::hex(strong), deep: Colour::hex(deep) }
}

impl Category {
    /// Every category, in the order of the home page.
    pub const ALL: [Self; 10] = [
        Self::Cleaning,
        Self::Plumbing,
        Self::Electrical,
        Self::Gardening,
        Self::Moving,
        Self::Painting,
        Self::Beauty,
        Self::Tutoring,
        Self::Design,
        Self::Writing,
    ];

    /// The address part of the category, lower case with dashes.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Cleaning => "cleaning",
            Self::Plumbing => "plumbing",
            Self::Electrical => "electrical",
            Self::Gardening => "gardening",
            Self::Moving => "moving",
            Self::Painting => "painting-decorating",
            Self::Beauty => "beauty-wellness",
            Self::Tutoring => "tutoring",
            Self::Design => "design",
            Self::Writing => "translation-writing",
        }
    }

    /// The category of a slug, if there is one.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.slug() == slug)
    }

    /// The four steps of the category's hue.
    pub const fn hue(self) -> Hue {
        match self {
            Self::Cleaning => hue(0xb5e7ec, 0x6ac5cd, 0x00858e, 0x00474c),
            Self::Plumbing => hue(0xc1e1fd, 0x84bbe9, 0x3c7aab, 0x1c405d),
            Self::Electrical => hue(0xf4e3ab, 0xe3c463, 0x9a7a16, 0x493c0d),
            Self::Gardening => hue(0xd1e4c0, 0xa2c084, 0x61803e, 0x32441d),
            Self::Moving => hue(0xf7d5bb, 0xdea77b, 0x9f6532, 0x563416),
            Self::Painting => hue(0xfdd1c7, 0xe7a090, 0xa75d4d, 0x5a2f26),
            Self::Beauty => hue(0xfccfd8, 0xe59dad, 0xa55a6c, 0x592e38),
            Self::Tutoring => hue(0xbde8d4, 0x7cc6a6, 0x2c8766, 0x134834),
            Self::Design => hue(0xead3f5, 0xcaa4db, 0x8b629d, 0x4a3255),
            Self::Writing => hue(0xd6d9ff, 0xabaeeb, 0x6b6cae, 0x38385e),
        }
    }

    /// The soft hue that stands for the category on tiles, chips and pictures.
    pub const fn tint(self) -> Colour {
        self.hue().tint
    }
}
