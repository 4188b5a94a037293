//! `servicehub serve`: the site, and the background jobs unless told otherwise.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use app::site::Site;
use domain::accounts::demo::{DOMAIN, anybody_here};
use domain::kernel::Context;
use sqlx::PgPool;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::{Stop, demo};
use crate::adapters;
use crate::assets::{self, Pictures};
use crate::database::{Database, Stay, Use, self_test};
use crate::jobs::{self, Recovery};
use crate::listen;
use crate::observe::Health;
use crate::router::{Parts, router};
use crate::security::Envelope;
use crate::settings::Settings;
use crate::shutdown::{self, unless_asked};

/// Running requests get this long to finish.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until asked to end.
pub async fn run(settings: &Settings) -> Result<(), Stop> {
    let asked = shutdown::asked()?;
    // First of all: a taken port should be told at once, not after a minute of preparation.
    let listener = listen::bind(settings.listen).await.map_err(Stop::Other)?;
    let database = Database::open(settings, Stay::Host).await?;
    let done = serve(settings, &database, listener, asked).await;
    database.close().await;
    tracing::info!("ended");
    done
}

async fn serve(
    settings: &Settings,
    database: &Database,
    listener: TcpListener,
    asked: watch::Receiver<bool>,
) -> Result<(), Stop> {
    database.prepare().await?;
    if settings.demo {
        match unless_asked(&asked, demo::fill_if_empty(settings, database)).await {
            Some(done) => done?,
            None => return Ok(()),
        }
    }
    let pool = database.pool(Use::Web, settings.pool_size);
    self_test(&pool).await?;
    adapters::announce(settings);
    let ctx = adapters::context(settings, pool.clone()).map_err(Stop::Other)?;
    if let Err(stop) = refuse_demo_people(settings, &ctx).await {
        pool.close().await;
        return Err(stop);
    }

    let (stop_worker, worker_stops) = watch::channel(false);
    let worker = settings.worker.then(|| start_worker(database, &ctx, worker_stops));
    let shows_mail = ctx.post.keeps();
    let app = router(parts(settings, ctx));
    announce(settings, &listener, shows_mail);
    let mut asking = asked;
    let stop = async move {
        let _ = asking.wait_for(|asked| *asked).await;
    };
    listen::serve(listener, app, settings.limits, &settings.trusted_proxies, stop, GRACE).await;

    let _ = stop_worker.send(true);
    if let Some((task, worker_pool)) = worker {
        let _ = task.await;
        worker_pool.close().await;
    }
    pool.close().await;
    Ok(())
}

/// Everybody can read the passwords of demo logins, and one of them is a superadmin.
async fn refuse_demo_people(settings: &Settings, ctx: &Context) -> Result<(), Stop> {
    if settings.development() {
        return Ok(());
    }
    match anybody_here(ctx).await {
        Ok(false) => Ok(()),
        Ok(true) => Err(Stop::Other(format!(
            "This database holds demo logins (…@{DOMAIN}), whose passwords are published. In production it is not served: \
             use an empty one, and make the first superadmin with `servicehub invite EMAIL --role superadmin`."
        ))),
        Err(error) => Err(Stop::Other(format!("The database cannot be asked for demo logins: {error}"))),
    }
}

fn parts(settings: &Settings, ctx: Context) -> Parts {
    let pool = ctx.pool.clone();
    let pictures = Pictures::new(settings.files_dir().join("pictures"), ctx.clone());
    let site = Site {
        ctx,
        assets: Arc::new(assets::paths()),
        public_url: settings.public_url.as_str().into(),
        development: settings.development(),
    };
    Parts { envelope: Envelope::new(settings, site), pages: app::routes::site(), health: Health { pool }, pictures }
}

fn start_worker(
    database: &Database,
    ctx: &Context,
    stops: watch::Receiver<bool>,
) -> (tokio::task::JoinHandle<()>, PgPool) {
    let pool = database.pool(Use::Worker, jobs::CONNECTIONS);
    let ctx = Context { pool: pool.clone(), ..ctx.clone() };
    let task = tokio::spawn(jobs::run(ctx, Recovery::default(), stops));
    (task, pool)
}

/// People look for the address; machines read the log.
fn announce(settings: &Settings, listener: &TcpListener, shows_mail: bool) {
    let listen = listener.local_addr().unwrap_or(settings.listen);
    tracing::info!(%listen, public_url = %settings.public_url, "ready");
    if settings.development() {
        let url = &settings.public_url;
        let mail = if shows_mail { format!("\n  What it would send:  {url}/dev/mail") } else { String::new() };
        let _ = writeln!(std::io::stdout(), "\n  ServiceHub is ready: {url}{mail}\n");
    }
}
