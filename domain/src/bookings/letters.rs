//! The words of letters about bookings: plain, kind, and nothing in them that the page of the booking does not show this
//! side. What customers wrote when they booked stays on the page.

use super::life::{Capacity, State};
use super::store::people::Person;
use super::tell::News;
use super::views::{BookingView, HistoryEntry};
use crate::catalog::Place;
use crate::kernel::{Context, Zone};
use crate::notifications::{Letter, one_line};
use jiff::Timestamp;

/// The letter about some news to one side of a booking.
pub(super) fn letter(ctx: &Context, news: News, booking: &BookingView, to: &Person, now: Timestamp) -> Letter {
    let about = About { booking, customer: to.side == Capacity::Customer, former: to.former, now };
    let letter = Letter::new(&about.subject(news)).greeting(&format!("Hello {},", to.first_name));
    let letter = letter.paragraph(&about.told(news)).paragraph(&about.facts());
    let letter = match about.reason() {
        Some(words) if !matches!(news, News::Requested | News::Confirmed | News::Unsaid) => letter.paragraph(&words),
        _ => letter,
    };
    let letter = about.questions(news).into_iter().fold(letter, |letter, words| letter.paragraph(&words));
    let letter = about.hand().into_iter().fold(letter, |letter, words| letter.paragraph(&words));
    let (label, path) = about.way(news);
    let letter = letter.button(label, &ctx.absolute(&path));
    let letter = about.after(news).into_iter().fold(letter, |letter, words| letter.paragraph(&words));
    letter.small_print(&about.small_print())
}

struct About<'b> {
    booking: &'b BookingView,
    /// The letter goes to the customer, not to the provider.
    customer: bool,
    /// It goes to whoever was to do the visit, and is not any more.
    former: bool,
    now: Timestamp,
}

