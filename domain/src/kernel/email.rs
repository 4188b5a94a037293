//! Email addresses, as far as a marketplace can judge them without sending one.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The longest address mail servers must accept (RFC 5321, including the brackets they add).
const LONGEST: usize = 254;

/// A plausible email address in lower case: two spellings of one address are one account.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// The address in what a person typed, if it can be one: one `@`, a name of up to 64 letters before
    /// it, a host with a dot after it. Quoted names and bare hosts exist on paper only and count as typos.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let address = typed.trim().to_ascii_lowercase();
        let (name, host) = address.split_once('@')?;
        let fits = address.len() <= LONGEST && plausible_name(name) && plausible_host(host);
        fits.then_some(Self(address))
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the `@`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.split('@').next().unwrap_or_default()
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn plausible_name(name: &str) -> bool {
    let letters = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~.-".contains(&b);
    (1..=64).contains(&name.len()) && name.bytes().all(letters) && name.split('.').all(|part| !part.is_empty())
}

fn plausible_host(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let label = |label: &&str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let top = labels.last().copied().unwrap_or_default();
    // All digits would be an IP address; `xn--` tops carry digits and hyphens.
    labels.len() >= 2 && labels.iter().all(label) && top.len() >= 2 && !top.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn usual_addresses_are_read() {
        for (typed, read) in [
            ("ana@example.org", "ana@example.org"),
            ("  Ana.Lima@Example.ORG ", "ana.lima@example.org"),
            ("o'neil+shop@mail.example.co.uk", "o'neil+shop@mail.example.co.uk"),
            ("a@b.io", "a@b.io"),
            ("info@xn--mnchen-3ya.xn--p1ai", "info@xn--mnchen-3ya.xn--p1ai"),
        ] {
            assert_eq!(Email::parse(typed).map(|email| email.to_string()).as_deref(), Some(read), "{typed}");
        }
    }

    #[test]
    fn typos_are_not() {
        for typed in [
            "",
            "@",
            "ana",
            "ana@",
            "@example.org",
            "ana@example",
            "ana@@example.org",
            "ana@example..org",
            "ana@.example.org",
            "ana@example.org.",
            ".ana@example.org",
            "ana.@example.org",
            "a..b@example.org",
            "ana example@example.org",
            "ana@exa mple.org",
            "ana@-example.org",
            "ana@example-.org",
            "ana@127.0.0.1",
            "ana@example.o",
            "\"ana\"@example.org",
            "ana@[127.0.0.1]",
            "ana@example.org,bob@example.org",
            "<ana@example.org>",
            "ana\n@example.org",
            "änä@example.org",
        ] {
            assert_eq!(Email::parse(typed), None, "{typed:?}");
        }
        let long = format!("{}@{}.org", "a".repeat(64), "b.".repeat(95));
        assert_eq!(Email::parse(&long), None);
        assert_eq!(Email::parse(&format!("{}@example.org", "a".repeat(65))), None);
    }

    proptest! {
        #[test]
        fn what_is_read_is_clean_and_reads_the_same_again(typed in any::<String>()) {
            if let Some(email) = Email::parse(&typed) {
                prop_assert!(email.as_str().len() <= LONGEST);
                prop_assert!(email.as_str().bytes().all(|b| b.is_ascii_graphic() && !b.is_ascii_uppercase()));
                prop_assert_eq!(Email::parse(email.as_str()), Some(email));
            }
        }

        #[test]
        fn case_and_space_around_make_no_difference(typed in "[a-zA-Z0-9]{1,20}\\.?[a-z]{1,5}@[a-zA-Z]{1,20}\\.[a-z]{2,6}") {
            let plain = Email::parse(&typed);
            prop_assert!(plain.is_some());
            prop_assert_eq!(plain.clone(), Email::parse(&typed.to_uppercase()));
            prop_assert_eq!(plain, Email::parse(&format!(" {typed}\t")));
        }
    }
}
