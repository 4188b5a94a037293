//! The key the marketplace signs with: given as a setting, or made once and kept in the data folder.

use domain::kernel::{PublicKey, Signer};
use secrecy::ExposeSecret;

use crate::keys;
use crate::settings::Settings;

/// The key's file in the data folder.
const FILE: &str = "signing.key";

/// What signs for this process; makes the key when there is none yet.
///
/// # Errors
/// What is wrong with the key, in words and without the key.
pub fn signer(settings: &Settings) -> Result<Signer, String> {
    let signer = match &settings.signing_key {
        Some(given) => read(given.expose_secret()).ok_or("SIGNING_KEY is no key.")?,
        None => made(keys::kept_or_made(&settings.data_dir, FILE)?)?,
    };
    tracing::info!(public_key = %signer.public_key(), "the history is signed with this key");
    Ok(signer)
}

/// The key heads of this installation should be signed with, if this process can know it. Makes nothing.
///
/// # Errors
/// What is wrong with the key, in words and without the key.
pub fn known(settings: &Settings) -> Result<Option<PublicKey>, String> {
    let signer = match &settings.signing_key {
        Some(given) => read(given.expose_secret()),
        None => keys::kept(&settings.data_dir.join(FILE))?.map(made).transpose()?,
    };
    Ok(signer.map(|signer| signer.public_key()))
}

fn read(text: &str) -> Option<Signer> {
    Signer::new(&keys::decode(text)?).ok()
}

fn made(key: [u8; 32]) -> Result<Signer, String> {
    Signer::new(&key).map_err(|error| error.to_string())
}
