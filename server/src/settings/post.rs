//! How mail and short messages leave: what was given, and what must go together.

use axum::http::Uri;
use lettre::message::Mailbox;
use percent_encoding::percent_decode_str;
use secrecy::SecretString;
use std::path::PathBuf;

use super::Given;
use super::read::{Reading, filled, loopback};

/// The ways out.
#[derive(Clone, Debug)]
pub struct PostSettings {
    /// For mail.
    pub mail: Way<SmtpSettings>,
    /// For short messages.
    pub sms: Way<TwilioSettings>,
}

/// A way out, or none.
#[derive(Clone, Debug)]
pub enum Way<T> {
    /// Messages stay here and are shown at `/dev/mail`.
    Shown,
    /// Messages of this kind are not sent.
    Off,
    /// Somebody carries them on.
    By(T),
}

/// A mail server, from `SMTP_URL` and `MAIL_FROM`.
#[derive(Clone, Debug)]
pub struct SmtpSettings {
    /// Its name, which its certificate must have.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way there is protected.
    pub encryption: Encryption,
    /// A file of certificates to trust instead of Mozilla's.
    pub ca: Option<PathBuf>,
    /// Name and password there.
    pub login: Option<(String, SecretString)>,
    /// Who writes.
    pub from: Mailbox,
}

/// How the way to a mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// From the first byte on (`smtps://`).
    FromStart,
    /// By STARTTLS, and not a word about mail before it.
    Upgrade,
    /// Not at all.
    None,
}

/// An account with Twilio.
#[derive(Clone, Debug)]
pub struct TwilioSettings {
    /// Scheme and host, without a slash at the end.
    pub base_url: String,
    /// The account's SID.
    pub account: String,
    /// Its token.
    pub token: SecretString,
    /// A number (`+…`), a name, or the SID of a messaging service (`MG…`).
    pub from: String,
}

const TWILIO: &str = "https://api.twilio.com";
/// The word that says: there is none, on purpose.
const OFF: &str = "off";
const SMTP_FORM: &str = "write smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465, percent-encode \
    special characters, or say off";

impl Reading {
    pub(super) fn post(&mut self, given: &Given, production: bool) -> PostSettings {
        PostSettings { mail: self.mail(given, production), sms: self.sms(given, production) }
    }

    fn mail(&mut self, given: &Given, production: bool) -> Way<SmtpSettings> {
        let from = self.mail_from(&given.mail_from);
        let Some(url) = filled(&given.smtp_url) else {
            if production {
                self.problem("SMTP_URL", format!("is needed in production: {SMTP_FORM}"));
            }
            return Way::Shown;
        };
        if url.eq_ignore_ascii_case(OFF) {
            return Way::Off;
        }
        if filled(&given.mail_from).is_none() {
            self.problem("MAIL_FROM", "is needed with SMTP_URL, such as ServiceHub <hello@example.com>");
        }
        // The text holds a password, so it is never repeated.
        match (read_smtp(url), from) {
            (Ok(server), Some(from)) => Way::By(SmtpSettings { from, ..server }),
            (Ok(_), None) => Way::Off,
            (Err(words), _) => {
                self.problem("SMTP_URL", words);
                Way::Off
            }
        }
    }

    fn mail_from(&mut self, value: &Option<String>) -> Option<Mailbox> {
        let text = filled(value)?;
        let clean = !text.chars().any(char::is_control);
        let read = text.parse::<Mailbox>().ok().filter(|_| clean);
        if read.is_none() {
            self.problem("MAIL_FROM", format!("'{text}' is not an address such as ServiceHub <hello@example.com>"));
        }
        read
    }

    fn sms(&mut self, given: &Given, production: bool) -> Way<TwilioSettings> {
        let account = filled(&given.twilio_account_sid);
        let parts = [
            ("TWILIO_ACCOUNT_SID", account),
            ("TWILIO_AUTH_TOKEN", filled(&given.twilio_auth_token)),
            ("TWILIO_FROM", filled(&given.twilio_from)),
        ];
        let base_url = self.twilio_base_url(&given.twilio_base_url);
        if parts.iter().all(|(_, value)| value.is_none()) {
            return if production { Way::Off } else { Way::Shown };
        }
        for (setting, value) in parts {
            if value.is_none() {
                self.problem(setting, "is needed with the other settings of Twilio");
            }
        }
        if account.is_some_and(|sid| !sid.bytes().all(|b| b.is_ascii_alphanumeric())) {
            self.problem("TWILIO_ACCOUNT_SID", "is made of letters and digits and begins with AC");
        }
        let text = |place: usize| parts[place].1.unwrap_or_default().to_owned();
        Way::By(TwilioSettings { base_url, account: text(0), token: text(1).into(), from: text(2) })
    }

