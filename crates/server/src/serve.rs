//! The doors laid over a platform, and the server that opens them.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt as _;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{Any, CorsLayer};
use tower_http::timeout::TimeoutLayer;

use crate::http::{Cache, Limits, SAFE, conditional, guard, observe};
use crate::platform::{App, Platform, StartError};
use crate::problem::Problem;
use crate::visit::preferred;
use crate::{api, feeds, mcp, pages};

/// How long running requests may take when the server is asked to stop.
const FAREWELL: Duration = Duration::from_secs(5);
/// How long a connection may take to send the header of a request, and how long it may be silent between two.
const HEADER_WAIT: Duration = Duration::from_secs(10);

/// Every door of a platform.
pub fn router(platform: &Arc<Platform>) -> Router {
    let app = Arc::clone(platform);
    let cache = Cache::new(app.config.cache);
    let lawful = |router: Router<App>| router.layer(from_fn_with_state((Arc::clone(&app), cache.clone()), conditional));
    let compressed = || CompressionLayer::new();
    let pages = |lang: &str| {
        Router::new()
            .nest(lang, lawful(pages::lawful().layer(compressed())))
            .nest(lang, pages::personal().layer(compressed()))
    };
    let site = Router::new()
        .merge(pages("/zh"))
        .merge(pages("/en"))
        .merge(lawful(feeds::router().layer(compressed())))
        .merge(pages::assets().layer(compressed()))
        .route("/", get(front))
        .route("/zh/", get(|| async { Redirect::permanent("/zh") }))
        .route("/en/", get(|| async { Redirect::permanent("/en") }))
        .route("/verify/{id}", get(pages::verify_from_code))
        .route("/records/{file}", get(pages::record_file))
        .route("/health", get(|| async { "ok\n" }))
        .route("/ready", get(ready))
        .route("/metrics", get(metrics))
        .fallback(nothing)
        .method_not_allowed_fallback(|| async { Problem::usual(StatusCode::METHOD_NOT_ALLOWED) })
        .layer(from_fn_with_state(Arc::clone(&app), pages::dress));
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers([header::CONTENT_TYPE, header::IF_NONE_MATCH])
        .expose_headers([header::ETAG, header::RETRY_AFTER]);
    let api = lawful(api::router().layer(compressed()))
        .route("/api", get(|| async { Redirect::to("/en/api") }))
        .route("/api/{*rest}", axum::routing::any(nothing))
        .method_not_allowed_fallback(|| async { Problem::usual(StatusCode::METHOD_NOT_ALLOWED) })
        .layer(from_fn_with_state(Arc::clone(&app), api::dress))
        .layer(cors);
    Router::new()
        .merge(site)
        .merge(api)
        .merge(mcp::router(&app))
        .layer(DefaultBodyLimit::max(app.config.body_limit))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(app.config.timeout)))
        .layer(CatchPanicLayer::custom(|_| Problem::usual(StatusCode::INTERNAL_SERVER_ERROR).into_response()))
        .layer(from_fn_with_state(Limits::new(&app.config), guard))
        .layer(from_fn_with_state(Arc::clone(&app), last_dress))
        .layer(map_response(safe))
        .layer(from_fn_with_state(Arc::clone(&app), observe))
        .with_state(app)
}

/// What the outer layers refuse (too often, too long, too slow) is dressed by the door it was meant for.
async fn last_dress(State(app): State<App>, request: Request, next: axum::middleware::Next) -> Response {
    if request.uri().path().starts_with("/api") {
        return api::dress(State(app), request, next).await;
    }
    if request.uri().path().starts_with("/mcp") {
        return next.run(request).await;
    }
    pages::dress(State(app), request, next).await
}

async fn safe(mut response: Response) -> Response {
    for (name, value) in SAFE {
        response.headers_mut().entry(name).or_insert(value);
    }
    response
}

async fn nothing() -> Problem {
    Problem::usual(StatusCode::NOT_FOUND)
}

async fn front(headers: HeaderMap) -> Response {
    let accepts = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or("");
    let to = if preferred(accepts) == yumen_lawbook::Lang::Zh { "/zh" } else { "/en" };
    ([(header::VARY, "accept-language")], Redirect::to(to)).into_response()
}

async fn ready(State(app): State<App>) -> Result<&'static str, Problem> {
    if app.store.is_ready().await { Ok("ready\n") } else { Err(Problem::usual(StatusCode::SERVICE_UNAVAILABLE)) }
}

async fn metrics(State(app): State<App>, request: Request) -> Response {
    // Counters tell how much the site is used: of interest to its operator, who asks from the machine itself.
    if !app.config.metrics_public && crate::http::client(&request).is_some() {
        return Problem::usual(StatusCode::NOT_FOUND).into_response();
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], app.metrics.render()).into_response()
}

/// Opens the doors until `stop` is done; `opened` is told the address.
///
/// # Errors
/// Where the address cannot be listened on.
pub async fn serve(
    platform: Arc<Platform>,
    opened: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), StartError> {
    let address = platform.config.listen;
    let failed = |why| StartError::Listen { address, why };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let router = router(&platform);
    opened(listener.local_addr().map_err(failed)?);
    let connections = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => attend(stream, peer, router.clone(), &connections),
                Err(error) => recover(&error).await,
            },
            () = &mut stop => break,
        }
    }
    drop(listener);
    // Open connections may finish what they are at, but none holds the program for ever.
    if tokio::time::timeout(FAREWELL, connections.shutdown()).await.is_err() {
        tracing::warn!("connections were still open and were closed");
    }
    platform.store.close().await;
    Ok(())
}

/// Answers one connection beside the others.
fn attend(stream: TcpStream, peer: SocketAddr, router: Router, connections: &GracefulShutdown) {
    let answer = service_fn(move |mut request: axum::http::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_WAIT)
        .serve_connection(TokioIo::new(stream), answer);
    let watched = connections.watch(connection);
    tokio::spawn(async move {
        // Who hangs up, waits too long or does not speak the protocol is no failure of ours.
        if let Err(error) = watched.await {
            tracing::debug!(%error, "connection ended");
        }
    });
}

/// After a connection could not be taken: one that broke off is nothing, but where the system has no room for more, it is given time.
async fn recover(error: &std::io::Error) {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        tracing::error!(%error, "no connection can be taken");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}
