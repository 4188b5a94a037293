//! Places and postal codes from a CSV file: all of it or nothing, with a message for each line that cannot be read.

use super::postal_code::plain_code;
use super::store::places as store;
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Action, Actor, Context, Error, Object, Role, Zone, can, write};
use serde_json::json;
use std::sync::Arc;
use uuid::Uuid;

/// The first line of a file.
pub const COLUMNS: &str = "country,postal_code,name,lat,lng,zone";
/// Rows of one statement.
const AT_ONCE: usize = 2000;
/// Wrong lines that are named; a wrong file has very many.
const NAMED: usize = 20;

/// A line of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceLine {
    /// ISO 3166 code of the country, in capitals.
    pub country: String,
    /// Capital letters and digits; empty for the middle of a town.
    pub code: String,
    /// The town.
    pub name: String,
    /// Degrees.
    pub lat: f64,
    /// Degrees.
    pub lng: f64,
    /// IANA name; empty when not known.
    pub zone: String,
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Towns.
    pub towns: usize,
    /// Postal codes.
    pub codes: usize,
}

/// Reads a file. Nothing is written yet.
///
/// # Errors
/// What is wrong, line by line, the first ones.
pub fn read_places(text: &str) -> Result<Vec<PlaceLine>, Vec<String>> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().zip(1_usize..);
    if lines.next().is_none_or(|(head, _)| head.trim() != COLUMNS) {
        return Err(vec![format!("line 1: must be exactly \"{COLUMNS}\"")]);
    }
    let (mut read, mut wrong) = (Vec::new(), Vec::new());
    for (line, number) in lines.filter(|(line, _)| !line.trim().is_empty()) {
        match place(line) {
            Ok(place) => read.push(place),
            Err(why) => wrong.push(format!("line {number}: {why}")),
        }
    }
    if wrong.len() > NAMED {
        let more = wrong.len() - NAMED;
        wrong.truncate(NAMED);
        wrong.push(format!("and {more} more lines"));
    }
    if wrong.is_empty() && read.is_empty() {
        wrong.push("there is no place in it".to_owned());
    }
    if wrong.is_empty() { Ok(read) } else { Err(wrong) }
}

fn place(line: &str) -> Result<PlaceLine, String> {
    let fields = split(line)?;
    let [country, code, name, lat, lng, zone] = fields.as_slice() else {
        return Err(format!("has {} columns, not 6", fields.len()));
    };
    if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(format!("country \"{country}\" is not two capital letters"));
    }
    let plain = plain_code(code);
    if !code.is_empty() && !(2..=12).contains(&plain.len()) {
        return Err(format!("postal_code \"{code}\" does not have 2 to 12 letters and digits"));
    }
    if name.is_empty() || name.chars().count() > 120 {
        return Err("name is missing or longer than 120 characters".to_owned());
    }
    // Postgres takes no NUL, and nobody could type the others.
    if name.chars().any(char::is_control) {
        return Err("name has a character that cannot be seen".to_owned());
    }
    let degrees = |text: &str, what: &str, most: f64| {
        let number = text.parse::<f64>().ok().filter(|number| number.abs() <= most);
        number.ok_or_else(|| format!("{what} \"{text}\" is not a number between -{most} and {most}"))
    };
    if !zone.is_empty() && Zone::parse(zone).is_none() {
        return Err(format!("zone \"{zone}\" is not an IANA time zone such as Europe/Berlin"));
    }
    Ok(PlaceLine {
        country: country.clone(),
        code: plain,
        name: name.clone(),
        lat: degrees(lat, "lat", 90.0)?,
        lng: degrees(lng, "lng", 180.0)?,
        zone: zone.clone(),
    })
}

/// The fields of a line. A field in quotes may hold commas, and quotes written twice.
fn split(line: &str) -> Result<Vec<String>, String> {
    let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = line.trim_end_matches('\r').chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                field.push('"');
                letters.next();
            }
            '"' if quoted => quoted = false,
            '"' if field.trim().is_empty() => {
                field.clear();
                quoted = true;
            }
            ',' if !quoted => fields.push(std::mem::take(&mut field).trim().to_owned()),
            other => field.push(other),
        }
    }
    if quoted {
        return Err("a quote is not closed".to_owned());
    }
    fields.push(field.trim().to_owned());
    Ok(fields)
}

