//! A running house for tests: the real router over a world of its own, in-process or on a socket.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]
#![allow(dead_code, reason = "the programs of tests use other parts of it")]

pub mod visit;
pub mod whole;
pub mod wire;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use app::layout::AssetPaths;
use app::site::Site;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use axum::routing::MethodRouter;
use domain::kernel::Context;
use domain::kernel::fetch::Calendars;
use domain::kernel::post::Post;
use domain::testing::World;
use http_body_util::BodyExt;
use server::assets::Pictures;
use server::observe::Health;
use server::router::{Parts, router};
use server::security::Envelope;
use server::security::address::Peer;
use server::settings::{Given, Settings};
use tokio::sync::oneshot;
use tower::ServiceExt;

pub const OURS: &str = "https://hub.example";

/// The router over a world.
pub struct House {
    pub world: World,
    pub app: Router,
    pub envelope: Envelope,
}

/// Settings of the house; tests change what they are about.
pub fn settings() -> Settings {
    let given = Given { public_url: Some(OURS.into()), development_in_public: Some("on".into()), ..Given::default() };
    Settings::read(&given).unwrap()
}

/// The house with the real site map.
pub async fn house() -> House {
    house_with(settings(), Vec::new()).await
}

/// The house with more pages and other settings.
pub async fn house_with(settings: Settings, more: Vec<(&'static str, MethodRouter<Site>)>) -> House {
    furnished(settings, more, |ctx| ctx).await
}

/// The house with another way out for mail and short messages.
pub async fn house_with_post(settings: Settings, post: Arc<dyn Post>) -> House {
    furnished(settings, Vec::new(), |ctx| Context { post, ..ctx }).await
}

/// The house with calendars elsewhere.
pub async fn house_with_calendars(settings: Settings, calendars: Arc<dyn Calendars>) -> House {
    furnished(settings, Vec::new(), |ctx| Context { calendars, ..ctx }).await
}

async fn furnished(
    settings: Settings,
    more: Vec<(&'static str, MethodRouter<Site>)>,
    outside: impl FnOnce(Context) -> Context,
) -> House {
    let world = World::new().await;
    let site = Site {
        ctx: outside(world.ctx().clone()),
        assets: Arc::new(AssetPaths::default()),
        public_url: settings.public_url.as_str().into(),
        development: settings.development(),
    };
    let envelope = Envelope::new(&settings, site);
    let mut pages = app::routes::site();
    pages.extend(more);
    let health = Health { pool: world.ctx().pool.clone() };
    let pictures = Pictures::new(settings.files_dir().join("pictures"), world.ctx().clone());
    let app = router(Parts { envelope: envelope.clone(), pages, health, pictures });
    House { world, app, envelope }
}

impl House {
    /// Asks in-process, from this machine unless the request says otherwise.
    pub async fn ask(&self, mut request: Request<Body>) -> Response<Body> {
        if request.extensions().get::<Peer>().is_none() {
            request.extensions_mut().insert(Peer(Ipv4Addr::LOCALHOST.into()));
        }
        self.app.clone().oneshot(request).await.unwrap()
    }

    /// What its use cases are given.
    pub fn context(&self) -> Context {
        self.envelope.site.ctx.clone()
    }

    /// Asks for a page in-process.
    pub async fn get(&self, path: &str) -> Response<Body> {
        self.ask(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Sends a form from our own page.
    pub async fn post(&self, path: &str, cookie: Option<&str>, form: &str) -> Response<Body> {
        let mut request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded");
        if let Some(cookie) = cookie {
            request = request.header("cookie", cookie);
        }
        self.ask(request.body(Body::from(form.to_owned())).unwrap()).await
    }
}

/// The text of an answer.
pub async fn text(response: Response<Body>) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

/// The cookie of the session an answer sets, as a browser would send it back; `None` when it sets none.
pub fn cookie(response: &Response<Body>) -> Option<String> {
    let set = response.headers().get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    set.map(|set| set.split(';').next().unwrap()).find(|pair| pair.contains("session=")).map(str::to_owned)
}

/// A router on a socket, served by our own accept loop.
pub struct Served {
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    done: tokio::task::JoinHandle<()>,
}

/// Serves a router on a free port.
pub async fn serve(app: Router, settings: &Settings) -> Served {
    let listener = server::listen::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let (bounds, trusted) = (settings.limits, settings.trusted_proxies.clone());
    let done = tokio::spawn(async move {
        let stop = async {
            let _ = stopped.await;
        };
        server::listen::serve(listener, app, bounds, &trusted, stop, std::time::Duration::from_secs(10)).await;
    });
    Served { address, stop: Some(stop), done }
}

impl Served {
    /// Asks the loop to end; it accepts nothing more from now on.
    pub fn ask_to_stop(&mut self) {
        let _ = self.stop.take().unwrap().send(());
    }

    /// Waits until the loop has ended.
    pub async fn ended(self) {
        self.done.await.unwrap();
    }
}
