//! Passwords that were found in breaches again and again: the first that are tried.
//!
//! The list is made by `tools/breached-passwords` from the hundred thousand most frequent of Have I Been Pwned, less what
//! the other rules refuse already. It holds the upper 48 bits of the FNV-1a hash of each, sorted: one other password in
//! thirty thousand million is refused by mistake.

/// Big-endian, six bytes each, ascending.
static HASHES: &[u8] = include_bytes!("breached_passwords.bin");
const WIDTH: usize = 6;

/// Whether a password in lower case is one of them.
pub(super) fn is_common(plain: &str) -> bool {
    let hash = (fnv(plain) >> 16).to_be_bytes();
    let (hashes, _) = HASHES.as_chunks::<WIDTH>();
    hashes.binary_search_by(|known| known[..].cmp(&hash[2..])).is_ok()
}

/// FNV-1a with 64 bits: nothing here is secret, and the browser's part knows no better hash.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_long_and_in_order() {
        let (hashes, rest) = HASHES.as_chunks::<WIDTH>();
        assert!(rest.is_empty());
        assert!(hashes.len() >= 3000, "{}", hashes.len());
        assert!(hashes.is_sorted());
    }

    #[test]
    fn what_is_tried_first_is_in_it() {
        for common in [
            "1234567890",
            "1q2w3e4r5t",
            "qwertyuiop",
            "homelesspa",
            "butterfly1",
            "tinkerbell",
            "iloveyou12",
            "1qaz2wsx3edc",
            "password123",
            "excellence",
            "corinthians",
            "blackpanther",
            "honeygirl1",
        ] {
            assert!(is_common(common), "{common}");
        }
        for other in ["a quiet morning", "correct horse", "kd9!xq2#mmz", ""] {
            assert!(!is_common(other), "{other}");
        }
    }
}
