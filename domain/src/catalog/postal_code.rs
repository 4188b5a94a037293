//! Postal codes as they are compared: without their dress, and by their beginning where that says the district.

/// A postal code as it is kept: capital letters and digits.
#[must_use]
pub fn plain_code(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// A postal code and its beginning (`E8 3QX` lies in `E8`), as they are kept; what is too short to say anything is left out.
pub(super) fn code_and_beginning(typed: &str) -> Vec<String> {
    let beginning = typed.split([' ', '-']).find(|part| !part.is_empty()).unwrap_or_default();
    let mut codes = vec![plain_code(typed), plain_code(beginning)];
    codes.retain(|code| code.len() >= 2);
    codes.dedup();
    codes
}

#[cfg(test)]
mod tests {
    use super::{code_and_beginning, plain_code};

    #[test]
    fn codes_are_compared_without_their_dress() {
        assert_eq!(plain_code(" e8 3qx "), "E83QX");
        assert_eq!(code_and_beginning("E8 3QX"), ["E83QX", "E8"]);
        assert_eq!(code_and_beginning("10115"), ["10115"]);
        assert_eq!(code_and_beginning("1200-109"), ["1200109", "1200"]);
        assert_eq!(code_and_beginning(" "), [""; 0]);
    }
}
