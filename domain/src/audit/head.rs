//! A signed head: where the history stood on a day.

use crate::kernel::signer::Signature;
use crate::kernel::{PublicKey, Signer};
use jiff::Timestamp;
use jiff::civil::Date;

/// Where the history stood when the first look of a day was taken, signed by the marketplace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The day, in universal time.
    pub day: Date,
    /// Number of the last entry then; 0 when there was none.
    pub seq: i64,
    /// Its hash.
    pub hash: [u8; 32],
    /// When it was signed, to the second.
    pub signed_at: Timestamp,
    /// What its signature is checked with.
    pub key: PublicKey,
    /// The signature of [`Head::message`].
    pub signature: Signature,
}

impl Head {
    /// Signs where the history stands.
    #[must_use]
    pub fn sign(signer: &Signer, signed_at: Timestamp, seq: i64, hash: [u8; 32]) -> Self {
        let signed_at = Timestamp::from_second(signed_at.as_second()).unwrap_or(Timestamp::UNIX_EPOCH);
        let day = day_of(signed_at);
        let mut head = Self { day, seq, hash, signed_at, key: signer.public_key(), signature: [0; 64] };
        head.signature = signer.sign(head.message().as_bytes());
        head
    }

    /// Exactly what is signed: five lines, each with its end.
    #[must_use]
    pub fn message(&self) -> String {
        format!("ServiceHub audit head 1\n{}\n{}\n{}\n{}\n", self.day, self.seq, hex::encode(self.hash), self.signed_at)
    }

    /// Whether the signature is one of the key it names.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        self.key.signed(self.message().as_bytes(), &self.signature)
    }
}

/// The day an instant belongs to, in universal time.
pub(super) fn day_of(at: Timestamp) -> Date {
    jiff::tz::TimeZone::UTC.to_datetime(at).date()
}

#[cfg(test)]
mod tests {
    use super::Head;
    use crate::kernel::Signer;

    #[test]
    fn the_signed_message_is_the_documented_one() {
        let signer = Signer::new(&[1; 32]).unwrap();
        let head = Head::sign(&signer, "2026-11-02T09:00:00.5Z".parse().unwrap(), 12, [0xab; 32]);
        let message = format!("ServiceHub audit head 1\n2026-11-02\n12\n{}\n2026-11-02T09:00:00Z\n", "ab".repeat(32));
        assert_eq!(head.message(), message);
        assert!(head.is_signed());
        for forged in [
            Head { day: "2026-11-03".parse().unwrap(), ..head.clone() },
            Head { seq: 13, ..head.clone() },
            Head { hash: [0xac; 32], ..head.clone() },
            Head { signed_at: "2026-11-02T09:00:01Z".parse().unwrap(), ..head.clone() },
            Head { key: Signer::new(&[2; 32]).unwrap().public_key(), ..head.clone() },
            Head { signature: [0; 64], ..head },
        ] {
            assert!(!forged.is_signed(), "{forged:?}");
        }
    }
}
