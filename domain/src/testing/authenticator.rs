//! A device with a passkey in it, as far as the browser and the site can tell: it makes keys of its own, signs challenges,
//! and can be told to do it wrongly.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Flags of the authenticator data (Web Authentication, 6.1).
const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const WITH_KEY: u8 = 0x40;

/// A device that holds one passkey for one site.
pub struct Authenticator {
    key: EcdsaKeyPair,
    handle: Option<Vec<u8>>,
    /// How often it has signed; devices that keep no count say nought.
    pub counter: u32,
    /// Whether it makes sure of its owner.
    pub verifies: bool,
    /// Where the browser says it is.
    pub origin: String,
}

impl Authenticator {
    /// A device in a browser at an origin such as `http://localhost:3000`.
    ///
    /// # Panics
    /// When this machine has no chance to offer.
    #[must_use]
    pub fn at(origin: &str) -> Self {
        let chance = SystemRandom::new();
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &chance).expect("a key");
        let key =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, made.as_ref(), &chance).expect("the same key");
        Self { key, handle: None, counter: 0, verifies: true, origin: origin.to_owned() }
    }

    /// How the device names its key.
    #[must_use]
    pub fn id(&self) -> Vec<u8> {
        Sha256::digest(self.key.public_key().as_ref())[..16].to_vec()
    }

    /// What `navigator.credentials.create` hands back, as JSON.
    ///
    /// # Panics
    /// The options are none.
    pub fn create(&mut self, options: &Value) -> String {
        let options = &options["publicKey"];
        self.handle = Some(bytes(&options["user"]["id"]));
        let mut data = self.data(options["rp"]["id"].as_str().expect("the site's name"), WITH_KEY);
        let id = self.id();
        data.extend([0; 16]);
        data.extend(u16::try_from(id.len()).expect("a short id").to_be_bytes());
        data.extend(&id);
        // COSE: an EC2 key for ES256 on P-256, its two coordinates.
        let point = self.key.public_key().as_ref();
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(&point[1..33]);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(&point[33..65]);
        // CBOR: {"fmt": "none", "attStmt": {}, "authData": …}
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".to_vec();
        object.extend(u16::try_from(data.len()).expect("short data").to_be_bytes());
        object.extend(&data);
        let response = json!({
            "attestationObject": text(&object),
            "clientDataJSON": text(&self.client("webauthn.create", &options["challenge"])),
        });
        self.handed_back(response)
    }

    /// What `navigator.credentials.get` hands back, as JSON.
    ///
    /// # Panics
    /// The options are none.
    pub fn get(&mut self, options: &Value) -> String {
        let options = &options["publicKey"];
        if self.counter > 0 {
            self.counter += 1;
        }
        let data = self.data(options["rpId"].as_str().expect("the site's name"), 0);
        let client = self.client("webauthn.get", &options["challenge"]);
        let signed = [&data[..], &Sha256::digest(&client)].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).expect("a signature");
        let response = json!({
            "authenticatorData": text(&data),
            "clientDataJSON": text(&client),
            "signature": text(signature.as_ref()),
            "userHandle": self.handle.as_deref().map(text),
        });
        self.handed_back(response)
    }

    /// Names another person as its owner.
    pub fn claim(&mut self, handle: Option<&[u8]>) {
        self.handle = handle.map(<[u8]>::to_vec);
    }

    fn data(&self, site: &str, more: u8) -> Vec<u8> {
        let flags = PRESENT | more | if self.verifies { VERIFIED } else { 0 };
        [&Sha256::digest(site)[..], &[flags], &self.counter.to_be_bytes()].concat()
    }

    fn client(&self, kind: &str, challenge: &Value) -> Vec<u8> {
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false })
            .to_string()
            .into_bytes()
    }

    fn handed_back(&self, response: Value) -> String {
        let id = text(&self.id());
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response, "extensions": {} }).to_string()
    }
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn bytes(text: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text.as_str().expect("text")).expect("Base64 for addresses")
}
