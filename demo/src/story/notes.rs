//! What people write beside a booking.

use crate::drawing::dice::Dice;
use domain::catalog::{Kind, Place};

const AT_HOME: [&str; 18] = [
    "Second floor, the bell with the blue sticker.",
    "Please ring the neighbour on the left if I do not hear you.",
    "We have a small dog. He is all talk.",
    "Parking is easiest behind the bakery.",
    "The lift is out of order this week, sorry.",
    "There is a key safe by the gate, I will send the code that morning.",
    "My daughter will be at home, she knows everything.",
    "Could you text when you are ten minutes away?",
    "Please use the side entrance.",
    "I work nights, so a gentle knock is perfect.",
    "The fuse box and the stopcock are both in the hall cupboard.",
    "If it takes longer than planned that is fine with me.",
    "Shoes can stay on, the floor has seen worse.",
    "It is the yellow house, not the grey one the map shows.",
    "Coffee or tea?",
    "The cat must not get out, please mind the door.",
    "Third doorbell from the top, it needs a firm push.",
    "I have put the things I am worried about on the kitchen table.",
];

const IN_PERSON: [&str; 8] = [
    "First time, a little nervous.",
    "I may be five minutes late, the tram is never on time.",
    "My left shoulder is the difficult one.",
    "Could we continue where we stopped last time?",
    "It is a birthday present to myself.",
    "I would prefer a quiet hour, if that is all right.",
    "Bringing my own notebook and many questions.",
    "Please remind me of the homework, I have mislaid it.",
];

const FILES: [&str; 10] = [
    "The text is attached to my last mail, about four pages.",
    "We like plain things. Our old one was too loud.",
    "Needed for an appointment on the 14th, earlier is welcome.",
    "Three examples we love are in the folder I shared.",
    "The name is spelled with one n, people get that wrong.",
    "Please keep the green, everything else may go.",
    "It will be printed on kraft paper.",
    "I am happy to talk on the phone, evenings are best.",
    "The audience is mostly over sixty.",
    "No hurry. I would rather have it good.",
];

const DECLINED: [&str; 5] = [
    "I am sorry, I am on a job across town that day. Next week works.",
    "That one needs two people and my colleague is away. May I suggest Thursday?",
    "Sorry, this is outside what I can do well.",
    "We are fully booked that morning after all, please try an afternoon.",
    "The address is further out than we go, I am afraid.",
];

const CANCELLED_BY_CUSTOMER: [&str; 6] = [
    "We have come down with something, sorry for the trouble.",
    "The landlord is taking care of it after all.",
    "Change of plans at work, I will book again next month.",
    "It has stopped dripping by itself. Fingers crossed.",
    "Our train was cancelled and nobody will be home.",
    "Found a date that suits us better.",
];

const CANCELLED_BY_PROVIDER: [&str; 4] = [
    "The van has broken down and I cannot get there in time. I am very sorry.",
    "Illness in the team. Please pick any other time, it will be our first job that day.",
    "A part has not been delivered, so coming would be no use to you.",
    "Storm warning for the afternoon: no ladders today.",
];

/// What a customer writes when booking: often nothing.
pub fn booking(dice: &mut Dice, kind: Kind, place: Place) -> &'static str {
    let quiet = if kind == Kind::Delivery { 25 } else { 50 };
    if dice.chance(quiet) {
        return "";
    }
    match (kind, place) {
        (Kind::Delivery, _) => dice.pick(FILES),
        (Kind::Visit, Place::Customer) => dice.pick(AT_HOME),
        (Kind::Visit, _) => dice.pick(IN_PERSON),
    }
}

/// Why a provider says no.
pub fn declined(dice: &mut Dice) -> &'static str {
    dice.pick(DECLINED)
}

/// Why somebody calls it off.
pub fn cancelled(dice: &mut Dice, by_customer: bool) -> &'static str {
    if by_customer { dice.pick(CANCELLED_BY_CUSTOMER) } else { dice.pick(CANCELLED_BY_PROVIDER) }
}
