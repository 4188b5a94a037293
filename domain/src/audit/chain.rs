//! Following the chain entry by entry. Hashes are computed here from the fields themselves: nothing the database
//! says about its own hashes is believed. `migrations/0001_kernel.sql` computes the same when it writes.

use super::HEAD_SIGNED;
use super::broken::{Broken, Place};
use super::head::Head;
use super::store::ChainRow;
use jiff::civil::Date;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Write;
use uuid::Uuid;

/// Postgres counts microseconds from the year 2000; hashes cover those from 1970.
const YEAR_2000: i64 = 946_684_800_000_000;

/// What the hash of the first entry stands on.
pub(super) fn beginning() -> [u8; 32] {
    Sha256::digest(b"ServiceHub").into()
}

/// How far the chain was followed, and what it is held against.
pub(super) struct Chain {
    pub seq: i64,
    pub hash: [u8; 32],
    pub followed: u64,
    pub erased: u64,
    /// Signed heads by the entry they are about; what was passed is taken out.
    anchors: BTreeMap<i64, Vec<Head>>,
    /// Heads the database still has.
    kept: BTreeMap<Date, Head>,
    text: Vec<u8>,
}

/// What an entry says about a head that was signed.
#[derive(Deserialize)]
struct Announced {
    day: Date,
    seq: i64,
    hash: String,
}

impl Chain {
    /// A chain to be held against heads the database keeps and others that were published.
    pub fn new(kept: BTreeMap<Date, Head>, published: &[Head]) -> Self {
        let mut anchors: BTreeMap<i64, Vec<Head>> = BTreeMap::new();
        for head in kept.values().chain(published) {
            anchors.entry(head.seq).or_default().push(head.clone());
        }
        Self { seq: 0, hash: beginning(), followed: 0, erased: 0, anchors, kept, text: Vec::with_capacity(1024) }
    }

    /// Takes the heads that were signed before there was any entry.
    pub fn begin(&mut self) -> Result<(), Broken> {
        self.hold_against_heads()
    }

    /// Follows more entries, in their order.
    pub fn follow(&mut self, rows: &[ChainRow]) -> Result<(), Broken> {
        rows.iter().try_for_each(|row| self.entry(row))
    }

    /// What is wrong when the chain is over: it must end where the database says, and reach what was signed.
    pub fn end(&self, seq: i64, hash: &[u8]) -> Result<(), Broken> {
        if let Some((seq, heads)) = self.anchors.first_key_value() {
            let day = heads.first().map(|head| head.day.to_string()).unwrap_or_default();
            let what = format!(
                "it is gone: the chain ends at {}, but the head signed on {day} says it reached {seq}",
                self.seq
            );
            return Err(self.broken(Place::Entry(self.seq + 1), what));
        }
        if seq > self.seq {
            let what = format!("it is gone: the chain ends at {}, but there were {seq} entries", self.seq);
            return Err(self.broken(Place::Entry(self.seq + 1), what));
        }
        if seq < self.seq {
            let what = format!("nobody appended it: the database says that the chain ends at {seq}");
            return Err(self.broken(Place::Entry(seq + 1), what));
        }
        if hash != self.hash {
            return Err(
                self.broken(Place::End, "the hash kept for the next entry is not that of the last one".to_owned())
            );
        }
        Ok(())
    }

