//! Figures about this process for Prometheus: how many answers, how fast, and what waits. No personal data: routes are
//! templates, and nothing says who asked.

mod page;

pub use page::{hash, routes};

use std::borrow::Cow;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use axum::http::Method;
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// Upper ends of the histogram's buckets, in seconds.
const BUCKETS: [f64; 13] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answer {
    method: &'static str,
    route: Cow<'static, str>,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    method: &'static str,
    route: Cow<'static, str>,
}

type Level = Gauge<f64, AtomicU64>;

/// What waits in the database, asked when somebody looks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Waiting {
    /// Jobs that are due and that nobody has begun.
    pub jobs: i64,
    /// For how many seconds the oldest of them has been due.
    pub job_seconds: f64,
    /// Events that wait to be handed on.
    pub events: i64,
    /// For how many seconds the oldest of them has waited.
    pub event_seconds: f64,
}

/// The figures.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    answers: Family<Answer, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
    database_up: Gauge,
    pool_open: Gauge,
    pool_idle: Gauge,
    jobs: Gauge,
    job_seconds: Level,
    events: Gauge,
    event_seconds: Level,
    memory: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Metrics {
    /// All at zero.
    #[must_use]
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("servicehub");
        let answers = Family::<Answer, Counter>::default();
        registry.register("http_requests", "Answers by method, route and status", answers.clone());
        let seconds = Family::<Route, Histogram, fn() -> Histogram>::new_with_constructor(|| Histogram::new(BUCKETS));
        registry.register("http_request_seconds", "Time from a request to its answer", seconds.clone());
        let mut gauge = |name: &str, help: &str| {
            let gauge: Gauge = Gauge::default();
            registry.register(name, help, gauge.clone());
            gauge
        };
        let database_up = gauge("database_up", "Whether the database answers: 1 or 0");
        let pool_open = gauge("pool_connections", "Connections of pages to the database");
        let pool_idle = gauge("pool_connections_idle", "Those of them that do nothing");
        let jobs = gauge("jobs_waiting", "Jobs that are due and not begun");
        let events = gauge("outbox_waiting", "Events that wait to be handed on");
        let memory = gauge("process_resident_memory_bytes", "Memory of this process");
        let mut level = |name: &str, help: &str| {
            let level = Level::default();
            registry.register(name, help, level.clone());
            level
        };
        let job_seconds = level("jobs_oldest_seconds", "How long the oldest of them has been due");
        let event_seconds = level("outbox_oldest_seconds", "How long the oldest of them has waited");
        Self {
            registry,
            answers,
            seconds,
            database_up,
            pool_open,
            pool_idle,
            jobs,
            job_seconds,
            events,
            event_seconds,
            memory,
        }
    }

    /// Counts an answer. `route` is the template of the address, or `-` for files and addresses there are not.
    pub fn answered(&self, method: &Method, route: &str, status: u16, took: Duration) {
        let (method, route) = (name(method), Cow::<'static, str>::Owned(route.to_owned()));
        self.seconds.get_or_create(&Route { method, route: route.clone() }).observe(took.as_secs_f64());
        self.answers.get_or_create(&Answer { method, route, status }).inc();
    }

    /// Everything as text, with what waits (`None`: the database is away) and what the pool of pages holds.
    ///
    /// # Errors
    /// None in practice: a text takes everything.
    pub fn written(&self, waiting: Option<Waiting>, (open, idle): (u32, usize)) -> Result<String, std::fmt::Error> {
        self.database_up.set(i64::from(waiting.is_some()));
        self.pool_open.set(i64::from(open));
        self.pool_idle.set(i64::try_from(idle).unwrap_or(i64::MAX));
        let waiting = waiting.unwrap_or_default();
        self.jobs.set(waiting.jobs);
        self.job_seconds.set(waiting.job_seconds);
        self.events.set(waiting.events);
        self.event_seconds.set(waiting.event_seconds);
        self.memory.set(resident_bytes().unwrap_or(0));
        let mut out = String::new();
        text::encode(&mut out, &self.registry)?;
        Ok(out)
    }
}

/// Methods are few: whoever makes one up makes no new series.
fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// Memory of this process, from the kernel; `None` where it does not tell.
fn resident_bytes() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: i64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kibibytes * 1024)
}
