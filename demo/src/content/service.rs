//! A service as its text describes it.

use super::Misread;
use super::reading::{Line, list};
use domain::catalog::{
    AnswerKind, BookingMode, CancellationPolicy, Kind, Place, Pricing, Question, Surcharges, Tier, Unit,
};

/// A service on offer.
#[derive(Clone, Debug)]
pub struct Service {
    /// What it is called.
    pub title: String,
    /// Slug of its category.
    pub leaf: String,
    /// A visit or a delivery.
    pub kind: Kind,
    /// How the price is made.
    pub pricing: Pricing,
    /// The price in whole units of the currency: of everything, of an hour, or of the lowest package.
    pub price: i64,
    /// Minutes of a visit, the shortest if there are several.
    pub duration: u32,
    /// Minutes of the longest visit.
    pub max_duration: u32,
    /// Days until delivery, the shortest if there are several.
    pub days: u32,
    /// Booked at once or on request.
    pub mode: BookingMode,
    /// What cancelling costs.
    pub policy: CancellationPolicy,
    /// Where it takes place.
    pub place: Place,
    /// Minutes of notice.
    pub notice: u32,
    /// Most visits of a day.
    pub daily: Option<u32>,
    /// Minutes kept free before and after.
    pub buffers: (u32, u32),
    /// Minutes between offered starts.
    pub interval: u32,
    /// One or two sentences for lists.
    pub summary: String,
    /// What it is about.
    pub description: String,
    /// What is in it.
    pub includes: Vec<String>,
    /// Add-ons.
    pub extras: Vec<Extra>,
    /// Tiers, smallest first.
    pub packages: Vec<Package>,
    /// What a price per unit counts.
    pub unit: Unit,
    /// What weekends and nights cost more.
    pub surcharges: Surcharges,
    /// What customers are asked before the work.
    pub questions: Vec<Question>,
    /// What customers said of it, each for one review.
    pub voices: Vec<String>,
}

/// An add-on.
#[derive(Clone, Debug)]
pub struct Extra {
    /// What it is.
    pub name: String,
    /// Whole units of the currency.
    pub price: i64,
    /// Minutes it adds to a visit.
    pub minutes: u32,
    /// Days it adds to a delivery.
    pub days: u32,
}

/// A tier.
#[derive(Clone, Debug)]
pub struct Package {
    /// Its size.
    pub tier: Tier,
    /// What the provider calls it.
    pub name: String,
    /// Whole units of the currency.
    pub price: i64,
    /// Minutes of the visit.
    pub minutes: u32,
    /// Days until delivery.
    pub days: u32,
    /// Rounds of changes.
    pub revisions: u32,
    /// Whom it is for.
    pub description: String,
    /// What is in it.
    pub includes: Vec<String>,
}

