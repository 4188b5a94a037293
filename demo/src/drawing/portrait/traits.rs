//! The traits a person is put together from.

/// Which names a portrait should suit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presentation {
    /// Suits names usually given to women.
    Feminine,
    /// Suits names usually given to men.
    Masculine,
}

/// What is on the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hair {
    SidePart,
    Quiff,
    Buzz,
    Bald,
    Receding,
    Curls,
    Afro,
    Crop,
    Pixie,
    Bob,
    FringeBob,
    Straight,
    Wavy,
    Bun,
    Ponytail,
    Braids,
    Locs,
    Headscarf,
    Turban,
    Beanie,
    Cap,
}

/// What grows on the chin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beard {
    None,
    Stubble,
    Short,
    Full,
    Moustache,
    Goatee,
}

/// What is worn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clothes {
    Tee,
    Shirt,
    Hoodie,
    Blazer,
    RollNeck,
    Dungarees,
    Apron,
    Cardigan,
    Scoop,
}

/// Three spans of life, as far as a drawing can tell them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Age {
    Young,
    Middle,
    Senior,
}
