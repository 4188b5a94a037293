//! Secrets that must be read again (unlike passwords) are stored encrypted: who copies the database alone
//! cannot use them. XChaCha20-Poly1305 (RFC 8439 with the extended nonce), a nonce of chance for each. What need not be
//! read again but could be guessed, such as six digits or a telephone number, is kept as a keyed hash (HMAC-SHA-256).
//!
//! A sealed value begins with the name of its key, so that keys can be renewed: the present one seals, earlier ones
//! still open, and what was sealed with those is sealed anew. Values from before keys had names are opened by trying.

use super::{Chance, Error};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use ring::hmac;
use std::fmt;
use std::sync::Arc;

const NONCE: usize = 24;
/// Bytes of a key's name in front of what it sealed.
const NAME: usize = 4;
/// What a key's name is derived for.
const NAMING: &[u8] = b"name of the key";
/// What the key for hashes is derived for, so that one use tells nothing about the other.
const HASHING: &[u8] = b"ServiceHub keyed hashes";

/// Seals and opens secrets with the installation's key. Cheap to clone.
#[derive(Clone)]
pub struct Sealer {
    /// The present key, then earlier ones.
    keys: Arc<[SealingKey]>,
    hashes: Option<Arc<hmac::Key>>,
}

struct SealingKey {
    name: [u8; NAME],
    cipher: XChaCha20Poly1305,
}

impl SealingKey {
    fn new(key: &[u8; 32]) -> Self {
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), NAMING);
        let mut name = [0; NAME];
        name.copy_from_slice(&tag.as_ref()[..NAME]);
        Self { name, cipher: XChaCha20Poly1305::new(&Key::from(*key)) }
    }

    /// `None` when it is not of this key, or not for this purpose, or was changed.
    fn open(&self, purpose: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        self.cipher.decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: purpose.as_bytes() }).ok()
    }
}

impl Sealer {
    /// A sealer with a key of 256 bits.
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        Self::renewed(key, &[])
    }

    /// A sealer with a key of 256 bits that also opens what earlier ones sealed.
    #[must_use]
    pub fn renewed(key: &[u8; 32], earlier: &[[u8; 32]]) -> Self {
        let derived = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), HASHING);
        Self {
            keys: std::iter::once(key).chain(earlier).map(SealingKey::new).collect(),
            hashes: Some(Arc::new(hmac::Key::new(hmac::HMAC_SHA256, derived.as_ref()))),
        }
    }

    /// For processes that have no secrets to read or keep: sealing and opening are refused.
    #[must_use]
    pub fn without_key() -> Self {
        Self { keys: Arc::new([]), hashes: None }
    }

    fn present(&self) -> Result<&SealingKey, Error> {
        self.keys.first().ok_or_else(|| Error::internal("this process was started without ENCRYPTION_KEY"))
    }

    /// What values sealed with the present key begin with.
    ///
    /// # Errors
    /// There is no key.
    pub fn mark(&self) -> Result<&[u8], Error> {
        Ok(&self.present()?.name)
    }

    /// The keyed hash of some words for a purpose: the same each time until the key is renewed, and of no use to whoever
    /// has the database but not the key, however few words there are to try.
    ///
    /// # Errors
    /// A process without a key.
    pub fn hash(&self, purpose: &str, words: &[&[u8]]) -> Result<[u8; 32], Error> {
        let key = self.hashes.as_deref();
        let key = key.ok_or_else(|| Error::internal("this process was started without ENCRYPTION_KEY"))?;
        let mut hash = hmac::Context::with_key(key);
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
        let key = self.present()?;
        let sealed = key.cipher.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| Error::internal("a secret cannot be sealed"))?;
        Ok([&key.name[..], &nonce[..], &sealed].concat())
    }

    /// Decrypts what [`Self::seal`] made for the same purpose.
    ///
    /// # Errors
    /// It was sealed with another key or for another purpose, or was changed.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, Error> {
        self.present()?;
        let (name, rest) = sealed.split_at_checked(NAME).unwrap_or((&[], sealed));
        let named = self.keys.iter().filter(|key| key.name == name).find_map(|key| key.open(purpose, rest));
        let found = named.or_else(|| self.keys.iter().find_map(|key| key.open(purpose, sealed)));
        found.ok_or_else(|| {
            Error::internal(format!("a sealed secret does not open: {purpose}. Was ENCRYPTION_KEY changed?"))
        })
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
    fn keys_can_be_renewed() {
        let chance = Chance::seeded(1);
        let (old, new) = (Sealer::new(&[7; 32]), Sealer::renewed(&[8; 32], &[[7; 32]]));
        let sealed = old.seal(&chance, "totp of ana", b"secret").expect("seals");
        assert_eq!(new.open("totp of ana", &sealed).expect("opens"), b"secret");
        assert!(!sealed.starts_with(new.mark().expect("a key")), "to be sealed anew");
        let anew = new.seal(&chance, "totp of ana", b"secret").expect("seals");
        assert!(anew.starts_with(new.mark().expect("a key")));
        assert!(old.open("totp of ana", &anew).is_err(), "the old key alone opens nothing new");
        assert_eq!(Sealer::new(&[8; 32]).open("totp of ana", &anew).expect("opens"), b"secret");
        // From before keys had names.
        let nameless = &sealed[NAME..];
        assert_eq!(old.open("totp of ana", nameless).expect("opens"), b"secret");
        assert_eq!(new.open("totp of ana", nameless).expect("opens"), b"secret");
        assert!(Sealer::without_key().open("totp of ana", &sealed).is_err());
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
