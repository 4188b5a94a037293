//! `servicehub verify audit`: follows the whole history, and says where it was tampered with.

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use domain::audit::{HeadsFile, Trust, Verdict, Whole, verify};
use domain::kernel::{Context, PublicKey};
use tokio::time::Instant;

use super::Stop;
use crate::database::{Database, Stay, Use};
use crate::settings::Settings;
use crate::signing;

/// What the history is held against.
#[derive(clap::Args)]
pub struct Against {
    /// A file of signed heads somebody kept (from /verify/heads.json); may be given several times
    #[arg(long = "against", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// An earlier public key of this marketplace, in base64; may be given several times
    #[arg(long = "key", value_name = "KEY")]
    keys: Vec<String>,
}

/// Ends well only if the history of the settings' database is whole.
pub fn run(settings: &Settings, against: &Against) -> Result<(), Stop> {
    let trust = trust(settings, against)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let (verdict, took) = runtime.block_on(follow(settings, &trust))?;
    let mut out = std::io::stdout().lock();
    match verdict {
        Verdict::Whole(whole) => {
            writeln!(out, "{}", in_words(&whole))?;
            if trust.keys.is_empty() && trust.published.is_empty() && whole.heads > 0 {
                writeln!(
                    out,
                    "The signatures fit the keys they name; give --key or --against to say whose keys they are."
                )?;
            }
            writeln!(out, "{}", pace(whole.entries, took))?;
            Ok(())
        }
        Verdict::Broken(broken) => {
            writeln!(out, "{}", pace(broken.followed, took))?;
            Err(Stop::Other(format!("The history is not whole. {broken}.")))
        }
    }
}

fn trust(settings: &Settings, against: &Against) -> Result<Trust, Stop> {
    let mut keys: Vec<PublicKey> = signing::known(settings).map_err(Stop::Other)?.into_iter().collect();
    for key in &against.keys {
        let none = || Stop::Other(format!("'{key}' is no public key: 32 bytes in base64 are one"));
        keys.push(PublicKey::parse(key).ok_or_else(none)?);
    }
    let mut published = Vec::new();
    for file in &against.files {
        let complain =
            |error: &dyn std::fmt::Display| Stop::Other(format!("{} cannot be used: {error}", file.display()));
        let json = std::fs::read_to_string(file).map_err(|error| complain(&error))?;
        published.extend(HeadsFile::parse(&json).map_err(|error| complain(&error))?);
    }
    Ok(Trust { keys, published })
}

async fn follow(settings: &Settings, trust: &Trust) -> Result<(Verdict, Duration), Stop> {
    let database = Database::open(settings, Stay::Guest).await?;
    let pool = database.pool(Use::Worker, 2);
    let begun = Instant::now();
    let verdict = verify(&Context::new(pool.clone()), trust).await;
    let took = begun.elapsed();
    pool.close().await;
    database.close().await;
    let verdict = verdict.map_err(|error| Stop::Other(format!("The history cannot be read: {error}")))?;
    Ok((verdict, took))
}

fn in_words(whole: &Whole) -> String {
    let many =
        |count: u64, one: &str, more: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {more}") };
    let signed = match &whole.signed {
        Some(head) => format!(
            "{} part of it, the last of {} about entry {}",
            many(whole.heads, "signed head is", "signed heads are"),
            head.day,
            head.seq
        ),
        None => "No head was signed yet".to_owned(),
    };
    format!(
        "The history is whole: {}, the last with the hash {}.\n{signed}.\nAddresses and words of {} were erased.",
        many(whole.entries, "entry", "entries"),
        hex::encode(whole.hash),
        many(whole.erased, "entry", "entries"),
    )
}

fn pace(rows: u64, took: Duration) -> String {
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX).max(1);
    format!("{rows} rows in {} ms: {} rows/s", took.as_millis(), rows.saturating_mul(1_000_000) / micros)
}
