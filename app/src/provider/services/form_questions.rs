//! The part of the form about what customers are asked, question by question. Buttons of the form add, move and take
//! away rows, without scripts.

use crate::forms::FormState;
use crate::ui::fields::{Checkbox, Choice, Field, Select, TextArea};
use crate::ui::{Button, ButtonKind, Card, Icon};
use domain::catalog::AnswerKind;
use domain::catalog::listing::{Typed, question_field, question_rows};
use domain::catalog::questions::MOST_QUESTIONS;
use leptos::prelude::*;

/// What a row consists of.
const PARTS: [&str; 4] = ["text", "kind", "options", "required"];

/// The fields after a button of this part; `None` for all other buttons.
pub(super) fn changed(pairs: &[(String, String)], act: &str) -> Option<Vec<(String, String)>> {
    let typed = Typed(pairs.to_vec());
    let mut rows: Vec<usize> = (0..question_rows(&typed)).collect();
    if act == "add-question" {
        let mut more = pairs.to_vec();
        if rows.len() < MOST_QUESTIONS {
            more.push((question_field(rows.len(), "text"), String::new()));
            more.push((question_field(rows.len(), "kind"), AnswerKind::Text.name().to_owned()));
            more.push((question_field(rows.len(), "options"), String::new()));
            more.push((question_field(rows.len(), "required"), "yes".to_owned()));
        }
        return Some(more);
    }
    let (what, row) = act.rsplit_once('-')?;
    let row: usize = row.parse().ok()?;
    match what {
        "remove-question" => rows.retain(|one| *one != row),
        "raise-question" if row > 0 && row < rows.len() => rows.swap(row - 1, row),
        "lower-question" if row + 1 < rows.len() => rows.swap(row, row + 1),
        "raise-question" | "lower-question" => {}
        _ => return None,
    }
    Some(arranged(&typed, &rows))
}

/// All fields, with the rows of questions in this order and no others.
fn arranged(typed: &Typed, order: &[usize]) -> Vec<(String, String)> {
    let names = |row: usize| PARTS.map(|part| question_field(row, part));
    let of_rows: Vec<String> = (0..MOST_QUESTIONS).flat_map(names).collect();
    let mut kept: Vec<(String, String)> = typed.0.iter().filter(|(name, _)| !of_rows.contains(name)).cloned().collect();
    for (place, row) in order.iter().enumerate() {
        for part in PARTS {
            let value = typed.text(&question_field(*row, part));
            // A box that is not ticked is not sent.
            if part != "required" || !value.is_empty() {
                kept.push((question_field(place, part), value.to_owned()));
            }
        }
    }
    kept
}

/// What customers are asked after they booked.
pub(super) fn questions(state: &FormState) -> impl IntoView + use<> {
    let count = (0..MOST_QUESTIONS).take_while(|row| !state.values(&question_field(*row, "text")).is_empty()).count();
    let rows = (0..count).map(|row| question(state, row, count)).collect::<Vec<_>>();
    let more = (count < MOST_QUESTIONS).then(|| {
        view! { <div><Button kind=ButtonKind::Secondary name="act" value="add-question" icon=Icon::PLUS>"Add a question"</Button></div> }
    });
    view! {
        <Card title="Questions before the work">
            <div class="form">
                <input type="hidden" name="questions-shown" value="yes"/>
                <p class="muted">
                    "Customers answer them after they booked; the work cannot be started before the needed answers are there. \
                     What is booked already keeps the questions it was booked with."
                </p>
                {rows}
                {more}
            </div>
        </Card>
    }
}

fn question(state: &FormState, row: usize, count: usize) -> impl IntoView + use<> {
    let field = |what: &str| question_field(row, what);
    let number = row + 1;
    let kinds = vec![
        Choice::new(AnswerKind::Text.name(), "Their own words"),
        Choice::new(AnswerKind::YesNo.name(), "Yes or no"),
        Choice::new(AnswerKind::Choice.name(), "One of a few answers"),
    ];
    let spoken = move || view! { <span class="sr-only">{format!(" question {number}")}</span> };
    let raise = (row > 0).then(|| {
        view! { <Button kind=ButtonKind::Quiet name="act" value=format!("raise-question-{row}") icon=Icon::CHEVRON_UP>"Up"{spoken()}</Button> }
    });
    let lower = (number < count).then(|| {
        view! { <Button kind=ButtonKind::Quiet name="act" value=format!("lower-question-{row}") icon=Icon::CHEVRON_DOWN>"Down"{spoken()}</Button> }
    });
    view! {
        <fieldset class="extra-row">
            <legend class="sr-only">{format!("Question {number}")}</legend>
            <div class="form">
                <Field form=state name=field("text") label=format!("Question {number}") maxlength=200/>
                <Select form=state name=field("kind") label="Answered with" options=kinds/>
                <TextArea form=state name=field("options") label="Answers to choose from" rows=3
                    hint="One a line; only for “one of a few”."/>
                <Checkbox form=state name=field("required") label="The work cannot begin without an answer" value="yes"/>
                <div class="row">
                    {raise}
                    {lower}
                    <Button kind=ButtonKind::Quiet name="act" value=format!("remove-question-{row}") icon=Icon::TRASH>
                        "Remove"{spoken()}
                    </Button>
                </div>
            </div>
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(texts: &[&str]) -> Vec<(String, String)> {
        let mut all = vec![("title".to_owned(), "Leak".to_owned())];
        for (row, text) in texts.iter().enumerate() {
            all.push((question_field(row, "text"), (*text).to_owned()));
            if *text == "needed" {
                all.push((question_field(row, "required"), "yes".to_owned()));
            }
        }
        all
    }

    fn texts(pairs: &[(String, String)]) -> Vec<String> {
        let typed = Typed(pairs.to_vec());
        (0..question_rows(&typed)).map(|row| typed.text(&question_field(row, "text")).to_owned()).collect()
    }

    fn after(all: &[&str], act: &str) -> Vec<String> {
        texts(&changed(&pairs(all), act).unwrap_or_default())
    }

    #[test]
    fn rows_come_go_and_move() {
        assert_eq!(after(&["a", "b"], "add-question"), ["a", "b", ""]);
        assert_eq!(after(&["x"; MOST_QUESTIONS], "add-question").len(), MOST_QUESTIONS);
        assert_eq!(after(&["a", "b", "c"], "remove-question-1"), ["a", "c"]);
        assert_eq!(after(&["a", "b", "c"], "raise-question-2"), ["a", "c", "b"]);
        assert_eq!(after(&["a", "b", "c"], "lower-question-0"), ["b", "a", "c"]);
        for nothing in ["raise-question-0", "lower-question-2", "remove-question-9", "raise-question-9"] {
            assert_eq!(after(&["a", "b", "c"], nothing), ["a", "b", "c"], "{nothing}");
        }
    }

    #[test]
    fn a_box_moves_with_its_question() {
        let moved = changed(&pairs(&["a", "needed"]), "raise-question-1").unwrap_or_default();
        let typed = Typed(moved);
        assert_eq!((typed.text("question-0-required"), typed.text("question-1-required")), ("yes", ""));
        assert_eq!(typed.text("title"), "Leak");
    }

    #[test]
    fn other_buttons_are_left_to_others() {
        for act in ["save", "submit", "", "remove-extra-1", "remove-question-", "add-extra"] {
            assert_eq!(changed(&pairs(&["a"]), act), None, "{act}");
        }
    }
}
