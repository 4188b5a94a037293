//! How a marketplace of real people begins: no demo logins in it, and a first superadmin.

use crate::process;

use domain::accounts::operators::{accept_invitation, invitation};
use domain::kernel::Role;
use domain::testing::World;
use process::{Folder, Running, program, run};

const KEY: &str = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
const PRODUCTION: [(&str, &str); 5] = [
    ("ENVIRONMENT", "production"),
    ("PUBLIC_URL", "https://hub.example"),
    ("SMTP_URL", "off"),
    ("SIGNING_KEY", KEY),
    ("ENCRYPTION_KEY", KEY),
];

#[tokio::test(flavor = "multi_thread")]
async fn demo_logins_are_not_served_in_production() {
    let (world, folder) = (World::new().await, Folder::new());
    let serve = || {
        let mut command = program(&["serve", "--listen", "127.0.0.1:0", "--database-url", world.url()]);
        command.envs(PRODUCTION).current_dir(folder.path());
        command
    };
    let mut server = Running::start(&mut serve());
    server.hear("\"ready\"");
    assert!(server.end("-TERM"), "without demo people it runs");

    let eve = world.customer("Eve").await;
    sqlx::query("UPDATE users SET email = 'eve@demo.servicehub.test' WHERE id = $1")
        .bind(eve.id.0)
        .execute(world.owner())
        .await
        .unwrap();
    let (success, said) = run(&mut serve());
    assert!(!success && said.contains("demo logins") && said.contains("servicehub invite"), "{said}");
    // On one's own machine they are what it is for.
    let mut server = Running::start(
        program(&["serve", "--listen", "127.0.0.1:0", "--database-url", world.url()]).current_dir(folder.path()),
    );
    server.hear(" ready ");
    assert!(server.end("-TERM"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_superadmin_is_invited_from_the_command_line() {
    let (world, folder) = (World::new().await, Folder::new());
    let invite = |email: &str, role: &str| {
        run(program(&["invite", email, "--role", role, "--database-url", world.url()])
            .envs(PRODUCTION)
            .current_dir(folder.path()))
    };
    let (success, said) = invite("nobody", "customer");
    assert!(!success && said.contains("email address") && said.contains("role"), "{said}");

    let (success, said) = invite("Ana@example.org", "superadmin");
    assert!(success, "{said}");
    let secret = said.split("https://hub.example/invitation/").nth(1).unwrap().split_whitespace().next().unwrap();
    let ctx = world.ctx();
    // The program lives by the real time, the world by its own: the link has to be young in both.
    sqlx::query("UPDATE operator_invitations SET expires_at = $1")
        .bind(jiff_sqlx::Timestamp::from(world.now() + jiff::SignedDuration::from_hours(72)))
        .execute(world.owner())
        .await
        .unwrap();
    assert_eq!(invitation(ctx, secret).await.unwrap(), Some(("ana@example.org".to_owned(), Role::Superadmin)));
    let by: Option<uuid::Uuid> =
        sqlx::query_scalar("SELECT by_id FROM operator_invitations").fetch_one(world.owner()).await.unwrap();
    assert_eq!(by, None);
    let entry: (String, String) =
        sqlx::query_as("SELECT capacity, detail ->> 'role' FROM audit_entries WHERE action = 'operator.invited'")
            .fetch_one(world.owner())
            .await
            .unwrap();
    assert_eq!(entry, ("system".to_owned(), "superadmin".to_owned()));

    let ana = world.customer("Ana").await;
    let ben = world.actor(&world.customer("Ben").await).await;
    assert!(accept_invitation(ctx, &ben, secret).await.is_err(), "for one address only");
    let hers = world.actor(&ana).await;
    assert_eq!(accept_invitation(ctx, &hers, secret).await.unwrap(), Role::Superadmin);
    assert!(accept_invitation(ctx, &hers, secret).await.is_err(), "once");
}