impl Service {
    pub(super) fn titled(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            leaf: String::new(),
            kind: Kind::Visit,
            pricing: Pricing::Fixed,
            price: 0,
            duration: 60,
            max_duration: 60,
            days: 0,
            mode: BookingMode::Instant,
            policy: CancellationPolicy::Flexible,
            place: Place::Customer,
            notice: 120,
            daily: None,
            buffers: (0, 0),
            interval: 30,
            summary: String::new(),
            description: String::new(),
            includes: Vec::new(),
            extras: Vec::new(),
            packages: Vec::new(),
            unit: Unit::default(),
            surcharges: Surcharges::default(),
            questions: Vec::new(),
            voices: Vec::new(),
        }
    }

    /// Takes a line of the service's text.
    pub(super) fn take(&mut self, line: &Line) -> Result<(), Misread> {
        if let Some(terms) = line.after("@") {
            return self.terms(line, terms);
        }
        match line.text.split_once(' ') {
            Some((">", summary)) => self.summary = summary.to_owned(),
            Some((".", description)) => self.description = description.to_owned(),
            Some(("+", includes)) => self.includes = list(includes),
            Some(("*", extra)) => self.extras.push(Extra::read(line, extra)?),
            Some(("$", package)) => {
                let package = Package::read(line, package)?;
                self.max_duration = self.max_duration.max(package.minutes);
                self.packages.push(package);
            }
            Some(("?", question)) => self.questions.push(asked(line, question)?),
            Some(("~", voice)) => self.voices.push(voice.to_owned()),
            _ => return Err(line.wrong("it begins with no mark of a service")),
        }
        Ok(())
    }

    /// `leaf kind pricing [price] length mode policy`, then settings with a word before each.
    fn terms(&mut self, line: &Line, terms: &str) -> Result<(), Misread> {
        let mut words = terms.split(' ').filter(|word| !word.is_empty());
        let mut next = |what: &str| words.next().ok_or_else(|| line.wrong(format!("{what} is missing")));
        self.leaf = next("the category")?.to_owned();
        self.kind = known(line, next("the kind")?, Kind::parse)?;
        self.pricing = known(line, next("the pricing")?, Pricing::parse)?;
        self.price = line.number(next("the price")?, "")?;
        match self.kind {
            Kind::Visit => self.duration = line.number(next("the duration")?, "m")?,
            Kind::Delivery => self.days = line.number(next("the days")?, "d")?,
        }
        self.max_duration = self.duration;
        if self.kind == Kind::Delivery {
            self.place = Place::Remote;
        }
        while let Some(word) = words.next() {
            if let Some(mode) = BookingMode::parse(word) {
                self.mode = mode;
            } else if let Some(policy) = CancellationPolicy::parse(word) {
                self.policy = policy;
            } else {
                let value = words.next().ok_or_else(|| line.wrong(format!("{word} has no value")))?;
                self.setting(line, word, value)?;
            }
        }
        Ok(())
    }

    fn setting(&mut self, line: &Line, word: &str, value: &str) -> Result<(), Misread> {
        match word {
            "max" => self.max_duration = line.number(value, "m")?,
            "notice" if value.ends_with('m') => self.notice = line.number(value, "m")?,
            "notice" => self.notice = line.number::<u32>(value, "h")? * 60,
            "per" => value.clone_into(&mut self.unit.name),
            "least" => self.unit.least = line.number(value, "")?,
            "most" => self.unit.most = line.number(value, "")?,
            "each" => self.unit.minutes = line.number(value, "m")?,
            "weekend" => self.surcharges.weekend_percent = line.number(value, "%")?,
            "night" => self.surcharges.night_percent = line.number(value, "%")?,
            "daily" => self.daily = Some(line.number(value, "")?),
            "every" => self.interval = line.number(value, "m")?,
            "at" => self.place = known(line, value, Place::parse)?,
            "buffer" => {
                let (before, after) = value.split_once('/').ok_or_else(|| line.wrong("buffers are “before/after”"))?;
                self.buffers = (line.number(before, "")?, line.number(after, "")?);
            }
            _ => return Err(line.wrong(format!("“{word}” is not a setting"))),
        }
        Ok(())
    }
}

fn known<T>(line: &Line, word: &str, parse: fn(&str) -> Option<T>) -> Result<T, Misread> {
    parse(word).ok_or_else(|| line.wrong(format!("“{word}” is not known")))
}

/// `what is asked | needed or optional | text, yes_no, or choice: these; and; those`
fn asked(line: &Line, text: &'static str) -> Result<Question, Misread> {
    let [text, needed, kind] = line.parts(text)?;
    let (kind, options) = kind.split_once(':').map_or((kind, Vec::new()), |(kind, options)| (kind, list(options)));
    let required = match needed {
        "needed" => true,
        "optional" => false,
        _ => return Err(line.wrong("an answer is “needed” or “optional”")),
    };
    Ok(Question { text: text.to_owned(), kind: known(line, kind, AnswerKind::parse)?, required, options })
}

impl Extra {
    /// `name = price [+minutes m | +days d]`
    fn read(line: &Line, text: &str) -> Result<Self, Misread> {
        let (name, terms) = text.rsplit_once(" = ").ok_or_else(|| line.wrong("an extra is “name = price”"))?;
        let (price, more) = terms.split_once(" +").unwrap_or((terms, "0m"));
        let (minutes, days) = match more.strip_suffix('d') {
            Some(days) => (0, line.number(days, "")?),
            None => (line.number(more, "m")?, 0),
        };
        Ok(Self { name: name.to_owned(), price: line.number(price, "")?, minutes, days })
    }
}

impl Package {
    /// `tier | name | price | length [rounds r] | whom it is for | what; is; in; it`
    fn read(line: &Line, text: &'static str) -> Result<Self, Misread> {
        let [tier, name, price, length, description, includes] = line.parts(text)?;
        let (length, rounds) = length.split_once(' ').unwrap_or((length, "0r"));
        let (minutes, days) = match length.strip_suffix('d') {
            Some(days) => (0, line.number(days, "")?),
            None => (line.number(length, "m")?, 0),
        };
        Ok(Self {
            tier: known(line, tier, Tier::parse)?,
            name: name.to_owned(),
            price: line.number(price, "")?,
            minutes,
            days,
            revisions: line.number(rounds, "r")?,
            description: description.to_owned(),
            includes: list(includes),
        })
    }
}
