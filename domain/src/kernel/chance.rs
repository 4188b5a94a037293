//! The one source of randomness: ids, references, secrets. Seeded in tests and demo data.

use super::clock::Clock;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// Makes ids and random bytes.
#[derive(Clone, Default)]
pub struct Chance {
    seeded: Option<Arc<Mutex<StdRng>>>,
}

impl Chance {
    /// The operating system's randomness.
    #[must_use]
    pub const fn system() -> Self {
        Self { seeded: None }
    }

    /// The same bytes every time, for demo data and tests.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self { seeded: Some(Arc::new(Mutex::new(StdRng::seed_from_u64(seed)))) }
    }

    /// Random bytes.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that draws chance")]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match &self.seeded {
            Some(rng) => rng.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes),
            None => rand::rng().fill_bytes(&mut bytes),
        }
        bytes
    }

    /// A new id of any kind: a version 7 UUID, so that new rows lie together in indexes.
    #[must_use]
    pub fn id<T: From<Uuid>>(&self, clock: &Clock) -> T {
        let millis = u64::try_from(clock.now().as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes::<10>()).into_uuid().into()
    }

    /// A secret of 256 bits, as text that fits in an address.
    #[must_use]
    pub fn secret(&self) -> String {
        use base64::Engine;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(self.bytes::<32>())
    }
}

impl std::fmt::Debug for Chance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Chance")
    }
}
