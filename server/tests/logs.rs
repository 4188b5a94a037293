//! Logs are for operators: structured, with request ids, and without anything personal or secret.

use crate::house;
use crate::process;

use domain::testing::World;
use house::wire::{exchange, get};
use process::{Running, program};

/// Everything here would be wrong in a log.
const SECRETS: [&str; 7] = ["c4lendar", "tok3n", "s3ssion", "passw0rd", "ana%40", "ana@", "198.51.100.7"];

#[tokio::test(flavor = "multi_thread")]
async fn one_line_per_request_and_nothing_personal_in_it() {
    let world = World::new().await;
    let command = ["serve", "--listen", "127.0.0.1:0", "--log-format", "json", "--log", "debug,sqlx=debug"];
    let mut server =
        Running::start(program(&command).env("DATABASE_URL", world.url()).env("ENVIRONMENT", "development"));
    let ready = server.hear("\"ready\"");
    let ready: serde_json::Value = serde_json::from_str(&ready).unwrap();
    let address = ready["listen"].as_str().unwrap().parse().unwrap();

    get(address, "/password/reset/tok3n?email=ana@example.com").await;
    get(address, "/calendar/c4lendar.ics").await;
    let form = "email=ana%40example.com&password=passw0rd";
    let headers = "host: x\r\nsec-fetch-site: same-origin\r\ncookie: session=s3ssion\r\nx-forwarded-for: 198.51.100.7\r\nconnection: close";
    let kind = "content-type: application/x-www-form-urlencoded";
    let answer = exchange(
        address,
        &format!(
            "POST /login?next=tok3n HTTP/1.1\r\n{headers}\r\n{kind}\r\ncontent-length: {}\r\n\r\n{form}",
            form.len()
        ),
    )
    .await;
    let id = answer.lines().find_map(|line| line.strip_prefix("x-request-id: ")).unwrap().trim().to_owned();

    let line = server.hear(&id);
    let mut lines = server.heard.clone();
    if !line.contains("answered") {
        lines.push(server.hear("answered"));
    }
    for line in lines.iter().filter(|line| line.starts_with('{')) {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("not JSON: {line}"));
        assert!(entry["timestamp"].is_string() && entry["level"].is_string(), "{line}");
        for secret in SECRETS {
            assert!(!line.contains(secret), "{secret} in {line}");
        }
    }
    assert!(lines.iter().any(|line| line.contains("/login") && line.contains("answered")), "{lines:?}");
    // A refusal can be followed up: the same address has the same name, and it is not the address.
    let refused = |line: &String| {
        let entry: serde_json::Value = serde_json::from_str(line).ok()?;
        (entry["message"] == "answered" && entry["status"].as_u64()? >= 400).then(|| entry["from"].clone())
    };
    let names: Vec<_> = lines.iter().filter_map(refused).collect();
    assert!(!names.is_empty() && names.iter().all(|name| *name == names[0]), "{names:?}");
    assert!(names[0].as_str().is_some_and(|name| name.len() == 16 && !name.contains("127")), "{names:?}");
    assert!(server.end("-TERM"));
}
