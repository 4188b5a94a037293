//! The marketplace's own signature (Ed25519): what it signs, anybody can check with the public key.

use super::Error;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use std::fmt;
use std::sync::Arc;

/// A signature.
pub type Signature = [u8; 64];

/// Signs with a secret key. Cheap to clone; never shows the secret.
#[derive(Clone)]
pub struct Signer {
    pair: Arc<Ed25519KeyPair>,
}

impl Signer {
    /// The signer of a secret of 32 bytes.
    ///
    /// # Errors
    /// A defect: every 32 bytes are a secret.
    pub fn new(secret: &[u8; 32]) -> Result<Self, Error> {
        let pair = Ed25519KeyPair::from_seed_unchecked(secret).map_err(Error::internal)?;
        Ok(Self { pair: Arc::new(pair) })
    }

    /// What others check signatures with.
    ///
    /// # Panics
    /// Never: the public key of Ed25519 has 32 bytes.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(self.pair.public_key().as_ref());
        PublicKey(bytes)
    }

    /// Signs a message.
    ///
    /// # Panics
    /// Never: a signature of Ed25519 has 64 bytes.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Signature {
        let mut bytes = [0; 64];
        bytes.copy_from_slice(self.pair.sign(message).as_ref());
        bytes
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.public_key())
    }
}

/// The public half of a signer. Shown and read as base64.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PublicKey(pub [u8; 32]);

impl PublicKey {
    /// A key as it is shown.
    #[must_use]
    pub fn parse(base64: &str) -> Option<Self> {
        STANDARD.decode(base64.trim()).ok()?.try_into().ok().map(Self)
    }

    /// Whether the owner of this key signed exactly this message.
    #[must_use]
    pub fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, &self.0).verify(message, signature).is_ok()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::{PublicKey, Signer};

    /// The first two test vectors of RFC 8032, section 7.1.
    #[test]
    fn signatures_are_those_of_the_standard() {
        let bytes = |text: &str| hex::decode(text).unwrap();
        for (secret, public, message, signature) in [
            (
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
            ),
            (
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
            ),
        ] {
            let signer = Signer::new(&bytes(secret).try_into().unwrap()).unwrap();
            assert_eq!(hex::encode(signer.public_key().0), public);
            assert_eq!(hex::encode(signer.sign(&bytes(message))), signature);
            assert!(signer.public_key().signed(&bytes(message), &bytes(signature)));
            assert!(!signer.public_key().signed(b"another", &bytes(signature)));
        }
    }

    #[test]
    fn a_signer_does_not_show_its_secret() {
        let signer = Signer::new(&[7; 32]).unwrap();
        assert_eq!(format!("{signer:?}"), format!("Signer({})", signer.public_key()));
        assert_eq!(PublicKey::parse(&signer.public_key().to_string()), Some(signer.public_key()));
        assert_eq!(PublicKey::parse("c2hvcnQ="), None);
    }
}
