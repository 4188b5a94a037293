//! Fetching calendars from addresses people type, without becoming their way into our own network: names are looked up
//! here, every address is checked, the connection goes to a checked address and nowhere else, and so at every redirect.

mod public;
mod target;

pub use public::is_public;
pub use target::{Internet, Network};

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::kernel::fetch::{Calendars, Unfetched};
use flate2::read::MultiGzDecoder;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Response, StatusCode, Url, header};
use rustls::ClientConfig;
use std::io::Read;

use super::trust;

/// The whole visit, redirects included.
const WHOLE: Duration = Duration::from_secs(10);
const CONNECT: Duration = Duration::from_secs(5);
/// Bytes of a calendar, also after unpacking.
const LARGEST: usize = 2 << 20;
/// How often we let ourselves be sent on.
const MOST_REDIRECTS: usize = 3;
/// What every calendar begins with.
const BEGINNING: &[u8] = b"BEGIN:VCALENDAR";

/// What we keep away from. Relaxed in development, to read a calendar on one's own machine, and in tests.
#[derive(Clone, Debug)]
pub struct Guard {
    /// Connect to public addresses only.
    pub public_only: bool,
    /// Plain HTTP too.
    pub http: bool,
    /// These ports only; all of them when none is named.
    pub ports: Vec<u16>,
    /// Our own host, which is never asked.
    pub own_host: Option<String>,
}

impl Guard {
    /// What holds where real people are.
    #[must_use]
    pub fn strict(public_url: &str) -> Self {
        let own_host = Url::parse(public_url).ok().and_then(|url| url.domain().map(str::to_owned));
        Self { public_only: true, http: false, ports: vec![443, 8443], own_host }
    }

    /// Lets calendars of this machine be read, over plain HTTP.
    #[must_use]
    pub fn at_home() -> Self {
        Self { public_only: false, http: true, ports: Vec::new(), own_host: None }
    }
}

/// Fetches calendars.
#[derive(Debug)]
pub struct Fetcher {
    guard: Guard,
    network: Arc<dyn Network>,
    trust: ClientConfig,
    whole: Duration,
}

impl Fetcher {
    /// A fetcher that finds names as this machine does.
    ///
    /// # Errors
    /// Encryption cannot be prepared, in words.
    pub fn new(guard: Guard) -> Result<Self, String> {
        Self::with(guard, Arc::new(Internet), WHOLE)
    }

    /// The same on another network and with another patience, for tests.
    ///
    /// # Errors
    /// Encryption cannot be prepared, in words.
    pub fn with(guard: Guard, network: Arc<dyn Network>, whole: Duration) -> Result<Self, String> {
        Ok(Self { guard, network, trust: trust()?, whole })
    }

    async fn visit(&self, address: &str) -> Result<String, Unfetched> {
        let mut url = target::read(address, &self.guard)?;
        for _ in 0..=MOST_REDIRECTS {
            let checked = target::resolved(&url, &self.guard, self.network.as_ref()).await?;
            let response = self.ask(url.clone(), checked).await?;
            if let Some(onward) = onward(&url, &response)? {
                url = target::permitted(onward, &self.guard)?;
                continue;
            }
            return read(response).await;
        }
        Err(Unfetched::Redirects)
    }

    /// One request to one of these addresses, without asking anybody for the way: no proxy of the environment, no second
    /// look at the name. A client of its own, for its connections must not serve another visit.
    async fn ask(&self, url: Url, checked: Vec<SocketAddr>) -> Result<Response, Unfetched> {
        let client = Client::builder()
            .tls_backend_preconfigured(self.trust.clone())
            .dns_resolver(Arc::new(Pinned(checked)))
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .https_only(!self.guard.http)
            .connect_timeout(CONNECT.min(self.whole))
            .referer(false)
            .user_agent("ServiceHub calendars")
            .pool_max_idle_per_host(0)
            .build()
            .map_err(|_| Unfetched::Unreachable)?;
        let asked = client
            .get(url)
            .header(header::ACCEPT, "text/calendar, text/plain;q=0.5")
            .header(header::ACCEPT_ENCODING, "gzip, identity;q=0.5");
        asked.send().await.map_err(|error| if error.is_timeout() { Unfetched::TooSlow } else { Unfetched::Unreachable })
    }
}

#[async_trait]
impl Calendars for Fetcher {
    fn check(&self, address: &str) -> Result<(), Unfetched> {
        target::read(address, &self.guard).map(drop)
    }

    async fn fetch(&self, address: &str) -> Result<String, Unfetched> {
        tokio::time::timeout(self.whole, self.visit(address)).await.unwrap_or(Err(Unfetched::TooSlow))
    }
}

/// Answers every question for a name with the addresses that were checked.
struct Pinned(Vec<SocketAddr>);

impl Resolve for Pinned {
    fn resolve(&self, _: Name) -> Resolving {
        let addresses: Addrs = Box::new(self.0.clone().into_iter());
        Box::pin(async move { Ok(addresses) })
    }
}

/// Where an answer sends us.
fn onward(from: &Url, response: &Response) -> Result<Option<Url>, Unfetched> {
    let sent = [
        StatusCode::MOVED_PERMANENTLY,
        StatusCode::FOUND,
        StatusCode::SEE_OTHER,
        StatusCode::TEMPORARY_REDIRECT,
        StatusCode::PERMANENT_REDIRECT,
    ];
    if !sent.contains(&response.status()) {
        return Ok(None);
    }
    let to = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).ok_or(Unfetched::Redirects)?;
    from.join(to).map(Some).map_err(|_| Unfetched::Address)
}

async fn read(mut response: Response) -> Result<String, Unfetched> {
    if response.status() != StatusCode::OK {
        return Err(Unfetched::Status(response.status().as_u16()));
    }
    let packed = match response.headers().get(header::CONTENT_ENCODING).map(|how| how.as_bytes()) {
        None | Some(b"identity") => false,
        Some(b"gzip" | b"x-gzip") => true,
        Some(_) => return Err(Unfetched::NotACalendar),
    };
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| Unfetched::Unreachable)? {
        if bytes.len() + chunk.len() > LARGEST {
            return Err(Unfetched::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    if packed {
        bytes = unpacked(&bytes)?;
    }
    calendar(bytes)
}

fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, Unfetched> {
    let mut whole = Vec::new();
    let most = u64::try_from(LARGEST).unwrap_or(u64::MAX) + 1;
    MultiGzDecoder::new(bytes).take(most).read_to_end(&mut whole).map_err(|_| Unfetched::NotACalendar)?;
    if whole.len() > LARGEST { Err(Unfetched::TooLarge) } else { Ok(whole) }
}

/// Whatever it is called on its way, a calendar begins like one.
fn calendar(bytes: Vec<u8>) -> Result<String, Unfetched> {
    let text = String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    match begins.as_bytes().get(..BEGINNING.len()) {
        Some(beginning) if beginning.eq_ignore_ascii_case(BEGINNING) => Ok(text),
        _ => Err(Unfetched::NotACalendar),
    }
}
