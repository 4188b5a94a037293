//! Keys of the installation: from the settings, else made once and kept in a closed file under the data folder.

use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::kernel::Chance;
use secrecy::{ExposeSecret, SecretString};

/// A key of 256 bits in base64, with or without padding.
pub fn decode(text: &str) -> Option<[u8; 32]> {
    let bytes =
        STANDARD.decode(text.trim()).or_else(|_| base64::engine::general_purpose::STANDARD_NO_PAD.decode(text.trim()));
    bytes.ok()?.try_into().ok()
}

/// The key called `name`: the given one, else the one in `DATA_DIR/keys/name`, made at the first call.
///
/// # Errors
/// The file cannot be read, written, or holds no key; in words.
pub fn key(given: Option<&SecretString>, data: &Path, name: &str) -> Result<[u8; 32], String> {
    if let Some(given) = given {
        return decode(given.expose_secret()).ok_or_else(|| format!("The key for {name} is no key."));
    }
    let folder = data.join("keys");
    let file = folder.join(name);
    let complain = |what: &str, error: std::io::Error| format!("{} cannot be {what}: {error}", file.display());
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(|e| complain("made", e))?;
    let fresh = STANDARD.encode(Chance::system().bytes::<32>());
    // Written under another name first: two processes that start at once never read half a key.
    let draft = folder.join(format!("{name}.{}", std::process::id()));
    let mut options = std::fs::OpenOptions::new();
    let made = options.write(true).create_new(true).mode(0o600).open(&draft);
    let done = made.and_then(|mut open| {
        open.write_all(fresh.as_bytes())?;
        open.sync_all()?;
        // A link fails where there is a key already, so the first one stays.
        std::fs::hard_link(&draft, &file)
    });
    let _ = std::fs::remove_file(&draft);
    match done {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(complain("written", error)),
        _ => {}
    }
    let text = std::fs::read_to_string(&file).map_err(|e| complain("read", e))?;
    decode(&text).ok_or_else(|| format!("{} holds no key.", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_closed() {
        use std::os::unix::fs::PermissionsExt;
        let data = std::env::temp_dir().join(format!("keys-{}", std::process::id()));
        let first = key(None, &data, "encryption").expect("a key");
        assert_eq!(key(None, &data, "encryption"), Ok(first), "the same again");
        assert_ne!(key(None, &data, "other"), Ok(first), "another name, another key");
        let mode = std::fs::metadata(data.join("keys/encryption")).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let given = SecretString::from(STANDARD.encode([5; 32]));
        assert_eq!(key(Some(&given), &data, "encryption"), Ok([5; 32]));
        std::fs::write(data.join("keys/encryption"), "half").expect("writes");
        assert!(key(None, &data, "encryption").is_err_and(|words| words.contains("holds no key")));
        std::fs::remove_dir_all(&data).expect("gone");
    }

    #[test]
    fn only_32_bytes_are_a_key() {
        assert_eq!(decode(&STANDARD.encode([9; 32])), Some([9; 32]));
        for wrong in ["", "short", &STANDARD.encode([9; 31]), "not base64 at all, not even a little bit of it"] {
            assert_eq!(decode(wrong), None);
        }
    }
}
