//! A calendar kept elsewhere, that says what a test wants.

use crate::kernel::fetch::{Calendars, Unfetched};
use async_trait::async_trait;
use std::sync::{Mutex, PoisonError};

/// Answers every address with the same.
#[derive(Debug)]
pub struct Elsewhere(Mutex<Result<String, Unfetched>>);

impl Default for Elsewhere {
    fn default() -> Self {
        Self(Mutex::new(Err(Unfetched::Unreachable)))
    }
}

impl Elsewhere {
    /// From now on it says this; the lines are those of events.
    pub fn says(&self, events: &[&str]) {
        let event = |lines: &&str| format!("BEGIN:VEVENT\r\nSUMMARY:Secret surgery\r\n{lines}\r\nEND:VEVENT\r\n");
        let events: String = events.iter().map(event).collect();
        self.put(Ok(format!("BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n")));
    }

    /// From now on it cannot be had.
    pub fn fails(&self, why: Unfetched) {
        self.put(Err(why));
    }

    fn put(&self, answer: Result<String, Unfetched>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = answer;
    }
}

#[async_trait]
impl Calendars for Elsewhere {
    fn check(&self, address: &str) -> Result<(), Unfetched> {
        if address.starts_with("https://") { Ok(()) } else { Err(Unfetched::Address) }
    }

    async fn fetch(&self, _: &str) -> Result<String, Unfetched> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
