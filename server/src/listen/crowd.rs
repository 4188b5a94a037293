//! How many connections there are, and how many from one address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use crate::security::address::neighbourhood;

/// Descriptors kept free for the database, files and everything else.
const KEPT_FREE: usize = 128;

/// The open connections.
#[derive(Clone, Debug)]
pub struct Crowd {
    counts: Arc<Mutex<Counts>>,
    most: usize,
    most_per_address: usize,
}

#[derive(Debug, Default)]
struct Counts {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// A place in the crowd; given back when dropped.
#[derive(Debug)]
pub struct Place {
    crowd: Crowd,
    address: IpAddr,
}

impl Crowd {
    /// An empty crowd; `most` is lowered to what the system lets the process open.
    pub fn new(most: usize, most_per_address: usize) -> Self {
        let most = open_files().map_or(most, |files| most.min(files.saturating_sub(KEPT_FREE).max(16)));
        Self { counts: Arc::default(), most, most_per_address }
    }

    /// A place, unless there are too many already. Proxies speak for many people and may hold any number.
    pub fn admit(&self, address: IpAddr, proxy: bool) -> Option<Place> {
        let address = neighbourhood(address);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let here = counts.by_address.get(&address).copied().unwrap_or(0);
        if counts.all >= self.most || (!proxy && here >= self.most_per_address) {
            return None;
        }
        counts.all += 1;
        counts.by_address.insert(address, here + 1);
        Some(Place { crowd: self.clone(), address })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.crowd.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.all = counts.all.saturating_sub(1);
        if let Some(here) = counts.by_address.get_mut(&self.address) {
            *here = here.saturating_sub(1);
            if *here == 0 {
                counts.by_address.remove(&self.address);
            }
        }
    }
}

/// How many files this process may open, where the system says so.
fn open_files() -> Option<usize> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find(|line| line.starts_with("Max open files"))?;
    line.split_whitespace().nth(3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::Crowd;

    #[test]
    fn places_are_counted_per_address_and_given_back() {
        let crowd = Crowd::new(100, 2);
        let (one, other) = ("203.0.113.1".parse().unwrap(), "203.0.113.2".parse().unwrap());
        let first = crowd.admit(one, false).unwrap();
        let _second = crowd.admit(one, false).unwrap();
        assert!(crowd.admit(one, false).is_none());
        assert!(crowd.admit(other, false).is_some());
        assert!(crowd.admit(one, true).is_some());
        drop(first);
        assert!(crowd.admit(one, false).is_some());
    }
}
