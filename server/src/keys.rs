//! Keys of the installation: given as settings, or made once and kept in the data folder.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::kernel::{Chance, Sealer};
use secrecy::ExposeSecret;

use crate::settings::Settings;

/// The file of the key secrets are encrypted with.
const ENCRYPTION: &str = "encryption.key";

/// A key as it is written: 32 bytes in base64.
pub fn decode(text: &str) -> Option<[u8; 32]> {
    STANDARD.decode(text.trim()).ok()?.try_into().ok()
}

/// What encrypts stored secrets; makes the key when there is none yet.
///
/// # Errors
/// What is wrong with the key, in words and without the key.
pub fn sealer(settings: &Settings) -> Result<Sealer, String> {
    let key = match &settings.encryption_key {
        Some(given) => decode(given.expose_secret()).ok_or("ENCRYPTION_KEY is no key.")?,
        None => kept_or_made(&settings.data_dir, ENCRYPTION)?,
    };
    let earlier: Option<Vec<_>> = settings.old_encryption_keys.iter().map(|key| decode(key.expose_secret())).collect();
    Ok(Sealer::renewed(&key, &earlier.ok_or("OLD_ENCRYPTION_KEYS are no keys.")?))
}

/// The key of a file in a folder, made at the first call.
///
/// # Errors
/// What is wrong with the file, in words and without the key.
pub fn kept_or_made(folder: &Path, name: &str) -> Result<[u8; 32], String> {
    let file = folder.join(name);
    if let Some(key) = kept(&file)? {
        return Ok(key);
    }
    let complain = |error: std::io::Error| format!("The key {} cannot be made: {error}", file.display());
    std::fs::create_dir_all(folder).map_err(complain)?;
    let chance = Chance::system();
    // Written under another name first: nobody ever reads half a key, and of two processes one wins.
    let draft = folder.join(format!("{name}.{}", hex::encode(chance.bytes::<8>())));
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft).and_then(|mut out| {
        writeln!(out, "{}", STANDARD.encode(chance.bytes::<32>()))?;
        out.sync_all()?;
        match std::fs::hard_link(&draft, &file) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            linked => linked,
        }
    });
    let _ = std::fs::remove_file(&draft);
    made.and_then(|()| File::open(folder)?.sync_all()).map_err(complain)?;
    kept(&file)?.ok_or_else(|| format!("The key {} is gone again.", file.display()))
}

/// The key of a file; `None` when there is no file.
///
/// # Errors
/// What is wrong with the file, in words and without the key.
pub fn kept(file: &Path) -> Result<Option<[u8; 32]>, String> {
    let mut open = match File::open(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        opened => opened.map_err(|error| format!("The key {} cannot be read: {error}", file.display()))?,
    };
    let complain = |error: std::io::Error| format!("The key {} cannot be read: {error}", file.display());
    if open.metadata().map_err(complain)?.mode() & 0o077 != 0 {
        return Err(format!(
            "Others may read the key {}. Run `chmod 600` on it; if somebody may have read it, make a new one.",
            file.display()
        ));
    }
    let mut text = String::new();
    open.read_to_string(&mut text).map_err(complain)?;
    decode(&text).map(Some).ok_or_else(|| format!("{} holds no key of 32 bytes in base64.", file.display()))
}

#[cfg(test)]
mod tests {
    use super::{kept, kept_or_made};
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    #[test]
    fn a_key_is_made_once_and_for_nobody_else() {
        let folder = std::env::temp_dir().join(format!("hub-key-{}", std::process::id()));
        let file = folder.join("some.key");
        assert!(kept(&file).unwrap().is_none());
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let folder = folder.clone();
                std::thread::spawn(move || kept_or_made(&folder, "some.key").unwrap())
            })
            .collect();
        let keys: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
        assert_eq!(std::fs::metadata(&file).unwrap().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);

        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(kept(&file).unwrap_err().contains("chmod 600"));
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        std::fs::write(&file, "c2hvcnQ=").unwrap();
        assert!(!kept(&file).unwrap_err().contains("c2hvcnQ="));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
