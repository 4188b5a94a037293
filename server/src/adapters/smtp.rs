//! Mail by SMTP: `multipart/alternative` over a protected connection, and every try comes to an end.

use std::time::{Duration, SystemTime};

use domain::kernel::post::{OutgoingEmail, Undelivered};
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParameters, TlsParametersBuilder};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use secrecy::ExposeSecret;

use crate::settings::{Encryption, SmtpSettings};

/// How long a server may take to answer the call.
const CONNECT: Duration = Duration::from_secs(10);
/// How long the whole may take.
const WHOLE: Duration = Duration::from_secs(45);

/// A mail server.
#[derive(Debug)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    whole: Duration,
}

impl Smtp {
    /// Prepares the way to a server; nobody is called yet.
    ///
    /// # Errors
    /// Certificates that cannot be read.
    pub fn new(settings: &SmtpSettings) -> Result<Self, String> {
        let tls = || protection(settings);
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
            .port(settings.port)
            .timeout(Some(CONNECT))
            .tls(match settings.encryption {
                Encryption::FromStart => Tls::Wrapper(tls()?),
                Encryption::Upgrade => Tls::Required(tls()?),
                Encryption::None => Tls::None,
            });
        if let Some((user, password)) = &settings.login {
            transport = transport.credentials(Credentials::new(user.clone(), password.expose_secret().to_owned()));
        }
        Ok(Self { transport: transport.build(), from: settings.from.clone(), whole: WHOLE })
    }

    /// The same with less patience, for tests.
    #[must_use]
    pub fn patient_for(self, whole: Duration) -> Self {
        Self { whole, ..self }
    }

    /// The address mails come from.
    #[must_use]
    pub fn sender(&self) -> String {
        self.from.email.to_string()
    }

    /// Hands a mail to the server.
    ///
    /// # Errors
    /// Why it did not take it.
    pub async fn send(&self, email: &OutgoingEmail) -> Result<(), Undelivered> {
        let message = self.message(email)?;
        match tokio::time::timeout(self.whole, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(sorted(&error)),
            Err(_) => Err(Undelivered::Later("the mail server took too long".to_owned())),
        }
    }

    /// The message as it travels. Its id is made of ours: a repetition after a crash can be recognised.
    fn message(&self, email: &OutgoingEmail) -> Result<Message, Undelivered> {
        let unusable = |error: &dyn std::fmt::Display| Undelivered::Never(format!("not a mail: {error}"));
        let to: Address = email.to.as_str().parse().map_err(|error| unusable(&error))?;
        let mut message = Message::builder();
        if let Some(stop) = &email.stop {
            message = message.header(Unsubscribe(format!("<{stop}>"))).header(OneClick);
        }
        message
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&email.subject)
            .date(SystemTime::from(email.at))
            .message_id(Some(format!("<{}@{}>", email.id.0, self.from.email.domain())))
            .header(AutoSubmitted)
            .multipart(forms(email)?)
            .map_err(|error| unusable(&error))
    }
}

/// The forms a letter has. Mail programs show the last one they understand, and those that keep a calendar take the
/// appointment into it (RFC 6047).
fn forms(email: &OutgoingEmail) -> Result<MultiPart, Undelivered> {
    let forms = MultiPart::alternative_plain_html(email.text.clone(), email.html.clone());
    let Some(calendar) = &email.calendar else {
        return Ok(forms);
    };
    let method = if calendar.contains("\r\nMETHOD:CANCEL\r\n") { "CANCEL" } else { "REQUEST" };
    let kind = ContentType::parse(&format!("text/calendar; charset=utf-8; method={method}"));
    let kind = kind.map_err(|error| Undelivered::Never(format!("not a mail: {error}")))?;
    Ok(forms.singlepart(SinglePart::builder().header(kind).body(calendar.clone())))
}

fn protection(settings: &SmtpSettings) -> Result<TlsParameters, String> {
    let mut parameters: TlsParametersBuilder = TlsParameters::builder(settings.host.clone());
    if let Some(file) = &settings.ca {
        let pem = std::fs::read(file).map_err(|error| format!("SMTP_URL: {}: {error}", file.display()))?;
        let certificates =
            Certificate::from_pem(&pem).map_err(|error| format!("SMTP_URL: {}: {error}", file.display()))?;
        // Whoever names an authority of their own trusts that one, and no other.
        parameters = parameters.certificate_store(CertificateStore::None).add_root_certificate(certificates);
    }
    parameters.build_rustls().map_err(|error| format!("SMTP_URL: {error}"))
}

/// What a server says about the mail itself is final. What it says about us is not: a wrong password or a missing
/// certificate is put right by an operator, and the mails of that hour should then leave.
fn sorted(error: &Error) -> Undelivered {
    let words = told(error);
    let about_us =
        error.status().is_some_and(|code| matches!(u16::from(code), 421 | 454 | 500..=504 | 530 | 534 | 535 | 538));
    if error.is_permanent() && !about_us { Undelivered::Never(words) } else { Undelivered::Later(words) }
}

/// The error with all its causes; its own words are often no more than "Connection error".
fn told(error: &Error) -> String {
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let more = inner.to_string();
        if !words.contains(&more) {
            words = format!("{words}: {more}");
        }
        cause = inner.source();
    }
    words
}

/// Tells answering machines not to answer (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// Where letters of a kind are stopped (RFC 2369).
#[derive(Clone)]
struct Unsubscribe(String);

impl Header for Unsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// One POST there is enough (RFC 8058).
#[derive(Clone)]
struct OneClick;

impl Header for OneClick {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}
