//! What a business wants to know before it begins: questions of a listing, frozen with each booking, and what counts as
//! an answer to them. Pure, so that form, booking and test agree.

use super::AnswerKind;
use serde::{Deserialize, Serialize};

/// The most questions of a service (issue 4).
pub const MOST_QUESTIONS: usize = 12;
/// The longest question, in characters.
pub const LONGEST_QUESTION: usize = 200;
/// The most answers to choose from.
pub const MOST_OPTIONS: usize = 12;
/// The longest of them, in characters.
pub const LONGEST_OPTION: usize = 80;
/// The longest answer in one's own words, in characters.
pub const LONGEST_ANSWER: usize = 1000;

/// A question to the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What is asked.
    pub text: String,
    /// What an answer looks like.
    pub kind: AnswerKind,
    /// Whether the work can only begin with an answer.
    pub required: bool,
    /// What there is to choose from; empty unless it is a choice.
    #[serde(default)]
    pub options: Vec<String>,
}

impl Question {
    /// The answer as it is kept; empty when there is none.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn read(&self, typed: &str) -> Result<String, &'static str> {
        let typed = typed.trim();
        if typed.is_empty() {
            return match (self.required, self.kind) {
                (false, _) => Ok(String::new()),
                (true, AnswerKind::Text) => Err("Write a short answer; the work begins with it."),
                (true, AnswerKind::YesNo | AnswerKind::Choice) => Err("Choose an answer; the work begins with it."),
            };
        }
        match self.kind {
            AnswerKind::Text if typed.chars().count() > LONGEST_ANSWER => {
                Err("Please keep the answer under 1,000 characters.")
            }
            AnswerKind::Text => Ok(typed.to_owned()),
            AnswerKind::YesNo if matches!(typed, "yes" | "no") => Ok(typed.to_owned()),
            AnswerKind::Choice if self.options.iter().any(|option| option == typed) => Ok(typed.to_owned()),
            AnswerKind::YesNo | AnswerKind::Choice => Err("Choose one of these."),
        }
    }

    /// A kept answer as people read it.
    #[must_use]
    pub fn said<'a>(&self, answer: &'a str) -> &'a str {
        match (self.kind, answer) {
            (AnswerKind::YesNo, "yes") => "Yes",
            (AnswerKind::YesNo, "no") => "No",
            (_, words) => words,
        }
    }
}

/// A question of a booking with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What was asked when it was booked.
    pub question: Question,
    /// What the customer says; empty while there is nothing.
    pub answer: String,
}

impl Asked {
    /// Questions with their answers, which stand in the same order and may be fewer.
    #[must_use]
    pub fn pairs(questions: Vec<Question>, answers: Vec<String>) -> Vec<Self> {
        let answers = answers.into_iter().chain(std::iter::repeat_with(String::new));
        questions.into_iter().zip(answers).map(|(question, answer)| Self { question, answer }).collect()
    }

    /// Whether the work cannot begin yet because of it.
    #[must_use]
    pub const fn is_awaited(&self) -> bool {
        self.question.required && self.answer.is_empty()
    }
}

/// Questions in one line: “What colour?” and “Is there a lift?”.
#[must_use]
pub fn in_one_line<'q>(questions: impl IntoIterator<Item = &'q Question>) -> String {
    let quoted: Vec<String> = questions.into_iter().map(|question| format!("“{}”", question.text)).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn question(kind: AnswerKind, required: bool) -> Question {
        let options = if kind == AnswerKind::Choice { vec!["Oak".into(), "Pine".into()] } else { Vec::new() };
        Question { text: "What is it?".into(), kind, required, options }
    }

    #[test]
    fn answers_are_what_was_asked_for() {
        for (kind, good, bad) in [
            (AnswerKind::Text, " An oak table. ", None),
            (AnswerKind::YesNo, "no", Some("perhaps")),
            (AnswerKind::Choice, "Pine", Some("pine")),
        ] {
            assert_eq!(question(kind, true).read(good), Ok(good.trim().to_owned()));
            assert!(question(kind, true).read(" \n").is_err(), "{kind:?} is needed");
            assert_eq!(question(kind, false).read(" \n"), Ok(String::new()));
            assert!(bad.is_none_or(|bad| question(kind, false).read(bad).is_err()), "{kind:?}");
        }
        assert!(question(AnswerKind::Text, false).read(&"x".repeat(LONGEST_ANSWER + 1)).is_err());
    }

    #[test]
    fn questions_are_named_in_one_line() {
        let of = |text: &str| Question { text: text.into(), ..question(AnswerKind::Text, true) };
        assert_eq!(in_one_line(&[]), "");
        assert_eq!(in_one_line(&[of("A?")]), "“A?”");
        assert_eq!(in_one_line(&[of("A?"), of("B?"), of("C?")]), "“A?”, “B?” and “C?”");
    }

    proptest! {
        #[test]
        fn what_is_kept_would_be_taken_again(typed in "\\PC{0,40}", required: bool, which in 0_usize..3) {
            let question = question(AnswerKind::ALL[which], required);
            if let Ok(kept) = question.read(&typed) {
                prop_assert_eq!(question.read(&kept), Ok(kept.clone()));
                prop_assert!(!(required && kept.is_empty()));
            }
        }

        #[test]
        fn every_question_has_its_place(answers in prop::collection::vec(".{0,5}", 0..6)) {
            let asked = Asked::pairs(vec![question(AnswerKind::Text, true); 3], answers.clone());
            prop_assert_eq!(asked.len(), 3);
            for (place, one) in asked.iter().enumerate() {
                prop_assert_eq!(one.answer.as_str(), answers.get(place).map_or("", String::as_str));
            }
        }
    }
}
