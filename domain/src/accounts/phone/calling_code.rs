//! The country part of an international number.

/// Calling codes of one and two digits (ITU-T E.164, list of assigned country codes); all others have three.
const SHORT: &[&str] = &[
    "1", "7", "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48",
    "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84",
    "86", "90", "91", "92", "93", "94", "95", "98",
];

/// The calling code of a number such as `+4930901820`, without the plus. Codes that are not assigned count as three
/// digits. Anything shorter is its own.
pub(super) fn calling_code(number: &str) -> &str {
    let digits = number.strip_prefix('+').unwrap_or(number);
    let short = SHORT.iter().find(|code| digits.starts_with(*code));
    digits.get(..short.map_or(3, |code| code.len())).unwrap_or(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_told_apart() {
        for (number, code) in [
            ("+4930901820", "49"),
            ("+351211234567", "351"),
            ("+12125550100", "1"),
            ("+18765550100", "1"),
            ("+74951234567", "7"),
            ("+3934512345678", "39"),
            ("+99999999999", "999"),
            ("+2", "2"),
            ("", ""),
        ] {
            assert_eq!(calling_code(number), code, "{number}");
        }
    }

    /// No code may begin like another one: otherwise nobody could dial the longer one.
    #[test]
    fn no_code_hides_another() {
        for code in SHORT {
            assert!(SHORT.iter().all(|other| other == code || !other.starts_with(code)), "{code}");
        }
    }
}
