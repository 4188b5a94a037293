//! All routes inside all layers. Security is here, not in pages: a route cannot forget it.

use std::sync::Arc;

use app::site::Site;
use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state as layer};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use tower::{ServiceBuilder, ServiceExt};
use tower_http::catch_panic::CatchPanicLayer;

use crate::assets::{self, Pictures};
use crate::observe::{self, Health};
use crate::security::{Envelope, body, headers, limits, origin, patience};
use crate::{compression, errors, session};

/// Everything the router is made of.
pub struct Parts {
    /// The envelope around all routes.
    pub envelope: Envelope,
    /// Pages: the site map.
    pub pages: Vec<(&'static str, MethodRouter<Site>)>,
    /// What readiness looks at.
    pub health: Health,
    /// Where pictures lie.
    pub pictures: Pictures,
}

/// The whole application as one service.
pub fn router(parts: Parts) -> Router {
    let Parts { envelope, pages, health, pictures } = parts;
    let envelope = Arc::new(envelope);
    let with_people = ServiceBuilder::new()
        .layer(session::layer(&envelope.site, envelope.https))
        .layer(from_fn(session::attach_actor))
        .layer(layer(envelope.clone(), session::note_refusals))
        .layer(layer(envelope.clone(), limits::enforce));
    let pages = pages
        .into_iter()
        .fold(Router::new(), |router, (path, methods)| router.route(path, methods))
        .with_state(envelope.site.clone())
        .layer(with_people.clone());
    // Whoever is logged in, or acts for somebody, is so on the page of an address that does not exist, too.
    let nowhere: Router = Router::new().fallback(errors::not_found).layer(with_people);
    let files = Router::new()
        .route("/pictures/{name}", get(assets::serve_picture))
        .with_state(pictures)
        .fallback(move |request: Request| built_file(request, nowhere));

    let metrics = observe::metrics_routes(envelope.clone());

    // From the outside in. Whatever fails inside becomes a page; whatever answers gets its headers.
    let envelope_layers = ServiceBuilder::new()
        .layer(layer(envelope.clone(), observe::observe))
        .layer(compression::layer())
        .layer(layer(envelope.clone(), headers::add))
        .layer(layer(envelope.clone(), session::note_visit))
        .layer(layer(envelope.clone(), errors::pages))
        .layer(CatchPanicLayer::custom(errors::after_panic))
        .layer(layer(envelope.clone(), body::bound))
        .layer(layer(envelope.clone(), patience::end))
        .layer(layer(envelope, origin::check));
    Router::new()
        .merge(pages)
        .merge(observe::health_routes(health))
        .merge(metrics)
        .merge(files)
        .layer(axum::extract::DefaultBodyLimit::disable())
        .layer(envelope_layers)
}

/// A file of the build; people who ask for anything else get a page.
async fn built_file(request: Request, nowhere: Router) -> Response {
    let answer = assets::serve_built(request.method(), request.uri().path(), request.headers());
    if answer.status() != StatusCode::NOT_FOUND || assets::is_for_files(request.uri().path()) {
        return answer;
    }
    nowhere.oneshot(request).await.into_response()
}
