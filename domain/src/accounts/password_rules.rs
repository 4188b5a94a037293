//! What a password must not be. Length is what protects; rules about symbols only make people angry.

use super::breached_passwords::is_common;

/// Fewest characters of a password.
pub const SHORTEST_PASSWORD: usize = 10;
/// Most characters of a password; more would be work for us without being safer for anyone.
pub const LONGEST_PASSWORD: usize = 200;
/// With fewer different characters it is a pattern, not a secret.
const FEWEST_DIFFERENT: usize = 5;

/// Words a guesser tries because the password is for us, however they are spelled.
const OURS: &[&str] = &["servicehub"];
/// Spellings that lists of breaches leave out.
const SPELLINGS: &[&str] = &["password123!", "passw0rd123", "p@ssw0rd123"];

/// What is wrong with a password, in words; `own` are the person's names and address, which strangers know.
#[must_use]
pub fn complaint(password: &str, own: &[&str]) -> Option<&'static str> {
    let length = password.chars().count();
    if length < SHORTEST_PASSWORD {
        return Some("Use at least 10 characters. Three or four words in a row are easy to remember.");
    }
    if length > LONGEST_PASSWORD {
        return Some("Use at most 200 characters.");
    }
    let plain = password.to_lowercase();
    if own.iter().any(|word| is_little_more_than(&plain, &word.to_lowercase())) {
        return Some("Choose something that is not your name or email address.");
    }
    if OURS.iter().any(|word| is_little_more_than(&plain, word)) {
        return Some("Choose something that is not our name: it is guessed first.");
    }
    let mut different: Vec<char> = plain.chars().collect();
    different.sort_unstable();
    different.dedup();
    if different.len() < FEWEST_DIFFERENT || is_common(plain.trim()) || SPELLINGS.contains(&plain.trim()) {
        return Some("This password is among the first that are guessed. Choose another.");
    }
    None
}

/// The same letters but for a few characters around them, spaces and dots aside.
fn is_little_more_than(password: &str, word: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (password, word) = (bare(password), bare(word));
    let spare = password.chars().count().saturating_sub(word.chars().count());
    word.chars().count() >= 3 && password.contains(&word) && spare < 5
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OWN: &[&str] = &["ana.lima@example.org", "ana.lima", "Ana", "Lima", "Ana Lima"];

    #[test]
    fn good_passwords_pass() {
        for good in [
            "a quiet morning",
            "correct horse",
            "kD9!xQ2#mmZ",
            "Ana likes tea at five",
            "пароль надёжный",
            "1789 1848 1989 2026",
        ] {
            assert_eq!(complaint(good, OWN), None, "{good}");
        }
    }

    #[test]
    fn guessable_ones_do_not() {
        for bad in [
            "",
            "short",
            "ninechars",
            "aaaaaaaaaaaaaaa",
            "1111222233",
            "abababababab",
            "password123",
            "PASSWORD123",
            "  password123",
            "qwertyuiop",
            "ana.lima@example.org",
            "ANA.LIMA@EXAMPLE.ORG",
            "analima1234",
            "Ana Lima 99",
            "Ana-Lima!!",
            "servicehub",
            "ServiceHub1",
            "Service-Hub 99",
            "2026servicehub",
            "servicehub!!!!!!!!!!",
            "tinkerbell",
            "Butterfly1",
        ] {
            assert!(complaint(bad, OWN).is_some(), "{bad}");
        }
        assert!(complaint(&"abcdefg ".repeat(26), &[]).is_some());
    }

    proptest! {
        #[test]
        fn length_is_counted_in_characters(password in "\\PC{0,250}") {
            let length = password.chars().count();
            if complaint(&password, &[]).is_none() {
                prop_assert!((SHORTEST_PASSWORD..=LONGEST_PASSWORD).contains(&length));
            }
        }

        #[test]
        fn ones_own_address_with_a_digit_or_two_is_refused(name in "[a-z]{6,20}", digits in "[0-9]{0,2}") {
            let address = format!("{name}@example.org");
            let refused = complaint(&format!("{address}{digits}"), &[&address, &name]).is_some();
            prop_assert!(refused);
        }
    }
}
