//! Reading is bounded too, widely: nobody reads ten pages a second, programs that copy everything do.
//!
//! Counted in this process and not in the database: a bound this wide need not be exact over processes, and pages
//! that are read should not write.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// Pages that cost a search, a timetable, a catalogue page or a piece of the history, by their routes.
pub const COSTLY: [&str; 10] = [
    "/services",
    "/services/suggest",
    "/services/{slug}",
    "/services/{slug}/book",
    "/categories/{slug}",
    "/providers/{slug}",
    "/calendar/{file}",
    "/verify",
    "/verify/heads.json",
    "/admin/audit/export.csv",
];
/// How many of them one network address may read in a window. A whole office behind one address has room in it.
pub const ALLOWED: u32 = 1200;
/// How long a window lasts.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(1);
/// More addresses than this in one window are not told apart: the list must not fill the memory.
const MOST_ADDRESSES: usize = 100_000;

/// How much was read in the present window, by network address. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Reads(Arc<Mutex<Window>>);

#[derive(Debug, Default)]
struct Window {
    ends: Option<Timestamp>,
    read: HashMap<IpAddr, u32>,
}

impl Reads {
    /// Counts one page; `Err` tells in how many seconds there is room again.
    ///
    /// # Errors
    /// The address has read its share of this window.
    pub fn take(&self, address: IpAddr, now: Timestamp) -> Result<(), u32> {
        // The machine itself: its monitoring, its benches, or a proxy nobody has named, behind which everybody would
        // share one allowance.
        if address.is_loopback() {
            return Ok(());
        }
        let mut window = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let ends = match window.ends {
            Some(ends) if now < ends => ends,
            _ => {
                window.read.clear();
                *window.ends.insert(now + WINDOW)
            }
        };
        // When the list is full, newcomers share one line.
        let full = window.read.len() >= MOST_ADDRESSES && !window.read.contains_key(&address);
        let whose = if full { IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED) } else { address };
        let count = window.read.entry(whose).or_default();
        *count = count.saturating_add(1);
        if *count <= ALLOWED || full {
            return Ok(());
        }
        Err(u32::try_from(ends.duration_since(now).as_secs()).unwrap_or(1).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_a_window_and_then_the_next() {
        let reads = Reads::default();
        let (ana, ben): (IpAddr, IpAddr) = ("203.0.113.1".parse().unwrap(), "203.0.113.2".parse().unwrap());
        let begin = Timestamp::UNIX_EPOCH;
        for _ in 0..ALLOWED {
            assert_eq!(reads.take(ana, begin), Ok(()));
        }
        assert_eq!(reads.take(ana, begin + SignedDuration::from_secs(20)), Err(40));
        assert_eq!(reads.take(ben, begin), Ok(()), "others go on");
        let (home, most) = (IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 2 * ALLOWED);
        assert!((0..most).all(|_| reads.take(home, begin).is_ok()), "the machine itself reads as it likes");
        assert_eq!(reads.take(ana, begin + WINDOW), Ok(()), "the next window");
    }

    #[test]
    fn many_addresses_do_not_fill_the_memory() {
        let reads = Reads::default();
        for number in 0..MOST_ADDRESSES + 5_000 {
            let address = IpAddr::V6(std::net::Ipv6Addr::from(number as u128));
            assert_eq!(reads.take(address, Timestamp::UNIX_EPOCH), Ok(()));
        }
        assert!(reads.0.lock().unwrap().read.len() <= MOST_ADDRESSES + 1);
    }
}
