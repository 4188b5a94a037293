//! Human references such as `SH-7K3MQ2XD`: easy to read out, hard to guess.

/// Crockford's base 32 without `U`: no letter is mistaken for a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A booking reference made from 40 random bits.
#[must_use]
pub fn booking(bits: [u8; 5]) -> String {
    format!("SH-{}", code(bits))
}

/// The reference of an application to become a provider, made from 40 random bits: `AP-7K3MQ2XD`.
#[must_use]
pub fn application(bits: [u8; 5]) -> String {
    format!("AP-{}", code(bits))
}

fn code(bits: [u8; 5]) -> String {
    let mut number = bits.iter().fold(0_u64, |all, byte| (all << 8) | u64::from(*byte));
    let mut text = [0_u8; 8];
    for place in text.iter_mut().rev() {
        *place = ALPHABET[usize::try_from(number & 31).unwrap_or(0)];
        number >>= 5;
    }
    text.map(char::from).iter().collect()
}

/// What a person typed, as the reference it means: upper case, `O`→`0`, `I` and `L`→`1`.
#[must_use]
pub fn normalise(typed: &str) -> String {
    let upper = typed.trim().to_ascii_uppercase();
    match upper.strip_prefix("SH-") {
        Some(code) => format!("SH-{}", code.replace('O', "0").replace(['I', 'L'], "1")),
        None => upper,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_have_eight_clear_letters() {
        assert_eq!(booking([0; 5]), "SH-00000000");
        assert_eq!(booking([255; 5]), "SH-ZZZZZZZZ");
        assert_eq!(normalise(" sh-oil0abcd "), "SH-0110ABCD");
    }
}