/// Writes places that were read: new ones, and the newest word on those that were known. `say` is told how many of all
/// are written.
///
/// # Errors
/// Not found for everybody but the command line and admins; the database is away, and then nothing is written.
pub async fn import_places(
    ctx: &Context,
    actor: &Actor,
    places: Vec<PlaceLine>,
    say: impl Fn(usize, usize) + Send + Sync + 'static,
) -> Result<Imported, Error> {
    if !actor.has(Role::System) && !can(actor, Action::ManageUsers, &Object::default()) {
        return Err(Error::NotFound);
    }
    let (mut towns, mut codes): (Vec<PlaceLine>, Vec<PlaceLine>) =
        places.into_iter().partition(|place| place.code.is_empty());
    // The last line about a place counts; a statement must not name one twice.
    towns.reverse();
    codes.reverse();
    towns.sort_by(|a, b| (&a.country, &a.name).cmp(&(&b.country, &b.name)));
    codes.sort_by(|a, b| (&a.country, &a.code).cmp(&(&b.country, &b.code)));
    towns.dedup_by(|a, b| (&a.country, &a.name) == (&b.country, &b.name));
    codes.dedup_by(|a, b| (&a.country, &a.code) == (&b.country, &b.code));
    let done = Imported { towns: towns.len(), codes: codes.len() };
    let for_tx = Arc::new((towns, codes, say));
    write(ctx, actor, move |tx| {
        let for_tx = Arc::clone(&for_tx);
        Box::pin(async move {
            let (towns, codes, say) = &*for_tx;
            let (all, mut written) = (towns.len() + codes.len(), 0);
            for some in towns.chunks(AT_ONCE) {
                store::keep_towns(tx.conn(), some, false).await?;
                written += some.len();
                say(written, all);
            }
            for some in codes.chunks(AT_ONCE) {
                store::keep_codes(tx.conn(), some).await?;
                written += some.len();
                say(written, all);
            }
            // A postal code alone makes its town known.
            store::keep_towns(tx.conn(), codes, true).await?;
            tx.audit(AuditEntry {
                action: "places.imported",
                object_kind: "marketplace",
                object_id: Uuid::nil(),
                capacity: if tx.actor().has(Role::System) { "system" } else { "admin" },
                detail: json!({ "towns": towns.len(), "codes": codes.len() }),
                personal: serde_json::Value::Null,
            });
            Ok(done)
        })
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_and_wrong_lines_named() {
        let good = format!(
            "\u{feff}{COLUMNS}\r\nDE,,Berlin,52.517,13.405,Europe/Berlin\r\n\r\nGB,e8 3qx,\"London, \"\"Hackney\"\"\",51.54,-0.06,\r\n"
        );
        let read = read_places(&good).expect("two places");
        assert_eq!((read[0].name.as_str(), read[0].code.as_str()), ("Berlin", ""));
        assert_eq!((read[1].name.as_str(), read[1].code.as_str()), ("London, \"Hackney\"", "E83QX"));

        let bad = format!(
            "{COLUMNS}\nDE,,Berlin,52.5\nde,,Berlin,1,1,\nDE,,,1,1,\nDE,,Berlin,91,1,\nDE,,Berlin,1,NaN,\nDE,x,Berlin,1,1,\nDE,,Berlin,1,1,Europe/Nowhere\nDE,,\"Berlin,1,1,\nDE,,Ulm,48.4,9.99,"
        );
        let wrong = read_places(&bad).expect_err("eight wrong lines");
        assert_eq!(wrong.len(), 8, "{wrong:?}");
        assert!(wrong[0].starts_with("line 2: has 4 columns"), "{wrong:?}");
        assert!(wrong[7].starts_with("line 9: a quote"), "{wrong:?}");
        assert!(read_places("name,lat\n").is_err() && read_places(COLUMNS).is_err() && read_places("").is_err());
        let unseen = format!("{COLUMNS}\nDE,,Ber\0lin,52.5,13.4,");
        assert!(read_places(&unseen).expect_err("a NUL")[0].starts_with("line 2: name has a character"));
        let many = format!("{COLUMNS}\n{}", "x\n".repeat(50));
        assert_eq!(read_places(&many).expect_err("all wrong").len(), NAMED + 1);
    }
}
