//! Short messages by Twilio's REST API: one POST for each.

use std::time::Duration;

use domain::kernel::post::{OutgoingSms, Undelivered};
use reqwest::{Client, Response, StatusCode};
use secrecy::{ExposeSecret, SecretString};

use super::trust;
use crate::settings::TwilioSettings;

const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(20);
/// Answers are small; whatever comes after this is not read.
const LONGEST_ANSWER: usize = 64 << 10;

/// Codes that speak of our sender or our account, not of the recipient: an operator can put them right.
/// 20003 who are you, 20404 no such account, 21212 21603 21606 21659 21660 our sender, 21611 its queue is full,
/// 21620 no sender at all.
const ABOUT_US: &[u32] = &[20003, 20404, 20429, 21212, 21603, 21606, 21611, 21620, 21659, 21660];

/// An account with Twilio.
#[derive(Debug)]
pub struct Twilio {
    client: Client,
    address: String,
    account: String,
    token: SecretString,
    from: String,
}

/// What Twilio says when it refuses.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Refusal {
    code: Option<u32>,
    message: String,
}

impl Twilio {
    /// Prepares the way to an account; nobody is called yet.
    ///
    /// # Errors
    /// The client cannot be made, in words.
    pub fn new(settings: &TwilioSettings) -> Result<Self, String> {
        Self::patient_for(settings, WHOLE)
    }

    /// The same with less patience, for tests.
    ///
    /// # Errors
    /// The client cannot be made, in words.
    pub fn patient_for(settings: &TwilioSettings, whole: Duration) -> Result<Self, String> {
        let client = Client::builder()
            .tls_backend_preconfigured(trust()?)
            .connect_timeout(CONNECT.min(whole))
            .timeout(whole)
            // The token goes to the address in the settings and nowhere else.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| format!("the client for Twilio cannot be made: {error}"))?;
        Ok(Self {
            client,
            address: format!("{}/2010-04-01/Accounts/{}/Messages.json", settings.base_url, settings.account),
            account: settings.account.clone(),
            token: settings.token.clone(),
            from: settings.from.clone(),
        })
    }

    /// Hands a message to Twilio.
    ///
    /// # Errors
    /// Why it did not take it.
    pub async fn send(&self, sms: &OutgoingSms) -> Result<(), Undelivered> {
        let sender = if self.from.starts_with("MG") { "MessagingServiceSid" } else { "From" };
        let form = [("To", sms.to.as_str()), (sender, self.from.as_str()), ("Body", sms.text.as_str())];
        let request =
            self.client.post(&self.address).basic_auth(&self.account, Some(self.token.expose_secret())).form(&form);
        let response = request.send().await.map_err(|error| away(&error))?;
        let status = response.status();
        if status == StatusCode::CREATED || status == StatusCode::OK {
            return Ok(());
        }
        let refusal: Refusal = serde_json::from_slice(&beginning(response).await).unwrap_or_default();
        Err(sorted(status, &refusal))
    }
}

/// Only a refusal of this very message is final.
fn sorted(status: StatusCode, refusal: &Refusal) -> Undelivered {
    let code = refusal.code.map(|code| format!(" (code {code})")).unwrap_or_default();
    let message: String = refusal.message.chars().take(200).collect();
    let words = format!("Twilio answered {}{code}: {message}", status.as_u16());
    let about_us = refusal.code.is_some_and(|code| ABOUT_US.contains(&code));
    if status == StatusCode::BAD_REQUEST && refusal.code.is_some() && !about_us {
        Undelivered::Never(words)
    } else {
        Undelivered::Later(words)
    }
}

fn away(error: &reqwest::Error) -> Undelivered {
    let what = if error.is_timeout() {
        "took too long"
    } else if error.is_connect() {
        "cannot be reached"
    } else {
        "broke off"
    };
    Undelivered::Later(format!("Twilio {what}"))
}

async fn beginning(mut response: Response) -> Vec<u8> {
    let mut read = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        read.extend_from_slice(&chunk);
        if read.len() > LONGEST_ANSWER {
            break;
        }
    }
    read
}
