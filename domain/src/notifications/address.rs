//! Telephone numbers a short message can be sent to.

/// The number in E.164 form, `+` and 8 to 15 digits, from one with the usual blanks and signs between; `None` when it
/// is not international: nobody can tell which country a bare number belongs to.
#[must_use]
pub fn international(number: &str) -> Option<String> {
    let number = number.trim();
    let rest = number.strip_prefix('+')?;
    if !rest.chars().all(|c| c.is_ascii_digit() || " -/.()".contains(c)) {
        return None;
    }
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    let fits = (8..=15).contains(&digits.len()) && !digits.starts_with('0');
    fits.then(|| format!("+{digits}"))
}

#[cfg(test)]
mod tests {
    use super::international;

    #[test]
    fn numbers_are_international_or_none() {
        assert_eq!(international("+49 (30) 90-18/20").as_deref(), Some("+4930901820"));
        for wrong in
            ["", "+", "030 901820", "+0301234567", "+4930", "+49 30 901820\r\nx", "+49123456789012345", "++4930901820"]
        {
            assert_eq!(international(wrong), None, "{wrong:?}");
        }
    }
}
