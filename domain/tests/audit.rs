//! The history proves itself: what is written together stays in one chain, nothing that was written can be changed
//! unnoticed, and a person can be forgotten.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use domain::audit::{
    Filter, Head, HeadsFile, Place, Trust, Verdict, erase_person, export, heads_file, search, sign_head, standing,
    verify, verify_on,
};
use domain::kernel::outbox::AuditEntry;
use domain::kernel::{Actor, Error, PublicKey, Role, Signer, write};
use domain::testing::{SIGNING_KEY, User, World};
use jiff::SignedDuration;
use serde_json::json;
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

const ACTIONS: [&str; 4] = ["test.begun", "test.changed", "test.ended", "other.changed"];

/// Writes one entry about something, in a transaction of its own.
async fn note(world: &World, actor: &Actor, action: &'static str, words: &str) {
    let (id, words) = (world.ctx().id::<Uuid>(), words.to_owned());
    write(world.ctx(), actor, move |tx| {
        let words = words.clone();
        Box::pin(async move {
            tx.audit(AuditEntry {
                action,
                object_kind: "test",
                object_id: id,
                capacity: "customer",
                detail: json!({ "amount": 8600, "state": "held" }),
                personal: json!({ "note": words }),
            });
            Ok::<_, Error>(())
        })
    })
    .await
    .unwrap();
}

/// Some days of history by two people, a signed head on each day. Returns the people.
async fn days(world: &World, days: usize, a_day: usize) -> [User; 2] {
    let people = [world.customer("Ana").await, world.customer("Ben").await];
    let actors = [world.actor(&people[0]).await, world.actor(&people[1]).await];
    for day in 0..days {
        for n in 0..a_day {
            note(world, &actors[n % 2], ACTIONS[n % 4], &format!("entry {n} of day {day}")).await;
        }
        assert!(sign_head(world.ctx()).await.unwrap().is_some());
        world.advance(SignedDuration::from_hours(24));
    }
    people
}

/// The key of the house vouches for heads, as in production.
fn trust() -> Trust {
    Trust { keys: vec![Signer::new(&SIGNING_KEY).unwrap().public_key()], published: Vec::new() }
}

async fn verdict(world: &World) -> Verdict {
    verify(world.ctx(), &trust()).await.unwrap()
}

