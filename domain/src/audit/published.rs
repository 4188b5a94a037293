//! What is published: the signed heads as a file, and where the history stands now.

use super::head::Head;
use super::store;
use crate::kernel::{Context, Error, PublicKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The first line of every file of heads.
const FORMAT: &str = "servicehub-audit-heads-1";

/// Heads in one part of the file: thirteen years.
const PART: i64 = 5000;

/// The file of signed heads.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HeadsFile {
    format: String,
    heads: Vec<Published>,
    /// The first day of the next part, when there are very many.
    #[serde(default)]
    next_after: Option<Date>,
}

/// One head as it stands in the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Published {
    day: Date,
    seq: i64,
    hash: String,
    signed_at: Timestamp,
    public_key: String,
    signature: String,
    /// What was signed, spelled out for people who check it by hand; made from the fields above.
    #[serde(default)]
    message: String,
}

impl HeadsFile {
    /// Reads a file somebody kept.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn parse(json: &str) -> Result<Vec<Head>, String> {
        let file: Self = serde_json::from_str(json).map_err(|error| error.to_string())?;
        if file.format != FORMAT {
            return Err(format!("its format is {:?}, not {FORMAT:?}", file.format));
        }
        file.heads
            .into_iter()
            .map(|head| {
                let day = head.day;
                head.read().ok_or_else(|| format!("the hash, key or signature of {day} is none"))
            })
            .collect()
    }

    /// As it is served.
    ///
    /// # Errors
    /// A defect.
    pub fn to_json(&self) -> Result<String, Error> {
        serde_json::to_string_pretty(self).map(|text| text + "\n").map_err(Error::internal)
    }
}

impl Published {
    fn of(head: &Head) -> Self {
        Self {
            day: head.day,
            seq: head.seq,
            hash: hex::encode(head.hash),
            signed_at: head.signed_at,
            public_key: head.key.to_string(),
            signature: STANDARD.encode(head.signature),
            message: head.message(),
        }
    }

    fn read(self) -> Option<Head> {
        Some(Head {
            day: self.day,
            seq: self.seq,
            hash: hex::decode(self.hash).ok()?.try_into().ok()?,
            signed_at: self.signed_at,
            key: PublicKey::parse(&self.public_key)?,
            signature: STANDARD.decode(self.signature).ok()?.try_into().ok()?,
        })
    }
}

/// The file of all signed heads, oldest first; `after` a day for the next part: one statement.
///
/// # Errors
/// The database is away.
pub async fn heads_file(ctx: &Context, after: Option<Date>) -> Result<HeadsFile, Error> {
    let mut heads = store::heads_after(&ctx.pool, after.unwrap_or(Date::constant(1970, 1, 1)), PART + 1).await?;
    let more = heads.len() > usize::try_from(PART).unwrap_or(usize::MAX);
    if more {
        heads.pop();
    }
    Ok(HeadsFile {
        format: FORMAT.to_owned(),
        next_after: heads.last().filter(|_| more).map(|head| head.day),
        heads: heads.iter().map(Published::of).collect(),
    })
}

/// Where the history stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Entries so far.
    pub entries: i64,
    /// The latest signed heads, newest first.
    pub latest: Vec<Head>,
    /// The head that was asked for.
    pub asked: Option<Head>,
}

/// How many entries there are, the latest signed heads, and the head of a day if one is asked for: one statement.
///
/// # Errors
/// The database is away.
pub async fn standing(ctx: &Context, asked: Option<Date>, latest: i64) -> Result<Standing, Error> {
    let (entries, latest, asked) = store::standing(&ctx.pool, latest, asked).await?;
    Ok(Standing { entries, latest, asked })
}
