//! Free times, found as people find them: on the pages where one chooses.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::{SignedDuration, Timestamp};

use crate::Outcome;
use crate::client::{Connection, Request, Session, Target};

/// Times this far apart leave each other alone, whatever a visit lasts and needs around it.
const APART: SignedDuration = SignedDuration::from_hours(3);

/// A time that can be booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    service: Arc<str>,
    start: String,
}

/// Free times of these services, on different days or hours apart. The first time of every service comes
/// first, so that neighbours in the list belong to different people.
///
/// # Errors
/// A page does not answer.
pub async fn gather(target: &Target, services: &[String], most: usize) -> Outcome<Vec<Slot>> {
    let mut connection = Connection::to(target);
    let mut rounds: Vec<Vec<Slot>> = Vec::new();
    let mut found = 0;
    for service in services {
        if found >= most {
            break;
        }
        let page = Request::get(&format!("/services/{service}/book"), None);
        let answer = connection.ask(&page).await?;
        if answer.status != 200 {
            return Err(format!("the times of {service} were answered with {}", answer.status).into());
        }
        let service: Arc<str> = service.as_str().into();
        for (round, start) in far_apart(&starts(&connection.text())).into_iter().enumerate() {
            if rounds.len() <= round {
                rounds.push(Vec::new());
            }
            rounds[round].push(Slot { service: Arc::clone(&service), start: start.to_string() });
            found += 1;
        }
    }
    Ok(rounds.into_iter().flatten().collect())
}

/// The times offered on a page.
fn starts(page: &str) -> Vec<Timestamp> {
    let inputs = page.split("<input ").skip(1).filter_map(|rest| rest.split('>').next());
    let times = inputs.filter(|input| input.contains("name=\"start\""));
    times.filter_map(|input| input.split("value=\"").nth(1)?.split('"').next()?.parse().ok()).collect()
}

fn far_apart(starts: &[Timestamp]) -> Vec<Timestamp> {
    let mut kept: Vec<Timestamp> = Vec::new();
    for start in starts {
        if kept.last().is_none_or(|last| start.duration_since(*last) >= APART) {
            kept.push(*start);
        }
    }
    kept
}

impl Slot {
    /// The form that asks for this time; every one is a wish of its own.
    pub fn wish(&self, session: &Session) -> Arc<Request> {
        let key = key();
        let fields = [
            ("start", self.start.as_str()),
            ("street", "Linienstraße 1"),
            ("postal_code", "10119"),
            ("city", "Berlin"),
            ("note", "The bell is broken, please knock."),
            ("key", &key),
        ];
        Request::post(&format!("/services/{}/book", self.service), Some(session), &fields)
    }
}

/// A key no form has had: the time of this run, and a number.
fn key() -> String {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    #[expect(clippy::disallowed_methods, reason = "keys differ from run to run")]
    let now = Timestamp::now().as_microsecond();
    let number = COUNTER.fetch_add(1, Ordering::Relaxed);
    format!("{:08x}-{:04x}-7000-8000-{number:012x}", now >> 16 & 0xffff_ffff, now & 0xffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_from_the_page() {
        let page = r#"<label class="slot"><input type="radio" id="f-start-0" name="start" value="2026-11-09T08:00:00Z" required><span>9:00</span></label>
            <input type="radio" name="start" value="2026-11-09T08:30:00Z" required>
            <input type="radio" name="start" value="2026-11-09T11:00:00Z" required>
            <input type="hidden" name="other" value="2026-11-09T12:00:00Z">"#;
        let found = starts(page);
        assert_eq!(found.len(), 3);
        assert_eq!(far_apart(&found).len(), 2);
    }

    #[test]
    fn keys_differ() {
        assert_ne!(key(), key());
        assert_eq!(key().len(), 36);
    }
}
