//! Ids, references and chance of the demo data: the same every time.

use crate::drawing::dice::Dice;
use domain::kernel::reference;
use uuid::Uuid;

/// Milliseconds since 1970 that the first id seems to be made at: 1 January 2025. Ids are told from their
/// number alone, so that the same things have the same ids whenever they are loaded.
const FIRST_MILLI: u64 = 1_735_689_600_000;

/// Makes ids of one kind, one after the other.
#[derive(Debug)]
pub struct Ids {
    kind: &'static str,
    next: u64,
}

impl Ids {
    /// Ids of a kind of thing.
    pub const fn of(kind: &'static str) -> Self {
        Self { kind, next: 0 }
    }

    /// The next one.
    pub fn next(&mut self) -> Uuid {
        self.next += 1;
        numbered(self.kind, self.next)
    }
}

/// The id of a number.
pub fn numbered(kind: &str, number: u64) -> Uuid {
    let mut dice = Dice::new(number, kind);
    let random: [u8; 10] = std::array::from_fn(|_| byte(&mut dice));
    uuid::Builder::from_unix_timestamp_millis(FIRST_MILLI + number, &random).into_uuid()
}

/// A booking's reference.
pub fn booking_reference(number: u64) -> String {
    let mut dice = Dice::new(number, "reference");
    reference::booking(std::array::from_fn(|_| byte(&mut dice)))
}

fn byte(dice: &mut Dice) -> u8 {
    u8::try_from(dice.below(256)).unwrap_or(0)
}

/// A number from a text, for seeds: FNV-1a.
pub fn seed(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
