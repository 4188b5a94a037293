//! Databases to live in: one migrated template per state of the migrations, and a copy of it per world.
//! Many test processes and threads meet here; the database itself puts them in a row.

use super::store;
use graphile_worker::WorkerUtils;
use sha2::{Digest, Sha256};
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgConnection, PgPool};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::OnceCell;

const MIGRATIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../migrations");

/// The name of the template, once this process has seen it.
static TEMPLATE: OnceCell<String> = OnceCell::const_new();
static COUNTER: AtomicU32 = AtomicU32::new(0);

/// A world's database; dropped with it.
#[derive(Debug)]
pub(super) struct Database {
    name: String,
    admin: PgConnectOptions,
    url: String,
}

impl Database {
    pub async fn make() -> Self {
        let address = std::env::var("TEST_DATABASE_URL").unwrap_or_else(|_| {
            panic!(
                "TEST_DATABASE_URL is not set: it names a superuser of a Postgres for tests, such as \
                 postgres://postgres@localhost/postgres. `make test` starts one and sets it."
            )
        });
        let admin: PgConnectOptions = address.parse().expect("TEST_DATABASE_URL is a postgres:// address");
        let mut connection = connect(&admin).await;
        let template = TEMPLATE.get_or_init(|| find_or_make_template(&admin)).await;
        let name = format!("world_{}_{}", std::process::id(), COUNTER.fetch_add(1, Ordering::Relaxed));
        store::copy_database(&mut connection, template, &name).await.expect("the template can be copied");
        let _ = connection.close().await;
        Self { url: with_database(&address, &name), name, admin }
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Connections as the role of the application: what it may not do in production, it may not do here.
    pub fn app_pool(&self) -> PgPool {
        let options = self.admin.clone().database(&self.name).application_name("world");
        pool(20, options.options([("role", "servicehub_app"), ("statement_timeout", "10s")]))
    }

    pub fn owner_pool(&self) -> PgPool {
        pool(4, self.admin.clone().database(&self.name).application_name("world owner"))
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (admin, name) = (self.admin.clone(), self.name.clone());
        // A thread with a runtime of its own: the test's runtime may be the one that is waiting here.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            if let Ok(runtime) = runtime {
                runtime.block_on(async {
                    let mut connection = connect(&admin).await;
                    // What stays behind is swept by the next test process.
                    let _ = store::drop_database(&mut connection, &name).await;
                });
            }
        });
        let _ = dropping.join();
    }
}

fn pool(size: u32, options: PgConnectOptions) -> PgPool {
    PgPoolOptions::new()
        .max_connections(size)
        .acquire_timeout(Duration::from_secs(20))
        .test_before_acquire(false)
        .connect_lazy_with(options)
}

async fn connect(options: &PgConnectOptions) -> PgConnection {
    match PgConnection::connect_with(options).await {
        Ok(connection) => connection,
        Err(error) => panic!("the Postgres of TEST_DATABASE_URL cannot be used: {error}. `make test` starts one."),
    }
}

/// The same address with another database.
fn with_database(address: &str, name: &str) -> String {
    let (before, query) = address.split_once('?').map_or((address, String::new()), |(a, q)| (a, format!("?{q}")));
    let authority = before.find("://").map_or(0, |at| at + 3);
    let end = before[authority..].find('/').map_or(before.len(), |at| authority + at);
    format!("{}/{name}{query}", &before[..end])
}

async fn find_or_make_template(admin: &PgConnectOptions) -> String {
    let migrations = migrations();
    let name = format!("template_{}", fingerprint(&migrations));
    let mut connection = connect(admin).await;
    sweep(&mut connection).await;
    if !store::database_exists(&mut connection, &name).await.expect("the list of databases") {
        // Others wait here, and find it made. The lock ends with the connection.
        store::lock_templates(&mut connection).await.expect("the lock on templates");
        if !store::database_exists(&mut connection, &name).await.expect("the list of databases") {
            make_template(&mut connection, admin, &name).await;
        }
    }
    let _ = connection.close().await;
    name
}

async fn make_template(connection: &mut PgConnection, admin: &PgConnectOptions, name: &str) {
    let draft = format!("{name}_draft");
    store::drop_database(connection, &draft).await.expect("an old draft can be dropped");
    store::create_database(connection, &draft).await.expect("a database can be made");
    let options = admin.clone().database(&draft);
    let owner = PgPoolOptions::new().max_connections(1).connect_lazy_with(options.clone());
    WorkerUtils::new(owner.clone(), "graphile_worker").migrate().await.expect("the tables of the job queue");
    owner.close().await;
    let mut inside = connect(&options).await;
    let migrator = Migrator::new(Path::new(MIGRATIONS)).await.expect("the migrations can be read");
    migrator.run(&mut inside).await.expect("the migrations run");
    inside.close().await.expect("the template is left");
    store::publish_template(connection, &draft, name).await.expect("the template can be published");
}

/// Drops the worlds of test processes that were killed, and templates nobody has needed for long.
async fn sweep(connection: &mut PgConnection) {
    for template in store::old_templates(connection).await.unwrap_or_default() {
        let _ = store::drop_database(connection, &template).await;
    }
    if !Path::new("/proc/self").exists() {
        return; // no way to tell who is still alive
    }
    for world in store::worlds(connection).await.unwrap_or_default() {
        let process = world.split('_').nth(1).unwrap_or_default();
        if !Path::new("/proc").join(process).exists() {
            // Another process may sweep the same one.
            let _ = store::drop_database(connection, &world).await;
        }
    }
}

fn migrations() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(MIGRATIONS).expect("the folder of migrations");
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "sql"));
    files.sort();
    files
}

/// Changes with every word of the migrations, so that nobody tests against yesterday's tables.
fn fingerprint(migrations: &[PathBuf]) -> String {
    let mut digest = Sha256::new();
    for path in migrations {
        digest.update(path.file_name().map_or(&[][..], |name| name.as_encoded_bytes()));
        digest.update(std::fs::read(path).expect("a migration can be read"));
    }
    hex::encode(digest.finalize())[..16].to_owned()
}
