//! Browsers, as far as load needs them: one connection that is kept open, requests made beforehand, and
//! answers read to their last byte. As little work as possible, because it is done on the same machine.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::{Outcome, Trouble};

/// A request, ready to be sent.
pub struct Request(Vec<u8>);

/// Who is signed in: the cookie of a session.
pub type Session = Arc<str>;

impl Request {
    /// Asks for a page.
    pub fn get(path: &str, session: Option<&Session>) -> Arc<Self> {
        Self::get_as(path, session, "")
    }

    /// Asks for a page as browsers do, which all take compressed ones.
    pub fn get_compressed(path: &str) -> Arc<Self> {
        Self::get_as(path, None, "accept-encoding: gzip, deflate, br\r\n")
    }

    fn get_as(path: &str, session: Option<&Session>, more: &str) -> Arc<Self> {
        let cookie = cookie(session);
        Arc::new(Self(format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n{more}{cookie}\r\n").into_bytes()))
    }

    /// Sends a form from a page of ours.
    pub fn post(path: &str, session: Option<&Session>, fields: &[(&str, &str)]) -> Arc<Self> {
        Self::post_as(path, session, fields, "")
    }

    /// Sends a form from another place, as the proxy in front tells it.
    pub fn post_from(place: &str, path: &str, fields: &[(&str, &str)]) -> Arc<Self> {
        Self::post_as(path, None, fields, &format!("x-forwarded-for: {place}\r\n"))
    }

    fn post_as(path: &str, session: Option<&Session>, fields: &[(&str, &str)], more: &str) -> Arc<Self> {
        let body = encoded(fields);
        let (cookie, length) = (cookie(session), body.len());
        Arc::new(Self(
            format!(
                "POST {path} HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: same-origin\r\n{more}{cookie}\
                 content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{body}"
            )
            .into_bytes(),
        ))
    }
}

fn cookie(session: Option<&Session>) -> String {
    session.map_or_else(String::new, |session| format!("cookie: {session}\r\n"))
}

/// Names and values as they stand in forms and addresses.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
                other => format!("%{other:02X}"),
            })
            .collect()
    };
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
    pairs.join("&")
}

/// Where the load goes: a port of this machine that may change while load is under way.
#[derive(Clone)]
pub struct Target(Arc<AtomicU16>);

impl Target {
    /// A port.
    pub fn new(port: u16) -> Self {
        Self(Arc::new(AtomicU16::new(port)))
    }

    /// Sends everything from now on somewhere else.
    pub fn move_to(&self, port: u16) {
        self.0.store(port, Ordering::Relaxed);
    }

    /// Where it goes at present.
    pub fn port(&self) -> u16 {
        self.0.load(Ordering::Relaxed)
    }
}

/// What came back; the body stays with the connection.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Bytes of the body as they were sent.
    pub bytes: usize,
    /// Where to go on.
    pub location: Option<String>,
    /// The cookies it sets, as they are sent back.
    pub cookie: Option<String>,
}

/// A connection that is opened when it is needed and kept.
pub struct Connection {
    target: Target,
    open: Option<(u16, TcpStream)>,
    buffer: Vec<u8>,
    body: Vec<u8>,
}

impl Connection {
    /// A connection to a target.
    pub fn to(target: &Target) -> Self {
        Self { target: target.clone(), open: None, buffer: Vec::with_capacity(1 << 17), body: Vec::new() }
    }

    /// One exchange.
    ///
    /// # Errors
    /// No connection, or it broke; the next exchange opens another one.
    pub async fn ask(&mut self, request: &Request) -> Outcome<Answer> {
        let port = self.target.port();
        let mut stream = match self.open.take() {
            Some((known, stream)) if known == port && still_open(&stream) => stream,
            _ => {
                let stream = TcpStream::connect(("127.0.0.1", port)).await?;
                stream.set_nodelay(true)?;
                stream
            }
        };
        stream.write_all(&request.0).await?;
        self.buffer.clear();
        self.body.clear();
        let (answer, goes_on) = self.read(&mut stream).await?;
        if goes_on {
            self.open = Some((port, stream));
        }
        Ok(answer)
    }

