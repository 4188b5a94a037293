//! Rows of a form that are added and taken away by buttons, without scripts.

use domain::catalog::listing::{MOST_EXTRAS, Typed, extra_field, extra_rows};

/// What a row consists of.
const PARTS: [&str; 5] = ["id", "name", "price", "minutes", "days"];

/// The fields after a button that only changes what the form shows; `None` for buttons that save.
pub(super) fn changed(pairs: &[(String, String)], act: &str) -> Option<Vec<(String, String)>> {
    let mut pairs = pairs.to_vec();
    match act {
        "refresh" => {}
        "add-extra" => {
            let row = extra_rows(&Typed(pairs.clone()));
            if row < MOST_EXTRAS {
                pairs.push((extra_field(row, "name"), String::new()));
                pairs.push((extra_field(row, "minutes"), "0".to_owned()));
                pairs.push((extra_field(row, "days"), "0".to_owned()));
            }
        }
        _ => {
            let gone: usize = act.strip_prefix("remove-extra-")?.parse().ok()?;
            pairs = without(&Typed(pairs), gone);
        }
    }
    Some(pairs)
}

/// All fields without a row; those behind it move up.
fn without(typed: &Typed, gone: usize) -> Vec<(String, String)> {
    let rows = extra_rows(typed);
    let names = |row: usize| PARTS.map(|part| extra_field(row, part));
    let of_rows: Vec<String> = (0..rows).flat_map(names).collect();
    let mut kept: Vec<(String, String)> = typed.0.iter().filter(|(name, _)| !of_rows.contains(name)).cloned().collect();
    for (place, row) in (0..rows).filter(|row| *row != gone).enumerate() {
        for part in PARTS {
            kept.push((extra_field(place, part), typed.text(&extra_field(row, part)).to_owned()));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(names: &[&str]) -> Vec<(String, String)> {
        let rows = names.iter().enumerate().map(|(row, name)| (extra_field(row, "name"), (*name).to_owned()));
        std::iter::once(("title".to_owned(), "Leak".to_owned())).chain(rows).collect()
    }

    fn names(pairs: &[(String, String)]) -> Vec<&str> {
        let typed = (0..MOST_EXTRAS).map(|row| extra_field(row, "name"));
        typed
            .filter_map(|name| pairs.iter().find(|(field, _)| *field == name))
            .map(|(_, value)| value.as_str())
            .collect()
    }

    #[test]
    fn a_row_is_added_at_the_end_and_not_beyond_the_most() {
        let more = changed(&pairs(&["a", "b"]), "add-extra").unwrap_or_default();
        assert_eq!(names(&more), ["a", "b", ""]);
        let full = pairs(&["x"; MOST_EXTRAS]);
        assert_eq!(changed(&full, "add-extra"), Some(full));
    }

    #[test]
    fn rows_behind_the_one_that_goes_move_up() {
        let fewer = changed(&pairs(&["a", "b", "c"]), "remove-extra-1").unwrap_or_default();
        assert_eq!(names(&fewer), ["a", "c"]);
        assert_eq!(names(&changed(&pairs(&["a"]), "remove-extra-7").unwrap_or_default()), ["a"]);
    }

    #[test]
    fn buttons_that_save_are_left_to_others() {
        for act in ["save", "submit", "", "remove-extra-", "remove-extra-x"] {
            assert_eq!(changed(&pairs(&["a"]), act), None, "{act}");
        }
    }
}
