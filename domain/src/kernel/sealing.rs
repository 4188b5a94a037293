//! Secrets that must be read again (unlike passwords) are stored encrypted: who copies the database alone
//! cannot use them. XChaCha20-Poly1305 (RFC 8439 with the extended nonce), a nonce of chance for each. What need not be
//! read again but could be guessed, such as six digits or a telephone number, is kept as a keyed hash (HMAC-SHA-256).

use super::{Chance, Error};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use ring::hmac;
use std::fmt;
use std::sync::Arc;

const NONCE: usize = 24;

/// Seals and opens secrets with the installation's key. Cheap to clone.
#[derive(Clone)]
pub struct Sealer {
    keys: Option<Arc<Keys>>,
}

struct Keys {
    cipher: XChaCha20Poly1305,
    hashes: hmac::Key,
}

impl Sealer {
    /// A sealer with a key of 256 bits.
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        // A key of its own for hashes, so that one use tells nothing about the other.
        let root = hmac::Key::new(hmac::HMAC_SHA256, key);
        let hashes = hmac::Key::new(hmac::HMAC_SHA256, hmac::sign(&root, b"ServiceHub keyed hashes").as_ref());
        Self { keys: Some(Arc::new(Keys { cipher: XChaCha20Poly1305::new(&Key::from(*key)), hashes })) }
    }

    /// For processes that have no secrets to read or keep: sealing and opening are refused.
    #[must_use]
    pub const fn without_key() -> Self {
        Self { keys: None }
    }

    fn keys(&self) -> Result<&Keys, Error> {
        self.keys.as_deref().ok_or_else(|| Error::internal("this process was started without ENCRYPTION_KEY"))
    }

    /// The keyed hash of some words for a purpose: the same each time, and of no use to whoever has the database but
    /// not the key, however few words there are to try.
    ///
    /// # Errors
    /// A process without a key.
    pub fn hash(&self, purpose: &str, words: &[&[u8]]) -> Result<[u8; 32], Error> {
        let mut hash = hmac::Context::with_key(&self.keys()?.hashes);
        for part in [purpose.as_bytes()].iter().chain(words) {
            // Each with its length before it, so that nothing moves from one part into its neighbour.
            hash.update(&u64::try_from(part.len()).map_err(Error::internal)?.to_be_bytes());
            hash.update(part);
        }
        hash.sign().as_ref().try_into().map_err(Error::internal)
    }

    /// A short name for something personal: the same every time, and nobody without the key can tell of what, not even
    /// by trying all there are (there are few addresses of the internet's fourth version).
    #[must_use]
    pub fn pseudonym(&self, of: &str) -> Option<String> {
        let hash = self.hash("names in logs", &[of.as_bytes()]).ok()?;
        Some(hex::encode(&hash[..8]))
    }

    /// Encrypts a secret. It opens only together with the same `purpose`, so that a sealed value moved into
    /// another row or column is of no use.
    ///
    /// # Errors
    /// None in practice: only secrets of more than 256 GiB are refused.
    pub fn seal(&self, chance: &Chance, purpose: &str, secret: &[u8]) -> Result<Vec<u8>, Error> {
        let nonce = chance.bytes::<NONCE>();
        let payload = Payload { msg: secret, aad: purpose.as_bytes() };
        let sealed = self.keys()?.cipher.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| Error::internal("a secret cannot be sealed"))?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Decrypts what [`Self::seal`] made for the same purpose.
    ///
    /// # Errors
    /// It was sealed with another key or for another purpose, or was changed.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, Error> {
        let broken =
            || Error::internal(format!("a sealed secret does not open: {purpose}. Was ENCRYPTION_KEY changed?"));
        let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or_else(broken)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| broken())?;
        let payload = Payload { msg: sealed, aad: purpose.as_bytes() };
        self.keys()?.cipher.decrypt(&XNonce::from(nonce), payload).map_err(|_| broken())
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_logs_is_the_same_and_tells_nothing_without_the_key() {
        let (ours, theirs) = (Sealer::new(&[7; 32]), Sealer::new(&[8; 32]));
        let name = ours.pseudonym("203.0.113.9");
        assert_eq!(name.as_ref().map(String::len), Some(16));
        assert_eq!(ours.pseudonym("203.0.113.9"), name);
        assert_ne!(ours.pseudonym("203.0.113.8"), name);
        assert_ne!(theirs.pseudonym("203.0.113.9"), name);
        assert_eq!(Sealer::without_key().pseudonym("203.0.113.9"), None);
    }

    #[test]
    fn opens_only_unchanged_and_for_its_purpose() {
        let (sealer, chance) = (Sealer::new(&[7; 32]), Chance::seeded(1));
        let sealed = sealer.seal(&chance, "totp of ana", b"secret").expect("seals");
        assert!(!sealed.windows(6).any(|part| part == b"secret"));
        assert_eq!(sealer.open("totp of ana", &sealed).expect("opens"), b"secret");
        assert!(sealer.open("totp of ben", &sealed).is_err());
        assert!(Sealer::new(&[8; 32]).open("totp of ana", &sealed).is_err());
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert!(sealer.open("totp of ana", &changed).is_err(), "{place}");
        }
        assert!(sealer.open("totp of ana", &sealed[..NONCE - 1]).is_err());
        assert_ne!(sealer.seal(&chance, "totp of ana", b"secret").expect("seals"), sealed, "never the same twice");
    }

    #[test]
    fn keyed_hashes_differ_by_key_purpose_and_words() {
        let sealer = Sealer::new(&[7; 32]);
        let hash = |purpose: &str, words: &[&[u8]]| sealer.hash(purpose, words).expect("a hash");
        let one = hash("code", &[b"ana", b"123456"]);
        assert_eq!(hash("code", &[b"ana", b"123456"]), one);
        let other = Sealer::new(&[8; 32]).hash("code", &[b"ana", b"123456"]).expect("a hash");
        let all =
            [other, hash("codes", &[b"ana", b"123456"]), hash("code", &[b"ana1", b"23456"]), hash("code", &[b"ana"])];
        assert!(all.iter().all(|hash| *hash != one));
        assert!(Sealer::without_key().hash("code", &[]).is_err());
    }
}