fn place(verdict: &Verdict) -> Option<Place> {
    match verdict {
        Verdict::Whole(_) => None,
        Verdict::Broken(broken) => Some(broken.place),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_writers_at_once_leave_one_chain() {
    let world = std::sync::Arc::new(World::new().await);
    let ana = world.actor(&world.customer("Ana").await).await;
    let writers: Vec<_> = (0..64)
        .map(|writer| {
            let (world, ana) = (world.clone(), ana.clone());
            tokio::spawn(async move {
                for n in 0..10 {
                    note(&world, &ana, ACTIONS[n % 4], &format!("{writer} {n}")).await;
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    match verdict(&world).await {
        Verdict::Whole(whole) => assert_eq!((whole.entries, whole.seq, whole.erased, whole.heads), (640, 640, 0, 0)),
        Verdict::Broken(broken) => panic!("{broken}"),
    }
}

#[tokio::test]
async fn an_empty_history_is_whole() {
    let world = World::new().await;
    let Verdict::Whole(whole) = verdict(&world).await else { panic!("broken") };
    assert_eq!((whole.entries, whole.seq), (0, 0));
    // Signed before there was anything, and held against it ever after.
    sign_head(world.ctx()).await.unwrap().unwrap();
    let Verdict::Whole(whole) = verdict(&world).await else { panic!("broken") };
    assert_eq!((whole.entries, whole.heads), (1, 1));
}

#[tokio::test]
async fn a_head_is_signed_once_a_day_however_many_try() {
    let world = World::new().await;
    days(&world, 1, 3).await;
    let heads = async { heads_file(world.ctx(), None).await.unwrap().to_json().unwrap() };
    let before = HeadsFile::parse(&heads.await).unwrap();
    assert_eq!(before.len(), 1);
    assert!(before[0].is_signed() && before[0].seq == 3);
    let tries: Vec<_> = (0..8)
        .map(|_| {
            let ctx = world.ctx().clone();
            tokio::spawn(async move { sign_head(&ctx).await.unwrap() })
        })
        .collect();
    let mut signed = 0;
    for done in tries {
        signed += usize::from(done.await.unwrap().is_some());
    }
    assert_eq!((signed, sign_head(world.ctx()).await.unwrap()), (1, None));
    let now = standing(world.ctx(), Some(before[0].day), 1).await.unwrap();
    assert_eq!((now.entries, now.latest.len(), now.asked.as_ref()), (5, 1, Some(&before[0])));
    let now = standing(world.ctx(), Some(before[0].day), 7).await.unwrap();
    assert_eq!((now.latest.len(), &now.latest[1], now.asked.as_ref()), (2, &before[0], Some(&before[0])));
    assert!(matches!(verdict(&world).await, Verdict::Whole(whole) if whole.heads == 2 && whole.entries == 5));
    // A process without the key says so instead of signing with another one.
    let keyless = domain::kernel::Context { signer: None, ..world.ctx().clone() };
    assert!(sign_head(&keyless).await.is_err());
}

// Tampering -----------------------------------------------------------------------------------------------

/// Chance that is the same every time.
struct Dice(domain::kernel::Chance);

impl Dice {
    fn below(&self, end: i64) -> i64 {
        i64::try_from(u64::from_be_bytes(self.0.bytes()) % u64::try_from(end).unwrap()).unwrap()
    }

    fn of<T: Copy>(&self, choices: &[T]) -> T {
        choices[usize::try_from(self.below(choices.len().try_into().unwrap())).unwrap()]
    }
}

async fn execute(conn: &mut PgConnection, sql: &str, numbers: &[i64]) -> u64 {
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql.to_owned()));
    for number in numbers {
        query = query.bind(*number);
    }
    query.execute(conn).await.unwrap().rows_affected()
}

const CHANGES: [&str; 12] = [
    "at = at + interval '1 microsecond'",
    "at = 'infinity'",
    "actor_id = CASE WHEN actor_id IS NULL THEN gen_random_uuid() END",
    "capacity = capacity || ' '",
    "action = 'test.Changed'",
    "object_kind = object_kind || 's'",
    "object_id = gen_random_uuid()",
    "detail = detail || '{\"amount\": 1}'",
    "request_id = gen_random_uuid()",
    "personal_commitment = sha256(personal_commitment)",
    "prev_hash = sha256(prev_hash)",
    "hash = sha256(hash)",
];

/// A field into its neighbour, so that all of them read the same one after another.
const SHIFT: &str =
    "UPDATE audit_entries SET capacity = capacity || left(action, 1), action = substr(action, 2) WHERE seq = $1";

/// Makes every hash from an entry on as if the history had always been like this, head of the chain included.
const REWRITE: &str = "DO $$
DECLARE e audit_entries; before bytea; last bigint := 0;
BEGIN
    before := sha256('ServiceHub'::bytea);
    FOR e IN SELECT * FROM audit_entries ORDER BY seq LOOP
        UPDATE audit_entries SET prev_hash = before, hash = audit_hash(before, e.seq, e.at, e.actor_id, e.capacity, e.action,
            e.object_kind, e.object_id, e.detail, e.request_id, e.personal_commitment) WHERE seq = e.seq RETURNING hash INTO before;
        last := e.seq;
    END LOOP;
    UPDATE audit_head SET seq = last, hash = before;
END $$";

/// One act of tampering by the owner of the tables, who has switched every trigger off. Returns what was done.
async fn tamper(conn: &mut PgConnection, dice: &Dice, last: i64, anchored: i64) -> String {
    let seq = 1 + dice.below(last);
    match dice.below(10) {
        0 | 1 => {
            let change = dice.of(&CHANGES);
            assert_eq!(execute(conn, &format!("UPDATE audit_entries SET {change} WHERE seq = $1"), &[seq]).await, 1);
            format!("{seq}: {change}")
        }
        2 => {
            execute(conn, "DELETE FROM audit_entries WHERE seq = $1", &[seq]).await;
            format!("{seq} deleted")
        }
        3 => {
            let other = 1 + (seq + dice.below(last - 1)) % last;
            execute(conn, "UPDATE audit_entries SET seq = -seq WHERE seq IN ($1, $2)", &[seq, other]).await;
            execute(conn, "UPDATE audit_entries SET seq = $1 + $2 + seq WHERE seq < 0", &[seq, other]).await;
            format!("{seq} and {other} swapped")
        }
        4 => {
            execute(
                conn,
                "UPDATE audit_personal SET content = content || '{\"words\": \"others\"}' WHERE seq = $1",
                &[seq],
            )
            .await;
            format!("words of {seq} changed")
        }
        5 => {
            // The end cut off behind an anchored head, and the head of the chain made to fit.
            let from = 1 + dice.below(anchored);
            execute(conn, "DELETE FROM audit_entries WHERE seq >= $1", &[from]).await;
            execute(conn, "DELETE FROM audit_personal WHERE seq >= $1", &[from]).await;
            execute(conn, REWRITE, &[]).await;
            format!("cut at {from}, {anchored} was signed")
        }
        6 => {
            // Only the end cut off.
            execute(conn, "DELETE FROM audit_entries WHERE seq >= $1", &[seq]).await;
            format!("cut at {seq}")
        }
        7 => {
            // Changed before an anchored head, with all hashes made anew.
            let seq = 1 + dice.below(anchored);
            execute(conn, "UPDATE audit_entries SET detail = '{\"amount\": 1}' WHERE seq = $1", &[seq]).await;
            execute(conn, REWRITE, &[]).await;
            format!("{seq} changed and all hashes made anew")
        }
        8 => {
            // Taken out before an anchored head, with what follows moved up and all hashes made anew.
            let seq = 1 + dice.below(anchored);
            execute(conn, "DELETE FROM audit_entries WHERE seq = $1", &[seq]).await;
            execute(conn, "DELETE FROM audit_personal WHERE seq = $1", &[seq]).await;
            for table in ["audit_entries", "audit_personal"] {
                execute(conn, &format!("UPDATE {table} SET seq = -seq WHERE seq > $1"), &[seq]).await;
                execute(conn, &format!("UPDATE {table} SET seq = -seq - 1 WHERE seq < $1"), &[0]).await;
            }
            execute(conn, REWRITE, &[]).await;
            format!("{seq} taken out and all hashes made anew")
        }
        _ => {
            let sql = dice.of(&[
                SHIFT,
                "UPDATE audit_personal SET salt = sha256(salt) WHERE seq = $1",
                "INSERT INTO audit_entries SELECT 1 - seq, at, actor_id, capacity, action, object_kind, object_id, detail, \
                 request_id, personal_commitment, prev_hash, hash FROM audit_entries WHERE seq = $1",
                "UPDATE audit_head SET seq = seq + $1",
                "UPDATE audit_head SET hash = sha256(hash) WHERE $1 > 0",
                "UPDATE audit_heads SET seq = seq + 1 WHERE day = (SELECT min(day) FROM audit_heads) AND $1 > 0",
                "UPDATE audit_heads SET signature = sha512(signature) WHERE day = (SELECT max(day) FROM audit_heads) AND $1 > 0",
                "DELETE FROM audit_heads WHERE day = (SELECT min(day) FROM audit_heads) AND $1 > 0",
                "DELETE FROM audit_heads WHERE day = (SELECT max(day) FROM audit_heads) AND $1 > 0",
            ]);
            assert_eq!(execute(conn, sql, &[seq]).await, 1, "{sql}");
            format!("{seq}: {sql}")
        }
    }
}

/// A verifier that believes the hashes it finds, and only looks whether they hang together.
async fn gullible(conn: &mut PgConnection) -> bool {
    sqlx::query_scalar(
        "SELECT NOT EXISTS (
             SELECT FROM (SELECT prev_hash, lag(hash, 1, sha256('ServiceHub'::bytea)) OVER (ORDER BY seq) AS before FROM audit_entries) e
             WHERE prev_hash <> before
         )",
    )
    .fetch_one(conn)
    .await
    .unwrap()
}

#[tokio::test]
async fn a_thousand_random_tamperings_by_the_owner_are_all_found() {
    let world = World::new().await;
    let people = days(&world, 3, 40).await;
    note(&world, &world.actor(&people[0]).await, "test.begun", "after the last signed head").await;
    let mut conn = world.owner().acquire().await.unwrap();
    let (last, anchored): (i64, i64) =
        sqlx::query_as("SELECT (SELECT seq FROM audit_head), (SELECT max(seq) FROM audit_heads)")
            .fetch_one(&mut *conn)
            .await
            .unwrap();
    assert_eq!((last, anchored), (124, 122));
    let dice = Dice(domain::kernel::Chance::seeded(1000));
    let mut unseen = 0;
    for n in 0..1000 {
        let mut tampering = conn.begin().await.unwrap();
        execute(&mut tampering, "SET LOCAL session_replication_role = replica", &[]).await;
        // The control: untouched, it is whole.
        if n % 100 == 0 {
            let untouched = verify_on(&mut tampering, &trust()).await.unwrap();
            assert_eq!(place(&untouched), None, "{untouched:?}");
        }
        let done = tamper(&mut tampering, &dice, last, anchored).await;
        let verdict = verify_on(&mut tampering, &trust()).await.unwrap();
        assert!(place(&verdict).is_some(), "number {n} was not found: {done}");
        unseen += i32::from(gullible(&mut tampering).await);
        tampering.rollback().await.unwrap();
    }
    assert_eq!(place(&verdict(&world).await), None);
    // The control: they are not found by just anything that looks at hashes.
    assert!(unseen > 400, "a verifier that believes the database misses only {unseen}");
}

/// What each check is for: each of these is named at its place, and would pass without that check.
#[tokio::test]
async fn the_first_bad_place_is_named() {
    let world = World::new().await;
    days(&world, 2, 5).await;
    // 1–5, head about 5 is 6, 7–11, head about 11 is 12.
    let second = jiff::civil::date(2026, 11, 3);
    let forget = "DELETE FROM audit_heads; DELETE FROM audit_entries WHERE action = 'audit.head_signed'";
    for (tampering, place_named, said) in [
        ("UPDATE audit_entries SET action = 'x' WHERE seq IN (3, 9)", Place::Entry(3), "not what its hash was made of"),
        ("DELETE FROM audit_entries WHERE seq IN (4, 8)", Place::Entry(4), "it is gone"),
        ("DELETE FROM audit_entries WHERE seq = 1", Place::Entry(1), "it is gone"),
        (
            "UPDATE audit_entries SET prev_hash = hash WHERE seq = 7",
            Place::Entry(7),
            "does not carry the hash of entry 6",
        ),
        ("UPDATE audit_personal SET content = '{}' WHERE seq = 7", Place::Personal(7), "committed"),
        ("DELETE FROM audit_entries WHERE seq = 12", Place::Entry(12), "it is gone"),
        ("UPDATE audit_head SET seq = 11", Place::Entry(12), "nobody appended it"),
        ("UPDATE audit_head SET hash = ''", Place::End, "hash kept for the next entry"),
        ("DELETE FROM audit_head", Place::Entry(1), "nobody appended it"),
        ("UPDATE audit_heads SET hash = sha256(hash) WHERE seq = 11", Place::Head(second), "signature"),
        ("DELETE FROM audit_heads WHERE seq = 11", Place::Head(second), "entry 12 says it was signed"),
    ] {
        let mut conn = world.owner().begin().await.unwrap();
        execute(&mut conn, "SET LOCAL session_replication_role = replica", &[]).await;
        execute(&mut conn, tampering, &[]).await;
        match verify_on(&mut conn, &trust()).await.unwrap() {
            Verdict::Whole(_) => panic!("not found: {tampering}"),
            Verdict::Broken(broken) => {
                assert_eq!(broken.place, place_named, "{tampering}: {broken}");
                assert!(broken.what.contains(said), "{tampering}: {broken}");
            }
        }
        conn.rollback().await.unwrap();
    }
    // Who owns the tables and cuts both the end and every head leaves a shorter chain that is whole by itself ...
    let published = HeadsFile::parse(&heads_file(world.ctx(), None).await.unwrap().to_json().unwrap()).unwrap();
    let mut conn = world.owner().begin().await.unwrap();
    execute(&mut conn, "SET LOCAL session_replication_role = replica", &[]).await;
    for statement in forget.split("; ").chain(["DELETE FROM audit_entries WHERE seq > 5", REWRITE]) {
        execute(&mut conn, statement, &[]).await;
    }
    assert_eq!(place(&verify_on(&mut conn, &trust()).await.unwrap()), None);
    // ... which the heads somebody kept disprove, one by one.
    for head in published {
        let kept = Trust { published: vec![head.clone()], ..trust() };
        assert_eq!(place(&verify_on(&mut conn, &kept).await.unwrap()), Some(Place::Head(head.day)));
    }
}

/// Entries are fetched in batches of 8192: what happens at a seam is found as well.
#[tokio::test]
async fn long_histories_have_no_seams() {
    let world = World::new().await;
    for _ in 0..3 {
        let ctx = world.ctx().clone();
        write(world.ctx(), &world.system(), move |tx| {
            for _ in 0..6000 {
                tx.audit(AuditEntry {
                    action: "test.begun",
                    object_kind: "test",
                    object_id: ctx.id(),
                    capacity: "system",
                    detail: json!({}),
                    personal: json!(null),
                });
            }
            Box::pin(async { Ok::<_, Error>(()) })
        })
        .await
        .unwrap();
    }
    assert!(matches!(verdict(&world).await, Verdict::Whole(whole) if whole.entries == 18_000));
    for seq in [8191, 8192, 8193, 8194, 16_384, 16_385, 18_000] {
        for tampering in
            ["DELETE FROM audit_entries WHERE seq = $1", "UPDATE audit_entries SET action = '' WHERE seq = $1"]
        {
            let mut conn = world.owner().begin().await.unwrap();
            execute(&mut conn, "SET LOCAL session_replication_role = replica", &[]).await;
            execute(&mut conn, tampering, &[seq]).await;
            assert_eq!(place(&verify_on(&mut conn, &trust()).await.unwrap()), Some(Place::Entry(seq)), "{tampering}");
            conn.rollback().await.unwrap();
        }
    }
}

#[tokio::test]
async fn heads_of_others_are_not_believed() {
    let world = World::new().await;
    days(&world, 1, 3).await;
    let stranger = Signer::new(&[9; 32]).unwrap();
    let file = heads_file(world.ctx(), None).await.unwrap().to_json().unwrap();
    let ours = HeadsFile::parse(&file).unwrap();
    // Everything made anew and signed with another key: whole by itself, unless a key is known.
    let mut conn = world.owner().begin().await.unwrap();
    execute(&mut conn, "SET LOCAL session_replication_role = replica", &[]).await;
    let forged = Head::sign(&stranger, ours[0].signed_at, ours[0].seq, ours[0].hash);
    sqlx::query("UPDATE audit_heads SET public_key = $1, signature = $2")
        .bind(&forged.key.0[..])
        .bind(&forged.signature[..])
        .execute(&mut *conn)
        .await
        .unwrap();
    let by = |keys: Vec<PublicKey>, published: Vec<Head>| Trust { keys, published };
    assert_eq!(place(&verify_on(&mut conn, &by(vec![], vec![])).await.unwrap()), None);
    assert_eq!(place(&verify_on(&mut conn, &trust()).await.unwrap()), Some(Place::Head(forged.day)));
    assert_eq!(place(&verify_on(&mut conn, &by(vec![], ours)).await.unwrap()), Some(Place::Head(forged.day)));
    assert_eq!(place(&verify_on(&mut conn, &by(vec![stranger.public_key()], vec![])).await.unwrap()), None);
    // A published file that was changed is no proof of anything.
    let mut changed = forged.clone();
    changed.seq += 1;
    let said = verify_on(&mut conn, &by(vec![], vec![changed])).await.unwrap();
    assert!(format!("{said:?}").contains("published one was changed"), "{said:?}");
    assert!(HeadsFile::parse(&file.replace("servicehub-audit-heads-1", "x")).is_err());
    assert!(HeadsFile::parse("{").is_err());
}

// Rights and forgetting -----------------------------------------------------------------------------------

#[tokio::test]
async fn the_application_can_only_append_and_forget() {
    let world = World::new().await;
    days(&world, 1, 2).await;
    for forbidden in [
        "UPDATE audit_heads SET seq = 0",
        "DELETE FROM audit_heads",
        "TRUNCATE audit_heads",
        "UPDATE audit_personal SET content = '{}'",
        "DELETE FROM audit_personal",
        "TRUNCATE audit_personal",
        "INSERT INTO audit_personal SELECT * FROM audit_personal",
        "UPDATE audit_head SET seq = 0",
        "DELETE FROM audit_head",
        "TRUNCATE audit_head",
        "UPDATE audit_entries SET action = ''",
        "DELETE FROM audit_entries",
        "TRUNCATE audit_entries CASCADE",
        "ALTER TABLE audit_heads DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
    ] {
        let refused = sqlx::query(forbidden).execute(&world.ctx().pool).await.unwrap_err();
        let code = refused.as_database_error().unwrap().code().unwrap().into_owned();
        assert_eq!(code, "42501", "{forbidden}: {refused}");
    }
    // A slip of the owner's is refused as well; forgetting is the one thing that takes rows away.
    for slip in [
        "UPDATE audit_heads SET seq = 0",
        "DELETE FROM audit_heads",
        "TRUNCATE audit_heads",
        "UPDATE audit_personal SET content = '{}'",
        "TRUNCATE audit_personal",
        "DELETE FROM audit_head",
        "TRUNCATE audit_head",
    ] {
        let refused = sqlx::query(slip).execute(world.owner()).await.unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{slip}: {refused}");
    }
    // Nobody's details go with those of somebody unknown, or of nobody.
    for nobody in [Some(Uuid::nil()), None] {
        let gone: i64 =
            sqlx::query_scalar("SELECT erase_personal($1)").bind(nobody).fetch_one(&world.ctx().pool).await.unwrap();
        assert_eq!(gone, 0);
    }
    assert_eq!(place(&verdict(&world).await), None);
}

/// How many entries of a person still have their details.
async fn details_of(world: &World, user: &User) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM audit_personal JOIN audit_entries e USING (seq) WHERE actor_id = $1")
        .bind(user.id.0)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_forgotten_person_leaves_no_words_and_a_whole_chain() {
    let world = World::new().await;
    let [ana, ben] = days(&world, 2, 6).await;
    let about = async |user: &User| details_of(&world, user).await;
    assert_eq!((about(&ana).await, about(&ben).await), (6, 6));
    assert_eq!(erase_person(world.ctx(), ana.id).await.unwrap(), 6);
    assert_eq!(erase_person(world.ctx(), ana.id).await.unwrap(), 1, "what was written about the first time");
    assert_eq!((about(&ana).await, about(&ben).await), (0, 6));
    let Verdict::Whole(whole) = verdict(&world).await else { panic!("broken") };
    assert_eq!((whole.entries, whole.erased), (16, 7));
    // Words that are put back, or into the place of others, are found.
    let mut conn = world.owner().begin().await.unwrap();
    execute(&mut conn, "INSERT INTO audit_personal SELECT 1, salt, content FROM audit_personal WHERE seq = 2", &[])
        .await;
    assert_eq!(place(&verify_on(&mut conn, &trust()).await.unwrap()), Some(Place::Personal(1)));
}

// Reading -------------------------------------------------------------------------------------------------

fn filter(fields: &[(&str, &str)]) -> Filter {
    let (filter, errors) =
        Filter::parse(|name| fields.iter().find(|(field, _)| *field == name).map(|(_, value)| (*value).to_owned()));
    assert!(errors.is_empty(), "{errors:?}");
    filter
}

async fn numbers(world: &World, actor: &Actor, fields: &[(&str, &str)]) -> Vec<i64> {
    let (mut numbers, mut after) = (Vec::new(), None);
    loop {
        let page = search(world.ctx(), actor, &filter(fields), after.as_deref()).await.unwrap();
        numbers.extend(page.items.iter().map(|entry| entry.seq));
        match page.next {
            Some(next) => after = Some(next),
            None => return numbers,
        }
    }
}

#[tokio::test]
async fn auditors_and_admins_find_things_and_nobody_else_does() {
    let world = World::new().await;
    let [ana, ben] = days(&world, 2, 24).await;
    let auditor = world.actor(&world.operator("Ida", Role::Auditor).await).await;
    let all: Vec<i64> = (1..=50).rev().collect();
    for role in [Role::Auditor, Role::Admin, Role::Superadmin] {
        let reader = world.actor(&world.operator("Reader", role).await).await;
        assert_eq!(numbers(&world, &reader, &[]).await, all, "{role:?}");
    }
    let refused = [
        world.actor(&ana).await,
        world.actor(&world.operator("Ops", Role::OpsManager).await).await,
        world.actor(&world.operator("On", Role::OnboardingManager).await).await,
    ];
    for nobody in &refused {
        assert!(matches!(search(world.ctx(), nobody, &Filter::default(), None).await, Err(Error::NotFound)));
        assert!(matches!(export(world.ctx(), nobody, Filter::default()), Err(Error::NotFound)));
    }
    assert!(matches!(search(world.ctx(), &world.visitor(), &Filter::default(), None).await, Err(Error::SignIn)));

    // Each filter, by what it must come to.
    let ids = [ana.id.0.to_string(), ben.id.0.to_string()];
    let every = |keep: &dyn Fn(i64) -> bool| all.iter().copied().filter(|seq| keep(*seq)).collect::<Vec<_>>();
    // 1–24 and 26–49 are entries of the story, by turns; 25 and 50 are about heads.
    let place = |seq: i64| if seq > 25 { seq - 26 } else { seq - 1 };
    let story = |seq: i64| seq != 25 && seq != 50;
    let ana_did = every(&|seq| story(seq) && place(seq) % 2 == 0);
    assert_eq!(numbers(&world, &auditor, &[("actor", &ids[0])]).await, ana_did);
    assert_eq!(numbers(&world, &auditor, &[("actor", "Ana@example.org")]).await, ana_did);
    assert_eq!(numbers(&world, &auditor, &[("actor", "nobody@example.org")]).await, [0; 0]);
    assert_eq!(numbers(&world, &auditor, &[("action", "audit.")]).await, [50, 25]);
    assert_eq!(numbers(&world, &auditor, &[("words", "signed head")]).await, [50, 25]);
    assert_eq!(numbers(&world, &auditor, &[("kind", "audit_head")]).await, [50, 25]);
    let changed = every(&|seq| story(seq) && place(seq) % 2 == 1 && place(seq) % 4 == 1);
    assert_eq!(numbers(&world, &auditor, &[("action", "test.changed")]).await, changed);
    assert_eq!(numbers(&world, &auditor, &[("action", "test.changed"), ("actor", &ids[1])]).await, changed);
    assert_eq!(numbers(&world, &auditor, &[("from", "2026-11-03")]).await, every(&|seq| seq > 25));
    assert_eq!(numbers(&world, &auditor, &[("to", "2026-11-02")]).await, every(&|seq| seq <= 25));
    assert_eq!(numbers(&world, &auditor, &[("from", "2026-11-04")]).await, [0; 0]);
    let one = search(world.ctx(), &auditor, &filter(&[("action", "test.begun")]), None).await.unwrap().items.remove(0);
    let object = one.object.to_string();
    assert_eq!(numbers(&world, &auditor, &[("object", &object)]).await, [one.seq]);
    assert_eq!(numbers(&world, &auditor, &[("object", &object), ("actor", &ids[0])]).await, [one.seq]);
    assert_eq!(numbers(&world, &auditor, &[("object", &object), ("actor", "ben@example.org")]).await, [0; 0]);
    assert_eq!(one.actor_name.as_deref(), Some("Ana Example"));
    let personal = one.personal.unwrap();
    assert_eq!(personal.address.as_deref(), Some("203.0.113.7"));
    assert_eq!(personal.words, json!({ "note": "entry 20 of day 1" }));

    // One statement a page, and cursors nobody made are none.
    let looked = world.statements(search(world.ctx(), &auditor, &Filter::default(), None)).await.1;
    assert_eq!(looked.len(), 1, "{looked:?}");
    for cursor in ["", "~", "x~1", "1~x", "-5~1", "99999999999999999999~1"] {
        let page = search(world.ctx(), &auditor, &Filter::default(), Some(cursor)).await.unwrap();
        assert!(!page.continued && page.items[0].seq == 50, "{cursor}");
    }
}

#[tokio::test]
async fn the_export_is_everything_that_fits_as_plain_text() {
    let world = World::new().await;
    let [ana, _] = days(&world, 1, 4).await;
    let actor = world.actor(&ana).await;
    note(&world, &actor, "test.begun", "=HYPERLINK(\"http://x\")").await;
    erase_person(world.ctx(), world.customer("Gone").await.id).await.unwrap();
    let auditor = world.actor(&world.operator("Ida", Role::Auditor).await).await;
    for (fields, lines) in [
        (vec![], 8),
        (vec![("actor", "ana@example.org")], 4),
        (vec![("action", "test.begun")], 3),
        (vec![("from", "2027-01-01")], 1),
    ] {
        let mut export = export(world.ctx(), &auditor, filter(&fields)).unwrap();
        let mut text = String::new();
        while let Some(piece) = export.next().await.unwrap() {
            text += &piece;
        }
        assert_eq!(text.matches("\r\n").count(), lines, "{fields:?}: {text}");
        assert!(text.starts_with("\"number\",\"at\",\"action\""), "{text}");
        let cells = text.split("\r\n").flat_map(|line| line.split("\",\"")).map(|cell| cell.trim_start_matches('"'));
        for cell in cells {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
        }
    }
}

#[tokio::test]
async fn salts_are_128_random_bits() {
    let world = World::new().await;
    let functions: (String, String) = sqlx::query_as(
        "SELECT pg_get_functiondef('record_effects'::regproc), pg_get_functiondef('audit_salt'::regproc)",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert!(
        functions.0.contains("salt_ := audit_salt()") && !functions.0.contains("gen_random_uuid"),
        "{}",
        functions.0
    );
    assert!(functions.0.contains("SECURITY DEFINER"), "{}", functions.0);
    let salts: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT audit_salt() FROM generate_series(1, 2000)").fetch_all(world.owner()).await.unwrap();
    assert!(salts.iter().all(|salt| salt.len() == 16));
    // No bit is fixed, as six of a version 4 UUID are: each is set about half of the time.
    for bit in 0..128 {
        let set = salts.iter().filter(|salt| (salt[bit / 8] >> (bit % 8)) & 1 == 1).count();
        assert!((800..1200).contains(&set), "bit {bit} is set in {set} of 2000");
    }
    let refused = sqlx::query("SELECT audit_salt()").fetch_one(&world.ctx().pool).await;
    assert!(refused.is_err(), "nobody else needs it");
}
