//! The arithmetic of codes. Nothing here knows a person or a database.

use crate::kernel::Error;
use sha2::{Digest, Sha256};
use totp_rs::{Algorithm, TOTP};

/// How many recovery codes a person gets.
pub(super) const RECOVERY_CODES: usize = 10;
/// Seconds a code stands for.
pub(super) const STEP: i64 = 30;
/// Letters and digits that are told apart easily: no i, l, o, 1.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567890";

/// The generator of a secret: six digits every thirty seconds, with SHA-1, as every app supports it.
pub(super) fn generator(secret: Vec<u8>, email: &str) -> Result<TOTP, Error> {
    // The address may hold a colon, which separates the two names in the app's list.
    let account = email.replace(':', " ");
    TOTP::new(Algorithm::SHA1, 6, 1, STEP.unsigned_abs(), secret, Some("ServiceHub".to_owned()), account)
        .map_err(Error::internal)
}

/// The step of an instant.
pub(super) fn step(now: jiff::Timestamp) -> i64 {
    now.as_second().div_euclid(STEP)
}

/// The code of a step.
pub(super) fn code(generator: &TOTP, step: i64) -> String {
    generator.generate(u64::try_from(step * STEP).unwrap_or(0))
}

/// The step whose code was typed: the present one, the one before (slow typing) or the next (a fast clock).
pub(super) fn matching_step(generator: &TOTP, typed: &str, now: jiff::Timestamp) -> Option<i64> {
    let present = step(now);
    let mut found = None;
    // All three are compared in full, whichever fits: time tells nothing.
    for step in [present, present - 1, present + 1] {
        let right = code(generator, step);
        let differs =
            right.bytes().zip(typed.bytes()).fold(right.len() ^ typed.len(), |all, (a, b)| all | usize::from(a ^ b));
        if differs == 0 && found.is_none() {
            found = Some(step);
        }
    }
    found
}

/// Digits without the spaces people type between them.
pub(in crate::accounts) fn digits(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    (digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

/// A recovery code of 120 random bits, as `abcdef-ghjkmn-pqrstu-vwxyz2`: long enough that a plain hash keeps it.
pub(super) fn recovery_code(chance: [u8; 24]) -> String {
    let letters: Vec<char> = chance.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
    letters.chunks(6).map(String::from_iter).collect::<Vec<_>>().join("-")
}

/// What is stored of a recovery code: nobody can tell the code from it without trying 2^120 for this person.
pub(super) fn recovery_hash(user: uuid::Uuid, typed: &str) -> Vec<u8> {
    let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    Sha256::new().chain_update(b"recovery").chain_update(user).chain_update(plain).finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(second: i64) -> jiff::Timestamp {
        jiff::Timestamp::from_second(second).expect("an instant")
    }

    /// The vectors of RFC 6238, appendix B (SHA-1), cut to six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let generator = generator(b"12345678901234567890".to_vec(), "ana@example.org").expect("a generator");
        for (second, right) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(&generator, step(at(second))), right, "{second}");
            assert_eq!(matching_step(&generator, right, at(second)), Some(second / 30));
            assert_eq!(matching_step(&generator, right, at(second + 30)), Some(second / 30), "one step late");
            assert_eq!(matching_step(&generator, right, at(second - 30)), Some(second / 30), "one step early");
            assert_eq!(matching_step(&generator, right, at(second + 90)), None, "too late");
        }
        assert_eq!(matching_step(&generator, "", at(59)), None);
        assert_eq!(matching_step(&generator, "2870820", at(59)), None);
    }

    #[test]
    fn codes_are_read_as_people_type_them() {
        assert_eq!(digits(" 287 082 ").as_deref(), Some("287082"));
        assert_eq!(digits("287-082").as_deref(), Some("287082"));
        for wrong in ["", "28708", "2870822", "28708a", "２８７０８２"] {
            assert_eq!(digits(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn recovery_codes_survive_typing(chance: [u8; 24]) {
            let user = uuid::Uuid::from_u128(7);
            let code = recovery_code(chance);
            prop_assert_eq!(code.len(), 27);
            let typed = format!(" {} ", code.to_uppercase().replace('-', " "));
            prop_assert_eq!(recovery_hash(user, &code), recovery_hash(user, &typed));
            prop_assert_ne!(recovery_hash(user, &code), recovery_hash(uuid::Uuid::from_u128(8), &code));
        }
    }
}
