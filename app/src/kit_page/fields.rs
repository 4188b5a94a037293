//! Fields at rest, filled, refused, switched off, long, and written from right to left.

use domain::kernel::FieldErrors;
use leptos::prelude::*;

use super::{specimen, wide_specimen};
use crate::forms::FormState;
use crate::ui::fields::*;
use crate::ui::{Button, ButtonKind};

pub(super) fn parts() -> impl IntoView {
    view! {
        {specimen("Fields", |side| lines(side).into_any())}
        {specimen("A form that came back", |side| refused(side).into_any())}
        {specimen("Choices", |side| choices(side).into_any())}
        {specimen("Right to left, and long", |side| foreign(side).into_any())}
        {wide_specimen("Times", |side| times(side).into_any())}
    }
}

fn lines(side: &'static str) -> impl IntoView {
    let form = FormState::default();
    let name = |word: &str| format!("{side}-{word}");
    view! {
        <div class="form">
            <Field form=&form name=name("email") label="Email" kind=FieldKind::Email autocomplete="email" hint="We write only about your bookings."/>
            <Field form=&form name=name("password") label="Password" kind=FieldKind::Password autocomplete="new-password"/>
            <div class="form-row">
                <Field form=&form name=name("price") label="Price" kind=FieldKind::Amount prefix="€" value="45.00"/>
                <Field form=&form name=name("length") label="Length" kind=FieldKind::Number suffix="min" value="90" step="15"/>
            </div>
            <div class="form-row">
                <Field form=&form name=name("date") label="Day" kind=FieldKind::Date/>
                <Field form=&form name=name("time") label="Time" kind=FieldKind::Time/>
            </div>
            <Select form=&form name=name("sort") label="Sort by" options=vec![Choice::new("best", "Best match"), Choice::new("price", "Lowest price")] empty="As you like"/>
            <TextArea form=&form name=name("note") label="Note for Ana" optional=true hint="Where to ring, where to park, what to bring."/>
            <FileField form=&form name=name("file") label="Your picture" accept="image/jpeg,image/png,image/webp" hint="JPEG, PNG or WebP, up to 10 MB."/>
            <Field form=&form name=name("off") label="Switched off" value="Cannot be changed now" disabled=true/>
        </div>
    }
}

fn refused(side: &'static str) -> impl IntoView {
    let name = |word: &str| format!("{side}-wrong-{word}");
    let mut errors = FieldErrors::new();
    errors.add(&name("email"), "Write your address with an @, such as ana@example.org.");
    errors.add(&name("note"), "Tell Ana in at least ten letters what to expect.");
    errors.add(&name("terms"), "Please agree before you go on.");
    errors.add(&name("file"), "This picture is damaged: it cannot be read to its end. Choose another one.");
    let form = FormState::with([(name("email"), "ana.example.org"), (name("note"), "<b>hi</b>")]).complaining(errors);
    view! {
        <div class="form">
            <ErrorSummary form=&form/>
            <Field form=&form name=name("email") label="Email" kind=FieldKind::Email/>
            <TextArea form=&form name=name("note") label="Note for Ana"/>
            <FileField form=&form name=name("file") label="Your picture" accept="image/png"/>
            <Checkbox form=&form name=name("terms") label="I agree to the cancellation terms"/>
            <p><Button plain=true>"Go on"</Button></p>
        </div>
    }
}

fn choices(side: &'static str) -> impl IntoView {
    let form = FormState::default();
    let name = |word: &str| format!("{side}-{word}");
    let given = FormState::with([(name("given"), "4")]);
    let packages = vec![
        ChoiceCard {
            text: Some("Two rooms, about 2 hours".into()),
            aside: Some("€45".into()),
            ..ChoiceCard::new("basic", "Basic")
        },
        ChoiceCard {
            text: Some("Up to four rooms with windows, about 4 hours".into()),
            aside: Some("€86".into()),
            note: Some("Most chosen".into()),
            ..ChoiceCard::new("standard", "Standard")
        },
        ChoiceCard {
            text: Some("Not on this day".into()),
            aside: Some("€140".into()),
            disabled: true,
            ..ChoiceCard::new("premium", "Premium")
        },
    ];
    let extras = vec![
        ChoiceCard { aside: Some("+ €12".into()), ..ChoiceCard::new("oven", "Clean the oven") },
        ChoiceCard {
            aside: Some("+ €18".into()),
            text: Some("Inside and outside".into()),
            ..ChoiceCard::new("fridge", "Clean the fridge")
        },
    ];
    view! {
        <div class="form">
            <RadioCards form=&form name=name("package") label="Package" options=packages value="standard"/>
            <CheckCards form=&form name=name("extra") label="Extras" options=extras/>
            <TickGroup form=&form name=name("products") label="Products" options=vec![Choice::new("plant", "Plant-based"), Choice::new("usual", "Usual brands")]/>
            <RadioGroup form=&form name=name("who") label="Who comes" options=vec![Choice::new("any", "Anyone free"), Choice::new("ana", "Ana Reis")] value="any"/>
            <Checkbox form=&form name=name("mail") label="Remind me the day before" checked=true hint="By email, 24 hours before the visit."/>
            <StarRating form=&form name=name("stars") label="How was it?"/>
            <StarRating form=&given name=name("given") label="Punctuality"/>
        </div>
    }
}

fn foreign(side: &'static str) -> impl IntoView {
    let form = FormState::default();
    view! {
        <div class="form" dir="rtl" lang="ar">
            <Field form=&form name=format!("{side}-rtl") label="الاسم الكامل" hint="كما هو مكتوب على باب المنزل." value="سارة العلي"/>
            <Select form=&form name=format!("{side}-rtl-select") label="المدينة" options=vec![Choice::new("l", "لشبونة")]/>
            <p class="row"><Button plain=true>"احجز الآن"</Button><Button plain=true kind=ButtonKind::Secondary>"رجوع"</Button></p>
        </div>
        <div class="form mt-8">
            <Field
                form=&form
                name=format!("{side}-long")
                label="A label that goes on much longer than anyone would wish, because a translation needed the room"
                value="Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
            />
            <p><Button plain=true full=true>"Confirm the visit on Wednesday the 24th of September at a quarter past eleven"</Button></p>
        </div>
    }
}

fn times(side: &'static str) -> impl IntoView {
    let form = FormState::default();
    let time = |day: &str, label: &str, yours: Option<&str>| SlotTime {
        value: format!("2025-11-{day}T{label}:00Z"),
        label: label.to_owned(),
        yours: yours.map(str::to_owned),
        more: (label == "17:00").then(|| "+25%".to_owned()),
    };
    let days = vec![
        SlotDay { heading: "Today".into(), date: "24 Nov".into(), times: Vec::new() },
        SlotDay {
            heading: "Tomorrow".into(),
            date: "25 Nov".into(),
            times: ["08:30", "10:00", "11:30", "14:00", "15:30", "17:00"].map(|label| time("25", label, None)).into(),
        },
        SlotDay {
            heading: "Wednesday".into(),
            date: "26 Nov".into(),
            times: vec![time("26", "09:00", Some("10:00 for you")), time("26", "16:00", Some("17:00 for you"))],
        },
    ];
    view! {
        <div class="max-w-2xl">
            <SlotList
                form=&form
                name=format!("{side}-slot")
                label="When shall Ana come?"
                days=days
                zone="Times in Lisbon"
                value="2025-11-25T14:00:00Z"
                later=Some("#".to_owned())
            />
        </div>
    }
}