    fn twilio_base_url(&mut self, value: &Option<String>) -> String {
        let text = filled(value).unwrap_or(TWILIO).trim_end_matches('/');
        let url = text.parse::<Uri>().ok();
        let bare = url.as_ref().is_some_and(|url| url.path() == "/" && url.query().is_none() && !text.contains('@'));
        let host = url.as_ref().and_then(Uri::host).unwrap_or_default();
        let safe = match url.as_ref().and_then(Uri::scheme_str) {
            Some("https") => true,
            Some("http") => loopback(host),
            _ => false,
        };
        if !(bare && safe) {
            self.problem("TWILIO_BASE_URL", format!("is an address such as {TWILIO} (http only on this machine)"));
        }
        text.to_owned()
    }
}

/// Everything but the sender, which is another setting.
fn read_smtp(text: &str) -> Result<SmtpSettings, String> {
    let unreadable = || format!("cannot be read: {SMTP_FORM}");
    let url: Uri = text.parse().map_err(|_| unreadable())?;
    let authority = url.authority().ok_or_else(unreadable)?;
    let (login, address) = match authority.as_str().rsplit_once('@') {
        Some((login, address)) => (Some(login), address),
        None => (None, authority.as_str()),
    };
    if url.path() != "/" && !url.path().is_empty() || address.is_empty() {
        return Err(unreadable());
    }
    let (mut encryption, usual_port) = match url.scheme_str() {
        Some("smtp") => (Encryption::Upgrade, 587),
        Some("smtps") => (Encryption::FromStart, 465),
        _ => return Err(unreadable()),
    };
    let host = authority.host().to_owned();
    let mut ca = None;
    for (name, value) in form_urlencoded::parse(url.query().unwrap_or_default().as_bytes()) {
        match (name.as_ref(), value.as_ref()) {
            ("tls", "required") => {}
            ("tls", "none") if encryption == Encryption::Upgrade => encryption = Encryption::None,
            ("ca", file) if !file.is_empty() => ca = Some(PathBuf::from(file)),
            _ => return Err("knows tls=required, tls=none (only with smtp://) and ca=file after the ?".to_owned()),
        }
    }
    let login = match login.map(|login| login.split_once(':')) {
        None => None,
        Some(Some((user, password))) => {
            let decoded = |text| percent_decode_str(text).decode_utf8().map(String::from).map_err(|_| unreadable());
            Some((decoded(user)?, SecretString::from(decoded(password)?)))
        }
        Some(None) => return Err("has a user but no password: write user:password@".to_owned()),
    };
    if encryption == Encryption::None && login.is_some() && !loopback(&host) {
        return Err("would send the password in the clear; take tls=none away".to_owned());
    }
    let port = authority.port_u16().unwrap_or(usual_port);
    let nobody = Mailbox::new(None, lettre::Address::new("nobody", "localhost").map_err(|_| unreadable())?);
    Ok(SmtpSettings { host, port, encryption, ca, login, from: nobody })
}

impl PostSettings {
    /// What `servicehub config` says of mail and short messages; never a secret.
    pub(super) fn shown(&self) -> [(&'static str, &'static str, String); 6] {
        let set = || "(set)".to_owned();
        let word = |production: bool| if production { "(off)" } else { "(shown at /dev/mail)" }.to_owned();
        let none = || "(none)".to_owned();
        let (smtp, from) = match &self.mail {
            Way::Shown => (word(false), none()),
            Way::Off => (word(true), none()),
            Way::By(smtp) => (format!("(set: {}:{})", smtp.host, smtp.port), smtp.from.to_string()),
        };
        let (base, account, token, number) = match &self.sms {
            Way::By(twilio) => (twilio.base_url.clone(), twilio.account.clone(), set(), twilio.from.clone()),
            way => (TWILIO.to_owned(), word(matches!(way, Way::Off)), none(), none()),
        };
        [
            ("SMTP_URL", "smtp_url", smtp),
            ("MAIL_FROM", "mail_from", from),
            ("TWILIO_BASE_URL", "twilio_base_url", base),
            ("TWILIO_ACCOUNT_SID", "twilio_account_sid", account),
            ("TWILIO_AUTH_TOKEN", "twilio_auth_token", token),
            ("TWILIO_FROM", "twilio_from", number),
        ]
    }
}
