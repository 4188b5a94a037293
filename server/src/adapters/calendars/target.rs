//! From what people type to a machine we may ask: scheme, host and port first, then the addresses behind the name.

use std::net::{IpAddr, SocketAddr};

use async_trait::async_trait;
use domain::kernel::fetch::Unfetched;
use reqwest::Url;

use super::Guard;
use super::public::is_public;

/// Letters of an address; browsers take no more either.
const LONGEST: usize = 2000;

/// What lies between us and others. Tests bring their own, with the internet in it.
#[async_trait]
pub trait Network: std::fmt::Debug + Send + Sync {
    /// All addresses of a name; none when there is nobody of that name.
    async fn addresses(&self, name: &str) -> Vec<IpAddr>;

    /// Where a connection to an address that was checked goes to.
    fn way(&self, checked: SocketAddr) -> SocketAddr {
        checked
    }
}

/// The network of the machine we run on.
#[derive(Clone, Copy, Debug)]
pub struct Internet;

#[async_trait]
impl Network for Internet {
    async fn addresses(&self, name: &str) -> Vec<IpAddr> {
        match tokio::net::lookup_host((name, 0)).await {
            Ok(found) => found.map(|address| address.ip()).collect(),
            Err(_) => Vec::new(),
        }
    }
}

/// Reads an address as browsers do (WHATWG URL): hosts written in numbers of any base, in other scripts or with other
/// dots come out as what they mean, and that is what is looked at, here and later.
pub fn read(text: &str, guard: &Guard) -> Result<Url, Unfetched> {
    if text.len() > LONGEST || text.chars().any(|letter| letter.is_control() || letter.is_whitespace()) {
        return Err(Unfetched::Address);
    }
    let url = Url::parse(text).map_err(|_| Unfetched::Address)?;
    permitted(url, guard)
}

/// An address we may go to, as far as can be told from it alone.
pub fn permitted(mut url: Url, guard: &Guard) -> Result<Url, Unfetched> {
    let scheme = url.scheme() == "https" || guard.http && url.scheme() == "http";
    let anonymous = url.username().is_empty() && url.password().is_none();
    let port = url.port_or_known_default().is_some_and(|port| guard.ports.is_empty() || guard.ports.contains(&port));
    let host = match literal(&url) {
        Some(address) => guard.allows(address),
        None => url.domain().is_some_and(|name| !guard.public_only || is_a_name(name)) && !guard.is_ours(&url),
    };
    if !(scheme && anonymous && port && host) {
        return Err(Unfetched::Address);
    }
    url.set_fragment(None);
    Ok(url)
}

/// Names of the internet have two parts at least, and no empty ones.
fn is_a_name(domain: &str) -> bool {
    let special = ["localhost", "local", "internal", "lan", "home", "corp", "onion", "arpa", "test", "invalid"];
    let last = domain.rsplit('.').next().unwrap_or_default();
    domain.contains('.') && domain.split('.').all(|part| !part.is_empty()) && !special.contains(&last)
}

/// The address, when the host is one.
fn literal(url: &Url) -> Option<IpAddr> {
    let host = url.host_str()?;
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// The addresses to connect to, each of them checked. One that may not be reached refuses them all: honest names do not
/// mix.
pub async fn resolved(url: &Url, guard: &Guard, network: &dyn Network) -> Result<Vec<SocketAddr>, Unfetched> {
    let port = url.port_or_known_default().ok_or(Unfetched::Address)?;
    let found = match literal(url) {
        Some(address) => vec![address],
        None => network.addresses(url.domain().ok_or(Unfetched::Address)?).await,
    };
    if found.is_empty() {
        return Err(Unfetched::Unreachable);
    }
    if !found.iter().all(|address| guard.allows(*address)) {
        return Err(Unfetched::Address);
    }
    Ok(found.into_iter().map(|address| network.way(SocketAddr::new(address, port))).collect())
}

impl Guard {
    /// Whether an address may be connected to.
    pub(super) fn allows(&self, address: IpAddr) -> bool {
        !self.public_only || is_public(address)
    }

    /// Our own calendars lead back here: there is nothing to learn, and time would take itself.
    fn is_ours(&self, url: &Url) -> bool {
        self.own_host.as_deref().is_some_and(|own| url.domain() == Some(own))
    }
}