    /// The text of the last answer.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    async fn read(&mut self, stream: &mut TcpStream) -> Outcome<(Answer, bool)> {
        let mut seen = 0;
        let end = loop {
            let from = usize::saturating_sub(seen, 3);
            if let Some(at) = self.buffer[from..].windows(4).position(|w| w == b"\r\n\r\n") {
                break from + at;
            }
            seen = self.buffer.len();
            more(stream, &mut self.buffer).await?;
        };
        let head = Head::read(&self.buffer[..end])?;
        let mut rest = self.buffer.split_off(end + 4);
        match head.length {
            Some(length) => {
                while rest.len() < length {
                    more(stream, &mut rest).await?;
                }
                self.body = rest;
            }
            None => self.read_chunks(stream, rest).await?,
        }
        let answer =
            Answer { status: head.status, bytes: self.body.len(), location: head.location, cookie: head.cookie };
        Ok((answer, !head.closes))
    }

    async fn read_chunks(&mut self, stream: &mut TcpStream, mut rest: Vec<u8>) -> Outcome<()> {
        let mut at = 0;
        loop {
            let line = loop {
                if let Some(length) = rest[at..].windows(2).position(|w| w == b"\r\n") {
                    break at + length;
                }
                more(stream, &mut rest).await?;
            };
            let size = std::str::from_utf8(&rest[at..line])?;
            let size = usize::from_str_radix(size.split(';').next().unwrap_or_default(), 16)?;
            let end = line + 2 + size;
            while rest.len() < end + 2 {
                more(stream, &mut rest).await?;
            }
            self.body.extend_from_slice(&rest[line + 2..end]);
            at = end + 2;
            if size == 0 {
                return Ok(());
            }
        }
    }
}

/// A server that is ending closes connections that are idle; then nothing was asked yet, and browsers
/// open another one.
fn still_open(stream: &TcpStream) -> bool {
    matches!(stream.try_read(&mut [0; 1]), Err(error) if error.kind() == std::io::ErrorKind::WouldBlock)
}

async fn more(stream: &mut TcpStream, into: &mut Vec<u8>) -> Outcome<()> {
    into.reserve(1 << 16);
    if stream.read_buf(into).await? == 0 {
        return Err("the server hung up".into());
    }
    Ok(())
}

struct Head {
    status: u16,
    /// `None`: the body comes in chunks.
    length: Option<usize>,
    location: Option<String>,
    cookie: Option<String>,
    closes: bool,
}

impl Head {
    fn read(bytes: &[u8]) -> Result<Self, Trouble> {
        let text = std::str::from_utf8(bytes)?;
        let mut lines = text.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1));
        let mut head = Self {
            status: status.ok_or("an answer without a status")?.parse()?,
            length: Some(0),
            location: None,
            cookie: None,
            closes: false,
        };
        for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
            match name {
                "content-length" => head.length = Some(value.parse()?),
                "transfer-encoding" => head.length = None,
                "location" => head.location = Some(value.to_owned()),
                "set-cookie" => {
                    let pair = value.split(';').next().unwrap_or_default();
                    head.cookie =
                        Some(head.cookie.map_or_else(|| pair.to_owned(), |others| format!("{others}; {pair}")));
                }
                "connection" => head.closes = value == "close",
                _ => {}
            }
        }
        Ok(head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_encoded_as_browsers_do() {
        let fields = [("q", "leaking tap & sink"), ("city", "Köln")];
        assert_eq!(encoded(&fields), "q=leaking%20tap%20%26%20sink&city=K%C3%B6ln");
    }

    #[test]
    fn heads_tell_what_follows() {
        let head =
            Head::read(b"HTTP/1.1 303 See Other\r\nlocation: /x\r\nset-cookie: id=a; Path=/\r\nset-cookie: b=c\r\ncontent-length: 0")
                .expect("a head");
        assert_eq!((head.status, head.length, head.closes), (303, Some(0), false));
        assert_eq!(head.cookie.as_deref(), Some("id=a; b=c"));
        let head = Head::read(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked").expect("a head");
        assert_eq!(head.length, None);
    }
}
