//! How complete a business is for customers to find and book it, and the one step that helps most now. Pure: whoever
//! knows the facts can ask.

/// What is known of a business.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Somebody who can be booked has hours of work.
    pub hours: bool,
    /// Services that are not put away.
    pub services: u32,
    /// Of these, those customers can book.
    pub on_offer: u32,
    /// Of these, those that wait for our review.
    pub in_review: u32,
    /// Services on offer that nobody does at present.
    pub unstaffed: u32,
    /// Address of a service on offer without a picture.
    pub without_picture: Option<String>,
    /// Somebody of the team says what they are good at.
    pub skills: bool,
    /// It is said which public holidays are kept.
    pub holidays: bool,
}

/// A step towards a complete business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Say when somebody works.
    Hours,
    /// Write a service.
    Write,
    /// Bring a service on offer.
    Offer,
    /// Say who does what is on offer.
    Staff,
    /// Show a picture of everything on offer.
    Picture,
    /// Say what the people are good at.
    Skills,
    /// Say which public holidays are kept.
    Holidays,
}

impl Step {
    /// All steps: those without which nothing can be booked come first.
    pub const ALL: [Self; 7] =
        [Self::Hours, Self::Write, Self::Offer, Self::Staff, Self::Picture, Self::Skills, Self::Holidays];

    /// How much of the whole it is, in hundredths.
    const fn weight(self) -> u8 {
        match self {
            Self::Hours | Self::Write | Self::Offer => 20,
            Self::Staff | Self::Picture => 15,
            Self::Skills | Self::Holidays => 5,
        }
    }

    const fn done(self, facts: &Facts) -> bool {
        match self {
            Self::Hours => facts.hours,
            Self::Write => facts.services > 0,
            Self::Offer => facts.on_offer > 0,
            // What is not on offer has nobody and no picture to show yet.
            Self::Staff => facts.on_offer > 0 && facts.unstaffed == 0,
            Self::Picture => facts.on_offer > 0 && facts.without_picture.is_none(),
            Self::Skills => facts.skills,
            Self::Holidays => facts.holidays,
        }
    }

    /// Whether the business itself can do it now.
    const fn possible(self, facts: &Facts) -> bool {
        match self {
            Self::Offer => facts.services > 0 && facts.in_review == 0,
            Self::Staff | Self::Picture => facts.on_offer > 0,
            Self::Hours | Self::Write | Self::Skills | Self::Holidays => true,
        }
    }
}

/// How far a business is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Completeness {
    /// From 0 to 100; 100 is everything.
    pub percent: u8,
    /// The best next step; `None` when everything is done, or what is left waits for us.
    pub next: Option<Step>,
    /// The first service waits for our review.
    pub waits_for_us: bool,
}

/// How complete a business is, and what helps most now.
#[must_use]
pub fn completeness(facts: &Facts) -> Completeness {
    let percent = Step::ALL.into_iter().filter(|step| step.done(facts)).map(Step::weight).sum();
    let next = Step::ALL.into_iter().find(|step| !step.done(facts) && step.possible(facts));
    Completeness { percent, next, waits_for_us: facts.on_offer == 0 && facts.in_review > 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complete() -> Facts {
        Facts { hours: true, services: 2, on_offer: 2, skills: true, holidays: true, ..Facts::default() }
    }

    #[test]
    fn a_new_business_is_led_step_by_step() {
        let mut facts = Facts::default();
        let mut steps = Vec::new();
        let mut percents = Vec::new();
        while let Completeness { percent, next: Some(step), .. } = completeness(&facts) {
            steps.push(step);
            percents.push(percent);
            match step {
                Step::Hours => facts.hours = true,
                Step::Write => facts.services = 1,
                Step::Offer => {
                    (facts.on_offer, facts.unstaffed) = (1, 1);
                    facts.without_picture = Some("fix-a-leak".to_owned());
                }
                Step::Staff => facts.unstaffed = 0,
                Step::Picture => facts.without_picture = None,
                Step::Skills => facts.skills = true,
                Step::Holidays => facts.holidays = true,
            }
        }
        assert_eq!(steps, Step::ALL);
        assert_eq!(percents, [0, 20, 40, 60, 75, 90, 95]);
        assert_eq!(completeness(&facts).percent, 100);
    }

    #[test]
    fn what_waits_for_us_is_no_step_of_theirs() {
        let facts = Facts { on_offer: 0, in_review: 1, ..complete() };
        let found = completeness(&facts);
        assert_eq!((found.next, found.waits_for_us, found.percent), (None, true, 50));
        let written = Facts { on_offer: 0, ..complete() };
        assert_eq!(completeness(&written).next, Some(Step::Offer), "a draft is handed in by them");
    }

    #[test]
    fn every_fact_counts_and_the_whole_is_a_hundred() {
        assert_eq!(Step::ALL.into_iter().map(Step::weight).map(u32::from).sum::<u32>(), 100);
        assert_eq!(completeness(&complete()), Completeness { percent: 100, next: None, waits_for_us: false });
        for (facts, step) in [
            (Facts { hours: false, ..complete() }, Step::Hours),
            (Facts { unstaffed: 1, ..complete() }, Step::Staff),
            (Facts { without_picture: Some("x".to_owned()), ..complete() }, Step::Picture),
            (Facts { skills: false, ..complete() }, Step::Skills),
            (Facts { holidays: false, ..complete() }, Step::Holidays),
        ] {
            let found = completeness(&facts);
            assert_eq!(found.next, Some(step));
            assert_eq!(found.percent, 100 - step.weight(), "{step:?}");
        }
    }
}
