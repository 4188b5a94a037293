//! What a key looks like: `sh_live_`, 64 digits of chance, 8 digits that check the others, all hexadecimal. Programs that
//! look for leaked secrets find it by its beginning, and a mistyped one is refused before anybody asks the database.

use crate::kernel::Chance;
use sha2::{Digest, Sha256};

const BEGINNING: &str = "sh_live_";
/// Digits of chance: 256 bits.
const CHANCE: usize = 64;
/// Digits of the check.
const CHECK: usize = 8;
/// Digits people see in lists; 224 bits stay unknown.
const SHOWN: usize = 8;

/// A new key.
pub(super) fn fresh(chance: &Chance) -> String {
    let digits = hex::encode(chance.bytes::<32>());
    let check = check(&digits);
    format!("{BEGINNING}{digits}{check}")
}

/// Whether it could be a key.
#[must_use]
pub fn well_formed(key: &str) -> bool {
    let Some(digits) = key.strip_prefix(BEGINNING) else { return false };
    let lower_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    digits.len() == CHANCE + CHECK && digits.bytes().all(lower_hex) && check(&digits[..CHANCE]) == digits[CHANCE..]
}

/// What is stored of it: no salt is needed for what cannot be guessed.
pub(super) fn hash(key: &str) -> Vec<u8> {
    Sha256::digest(key.as_bytes()).to_vec()
}

/// How it begins, for lists.
pub(super) fn prefix(key: &str) -> String {
    key.chars().take(BEGINNING.len() + SHOWN).collect()
}

fn check(digits: &str) -> String {
    let sum = Sha256::new().chain_update(BEGINNING).chain_update(digits).finalize();
    hex::encode(&sum[..CHECK / 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_recognised_and_a_mistyped_one_is_not() {
        let key = fresh(&Chance::seeded(1));
        assert!(key.starts_with("sh_live_") && key.len() == 80 && well_formed(&key), "{key}");
        assert_ne!(fresh(&Chance::system()), fresh(&Chance::system()));
        assert_eq!(prefix(&key), key[..16]);
        for place in 0..key.len() {
            let mut wrong = key.clone().into_bytes();
            wrong[place] = if wrong[place] == b'0' { b'1' } else { b'0' };
            assert!(!well_formed(&String::from_utf8(wrong).expect("text")), "{place}");
        }
        for wrong in ["", "sh_live_", &key[1..], &format!("{key}0"), &format!(" {key}"), &key.to_uppercase()] {
            assert!(!well_formed(wrong), "{wrong}");
        }
        assert!(!well_formed(&format!("sh_live_{}", "é".repeat(36))));
    }
}