    fn entry(&mut self, row: &ChainRow) -> Result<(), Broken> {
        let due = self.seq + 1;
        if row.seq > due {
            return Err(self.broken(Place::Entry(due), format!("it is gone: entry {} follows {}", row.seq, self.seq)));
        }
        if row.seq < due {
            return Err(self.broken(Place::Entry(row.seq), "the numbers begin at 1 and each is there once".to_owned()));
        }
        if row.prev_hash != self.hash {
            let what = format!("it does not carry the hash of entry {}", self.seq);
            return Err(self.broken(Place::Entry(due), what));
        }
        if row.hash != self.hash_of(row) {
            return Err(self.broken(Place::Entry(due), "its content is not what its hash was made of".to_owned()));
        }
        match (&row.salt, &row.content) {
            (Some(salt), Some(content)) => {
                if row.personal_commitment != Sha256::new().chain_update(salt).chain_update(content).finalize()[..] {
                    let what = "they are not what the entry was committed to".to_owned();
                    return Err(self.broken(Place::Personal(due), what));
                }
            }
            _ => self.erased += 1,
        }
        self.hash.copy_from_slice(&row.hash);
        self.seq = due;
        self.followed += 1;
        self.hold_against_heads()?;
        if row.action == HEAD_SIGNED { self.announced(&row.detail) } else { Ok(()) }
    }

    /// Every head that was signed at this place says what the place must look like.
    fn hold_against_heads(&mut self) -> Result<(), Broken> {
        // Heads about numbers that cannot be are found here as well, at the first place after them.
        while let Some(first) = self.anchors.first_entry().filter(|first| *first.key() <= self.seq) {
            let heads = first.remove();
            if let Some(head) = heads.iter().find(|head| head.seq != self.seq || head.hash != self.hash) {
                let what = format!("its hash is not the one that was signed on {}", head.day);
                return Err(self.broken(Place::Entry(self.seq), what));
            }
        }
        Ok(())
    }

    /// An entry says that a head was signed: it must still be there, and say the same.
    fn announced(&self, detail: &str) -> Result<(), Broken> {
        let Ok(said) = serde_json::from_str::<Announced>(detail) else {
            let what = "it announces a signed head in words nobody understands".to_owned();
            return Err(self.broken(Place::Entry(self.seq), what));
        };
        match self.kept.get(&said.day) {
            Some(head) if head.seq == said.seq && hex::encode(head.hash) == said.hash => Ok(()),
            Some(_) => {
                let what = format!("it is not the one that entry {} says was signed", self.seq);
                Err(self.broken(Place::Head(said.day), what))
            }
            None => {
                Err(self.broken(Place::Head(said.day), format!("it is gone: entry {} says it was signed", self.seq)))
            }
        }
    }

    /// The hash of the one before, the commitment, and every field with its length before it.
    fn hash_of(&mut self, row: &ChainRow) -> [u8; 32] {
        let micros = <[u8; 8]>::try_from(&row.at[..]).ok().and_then(|at| i64::from_be_bytes(at).checked_add(YEAR_2000));
        let text = &mut self.text;
        text.clear();
        number(text, Some(row.seq));
        text.push(b',');
        number(text, micros);
        text.push(b',');
        id(text, row.actor_id);
        for words in [&row.capacity, &row.action, &row.object_kind] {
            text.push(b',');
            field(text, words.as_bytes());
        }
        text.push(b',');
        id(text, Some(row.object_id));
        text.push(b',');
        field(text, row.detail.as_bytes());
        text.push(b',');
        id(text, row.request_id);
        let digest = Sha256::new().chain_update(self.hash).chain_update(&row.personal_commitment);
        digest.chain_update(&self.text).finalize().into()
    }

    pub fn broken(&self, place: Place, what: String) -> Broken {
        Broken { place, what, followed: self.followed }
    }
}

fn field(text: &mut Vec<u8>, words: &[u8]) {
    // Writing to a Vec cannot fail.
    let _ = write!(text, "{}:", words.len());
    text.extend_from_slice(words);
}

fn number(text: &mut Vec<u8>, value: Option<i64>) {
    // An instant no clock shows has no number, and so no hash that fits.
    field(text, value.map(|value| value.to_string()).unwrap_or_default().as_bytes());
}

fn id(text: &mut Vec<u8>, id: Option<Uuid>) {
    match id {
        Some(id) => field(text, id.hyphenated().encode_lower(&mut Uuid::encode_buffer()).as_bytes()),
        None => field(text, b""),
    }
}