impl About<'_> {
    fn subject(&self, news: News) -> String {
        let BookingView { title, customer_name, provider_name, member_name, .. } = self.booking;
        let begins = self.begins().map(|begins| format!(", {begins}")).unwrap_or_default();
        match (news, self.customer) {
            (News::Requested, true) => format!("Asked: {title}{begins}"),
            (News::Requested, false) => format!("{customer_name} asks: {title}{begins}"),
            (News::Confirmed, true) => format!("Booked: {title}{begins}"),
            (News::Confirmed, false) => format!("Agreed with {customer_name}: {title}{begins}"),
            (News::Declined, _) => format!("{provider_name} cannot do it: {title}{begins}"),
            (News::Unanswered, _) => format!("No answer from {provider_name}: {title}{begins}"),
            (News::Moved, _) => format!("Moved: {title}, now {}", self.begins().unwrap_or_default()),
            (News::Given(_), true) => format!("{member_name} does it: {title}{begins}"),
            (News::Given(_), false) if self.former => format!("Taken over by {member_name}: {title}{begins}"),
            (News::Given(_), false) => format!("Given to {member_name}: {title}{begins}"),
            (News::Cancelled, _) => format!("Cancelled: {title}{begins}"),
            (News::Unsaid, _) => format!("Please answer before the work: {title}{begins}"),
            (News::Done, _) => format!("Done? Please confirm: {title}"),
        }
    }

    /// What happened, in a sentence or two.
    fn told(&self, news: News) -> String {
        let BookingView { customer_name, provider_name, member_name, .. } = self.booking;
        let until = self.booking.clock_at.map(|at| self.moment(at)).unwrap_or_default();
        let who = self.who();
        let before = self.last().and_then(|entry| entry.given.as_ref()).map(|(before, _)| before);
        let in_place = before.map(|name| format!(", in place of {name}")).unwrap_or_default();
        match (news, self.customer) {
            (News::Requested, true) => format!(
                "We have passed your request on to {provider_name}. They answer by {until}, and until then it is kept for \
                 you. If nobody answers, the request ends by itself and you owe nothing."
            ),
            (News::Requested, false) => format!(
                "{customer_name} would like to book {member_name}. Please answer by {until}: after that the request ends by \
                 itself and the time is free again."
            ),
            (News::Confirmed, true) => format!("It is agreed with {provider_name}. What, when and where:"),
            (News::Confirmed, false) => format!("{customer_name} has booked {member_name}. What, when and where:"),
            (News::Declined, _) => {
                format!(
                    "{provider_name} cannot take your request, and has said so. You owe nothing. This is what you asked for:"
                )
            }
            (News::Unanswered, _) => format!(
                "{provider_name} did not answer in time, so your request has ended. We are sorry. You owe nothing. This is \
                 what you asked for:"
            ),
            (News::Moved, _) => match self.last().and_then(|entry| entry.moved) {
                Some((from, to)) => {
                    format!("{who} moved the visit from {} to {}.", self.moment(from), self.moment(to))
                }
                None => format!("{who} moved the visit."),
            },
            (News::Given(_), true) => {
                format!("{who} gave your visit to {member_name}{in_place}. Time and price stay as they were.")
            }
            (News::Given(_), false) if self.former => {
                format!("{who} gave this visit to {member_name}{in_place}, whose time is free again.")
            }
            (News::Given(_), false) => {
                format!("{who} gave this visit to {member_name}{in_place}. Time and price stay as they were.")
            }
            (News::Cancelled, _) => format!("{who} cancelled this booking. The time is free again."),
            (News::Unsaid, _) => {
                format!("{provider_name} has asked you something, and there is no answer yet. The work waits for it.")
            }
            (News::Done, _) => {
                let says = match self.last() {
                    Some(entry) if entry.by == Capacity::Provider => format!("{} of {provider_name} says", entry.who),
                    _ => "The time of this booking is over, so we take it".to_owned(),
                };
                format!(
                    "{says} that the work is done. Please confirm it by {until}; if you say nothing, it counts as confirmed \
                     then. If it is not done, do not confirm it, and tell {provider_name} before that time."
                )
            }
        }
    }

    /// What, when, where, with whom, for how much, in a line each.
    fn facts(&self) -> String {
        let BookingView { title, member_name, provider_name, customer_name, total, reference, .. } = self.booking;
        let place = match self.booking.place {
            Place::Customer => self.booking.address.line(),
            Place::Provider => Some(format!("At {provider_name}")),
            Place::Remote if self.booking.visit.is_some() => Some("Remote, by call".to_owned()),
            Place::Remote => None,
        };
        let with = if self.customer {
            format!("With {member_name}, {provider_name}")
        } else {
            format!("For {customer_name}, done by {member_name}")
        };
        let lines = [Some(title.clone()), self.when(), place, Some(with), Some(format!("{total} · {reference}"))];
        lines.into_iter().flatten().map(|line| one_line(&line)).collect::<Vec<_>>().join("\n")
    }

    /// What the work waits for, when the customer has to say it.
    fn questions(&self, news: News) -> Option<String> {
        let asks = self.customer && matches!(news, News::Requested | News::Confirmed | News::Unsaid);
        let open: Vec<String> =
            self.booking.awaited().filter(|_| asks).map(|question| format!("• {}", one_line(&question.text))).collect();
        let provider = &self.booking.provider_name;
        (!open.is_empty())
            .then(|| format!("{provider} can only begin with your answers. Still to answer:\n{}", open.join("\n")))
    }

    /// What whoever did it wrote about it.
    fn reason(&self) -> Option<String> {
        let entry = self.last().filter(|entry| !entry.note.trim().is_empty())?;
        let whose = if self.own(entry) { "You wrote:" } else { "Their words:" };
        Some(format!("{whose}\n{}", entry.note.trim()))
    }

    /// That it was not the person themselves.
    fn hand(&self) -> Option<String> {
        let entry = self.last().filter(|entry| entry.on_behalf)?;
        let whom = if self.own(entry) { "you" } else { &entry.who };
        Some(format!("An operator of ServiceHub did this for {whom}."))
    }

    /// The one thing to do, and where.
    fn way(&self, news: News) -> (&'static str, String) {
        let booking = format!("/bookings/{}", self.booking.reference);
        let asked = format!("{booking}#questions");
        match (news, self.customer) {
            (News::Unsaid, _) => ("Answer the questions", asked),
            (News::Confirmed, true) if self.booking.awaited().next().is_some() => ("Answer the questions", asked),
            (News::Requested, true) => ("See your request", booking),
            (News::Requested, false) => ("Answer the request", booking),
            (News::Done, _) => ("Confirm that it is done", booking),
            (News::Declined, _) => ("Choose another time", format!("/services/{}", self.booking.service_slug)),
            // Whoever was to do it cannot open it any more, unless they run the business.
            (News::Given(_), false) if self.former => ("See your calendar", "/provider/calendar".to_owned()),
            (News::Unanswered, _) => ("Find somebody else", "/services".to_owned()),
            _ => ("See the booking", booking),
        }
    }

    /// What is good to know besides.
    fn after(&self, news: News) -> Vec<String> {
        let visit = self.booking.visit.is_some();
        let mut words = Vec::new();
        if news == News::Confirmed && visit {
            words.push("The appointment comes with this letter, for your calendar.".to_owned());
        }
        if news == News::Confirmed && self.customer {
            let policy = self.booking.cancellation_policy.sentence();
            let ways = if visit { "move or cancel" } else { "cancel" };
            words.push(format!("If something comes up, you can {ways} it on its page. {policy}"));
        }
        if matches!(news, News::Given(_)) {
            let agreed = self.booking.state == State::Confirmed;
            words.extend(agreed.then(|| match (self.former, self.customer) {
                (true, _) => "The appointment that comes with this letter takes it out of your calendar.".to_owned(),
                (false, true) => "The appointment that comes with this letter says so too.".to_owned(),
                (false, false) => "The appointment comes with this letter, for your calendar.".to_owned(),
            }));
            if self.customer {
                words.push("Does it not suit you? You can move or cancel it on its page.".to_owned());
            }
            if self.booking.state == State::Requested && !self.customer && !self.former {
                words.push("It still waits for an answer: accept or decline it on its page.".to_owned());
            }
        }
        if news == News::Moved {
            if self.booking.state == State::Confirmed {
                words.push("The new time is in the appointment that comes with this letter.".to_owned());
            }
            if self.last().is_some_and(|entry| !self.own(entry)) {
                words.push("Does the new time not suit you? You can move or cancel it on its page.".to_owned());
            }
        }
        words
    }

    fn small_print(&self) -> String {
        if self.customer {
            "You get this because you booked at ServiceHub with this address.".to_owned()
        } else {
            format!("You get this because you do the bookings of {} at ServiceHub.", self.booking.provider_name)
        }
    }

    fn last(&self) -> Option<&HistoryEntry> {
        self.booking.history.last()
    }

    /// Whether the side that is written to did it. Of a business that gives a visit away the reader is seldom who did.
    fn own(&self, entry: &HistoryEntry) -> bool {
        entry.given.is_none() && entry.by == if self.customer { Capacity::Customer } else { Capacity::Provider }
    }

    /// Who did what happened last, as this side knows them.
    fn who(&self) -> String {
        match self.last() {
            Some(entry) if self.customer && self.own(entry) => "You".to_owned(),
            Some(entry) if entry.by == Capacity::Customer => self.booking.customer_name.clone(),
            Some(entry) if entry.by == Capacity::Provider => {
                format!("{} of {}", entry.who, self.booking.provider_name)
            }
            _ => "The clock".to_owned(),
        }
    }

    /// "Tuesday 24 November, 14:00".
    fn moment(&self, at: Timestamp) -> String {
        written(&self.booking.zone, at, self.now, "%A %-d %B, %H:%M")
    }

    fn begins(&self) -> Option<String> {
        self.booking.visit.map(|(start, _)| self.moment(start))
    }

    /// "Tuesday 24 November, 14:00–15:00 (Berlin time)", or until when it is delivered.
    fn when(&self) -> Option<String> {
        let zone = &self.booking.zone;
        let visit = self.booking.visit.map(|(from, to)| {
            let end = zone.rules().to_datetime(to).strftime("%H:%M").to_string();
            format!("{}–{end} ({} time)", self.moment(from), zone.place())
        });
        let due = self.booking.due_at.map(|at| format!("By {}", written(zone, at, self.now, "%A %-d %B")));
        visit.or(due)
    }
}

/// An instant on the clocks of a zone, with the year when it is another one.
fn written(zone: &Zone, at: Timestamp, now: Timestamp, pattern: &str) -> String {
    let (at, now) = (zone.rules().to_datetime(at), zone.rules().to_datetime(now));
    let pattern = if at.year() == now.year() { pattern.to_owned() } else { pattern.replace("%B", "%B %Y") };
    at.strftime(&pattern).to_string()
}
