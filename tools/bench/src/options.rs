//! What to measure, and for how long.

use std::path::PathBuf;
use std::time::Duration;

use clap::ValueEnum;

/// Measures ServiceHub and writes docs/performance.md
#[derive(clap::Parser)]
pub struct Options {
    /// A minute on little data, to see that measuring works; figures are shown and not written
    #[arg(long)]
    pub quick: bool,
    /// Throw the kept data away and load it again
    #[arg(long)]
    pub fresh: bool,
    /// Only these parts; figures are shown and not written
    #[arg(long, value_enum, value_delimiter = ',')]
    pub only: Vec<Part>,
    /// Where the data is kept between runs
    #[arg(long, default_value = ".data/bench")]
    pub data_dir: PathBuf,
    /// The document with the figures
    #[arg(long, default_value = "docs/performance.md")]
    pub document: PathBuf,
    /// The program to measure; the one built beside this one unless said otherwise
    #[arg(long)]
    pub program: Option<PathBuf>,
    /// Connections of the server's pool
    #[arg(long, default_value_t = 16)]
    pub pool_size: u32,
}

/// What can be measured by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Pages: how many a second, how fast at half load, what each costs
    Pages,
    /// Bookings: everybody on one slot, and each on their own
    Bookings,
    /// Signing in: a storm of it, and whether its time tells who has an account
    SignIns,
    /// The history: how fast all of it is followed
    History,
    /// Starting, restarting, what browsers load
    Process,
}

impl Options {
    /// Whether a part is to be measured.
    pub fn wants(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }

    /// Whether everything is measured, on the large data.
    pub fn complete(&self) -> bool {
        self.only.is_empty() && !self.quick
    }

    /// Before a measurement, until caches and connections are as they will stay.
    pub fn warm_up(&self) -> Duration {
        self.either(Duration::from_secs(3), Duration::from_millis(300))
    }

    /// One measurement.
    pub fn measurement(&self) -> Duration {
        self.either(Duration::from_secs(10), Duration::from_secs(1))
    }

    /// Rounds of everybody wanting one slot.
    pub fn rounds(&self) -> usize {
        self.either(100, 5)
    }

    /// How far into the list the deep page lies, in items.
    pub fn depth(&self) -> usize {
        self.either(50_000, 200)
    }

    /// Starts from cold, of which the median is told.
    pub fn starts(&self) -> usize {
        self.either(11, 3)
    }

    fn either<T>(&self, whole: T, quick: T) -> T {
        if self.quick { quick } else { whole }
    }
}
