//! Bounds on how much, how often and how long.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::config::Config;
use crate::problem::Problem;

/// Longest address accepted, in bytes.
const LONGEST_URI: usize = 16 * 1024;
/// How many addresses are remembered before old ones are forgotten.
const MOST_ADDRESSES: usize = 50_000;

/// The limits of one platform.
#[derive(Clone)]
pub struct Limits {
    rate: Option<Arc<DefaultKeyedRateLimiter<IpAddr>>>,
}

impl Limits {
    /// The limits a configuration asks for.
    pub fn new(config: &Config) -> Self {
        let rate = NonZeroU32::new(config.rate)
            .zip(NonZeroU32::new(config.rate_burst))
            .map(|(rate, burst)| Arc::new(RateLimiter::keyed(Quota::per_second(rate).allow_burst(burst))));
        Self { rate }
    }

    /// Seconds to wait, where the address has asked too often.
    fn wait(&self, address: IpAddr) -> Option<u64> {
        let rate = self.rate.as_ref()?;
        if rate.len() > MOST_ADDRESSES {
            rate.retain_recent();
        }
        let until = rate.check_key(&address).err()?;
        Some(until.wait_time_from(DefaultClock::default().now()).as_secs() + 1)
    }
}

/// The address a request comes from: the peer's, or what a proxy on this machine says. `None` for this machine itself.
///
/// A machine of the sixth version of the protocol owns a whole network of addresses; it is counted as one.
pub fn client(request: &Request) -> Option<IpAddr> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip())?;
    if !peer.to_canonical().is_loopback() {
        return Some(network(peer));
    }
    let forwarded = request.headers().get("x-forwarded-for")?.to_str().ok()?;
    forwarded.rsplit(',').next()?.trim().parse().ok().map(network)
}

fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) >> 64 << 64).into()),
        v4 @ IpAddr::V4(_) => v4,
    }
}

/// Refuses what is too long or comes too often.
pub async fn guard(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    let uri = request.uri();
    if uri.path().len() + uri.query().map_or(0, str::len) > LONGEST_URI {
        return Problem::usual(StatusCode::URI_TOO_LONG).into_response();
    }
    if let Some(seconds) = client(&request).and_then(|address| limits.wait(address)) {
        let mut response = Problem::usual(StatusCode::TOO_MANY_REQUESTS).into_response();
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        return response;
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn from(peer: &str, forwarded: Option<&str>) -> Option<IpAddr> {
        let mut builder = axum::http::Request::builder();
        if let Some(forwarded) = forwarded {
            builder = builder.header("x-forwarded-for", forwarded);
        }
        let mut request = builder.body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 1)));
        client(&request)
    }

    #[test]
    fn only_a_proxy_on_this_machine_is_believed() {
        assert_eq!(from("127.0.0.1", None), None);
        assert_eq!(from("127.0.0.1", Some("203.0.113.9")), "203.0.113.9".parse().ok());
        assert_eq!(from("198.51.100.7", Some("203.0.113.9")), "198.51.100.7".parse().ok());
        // What a client wrote itself stands before what the proxy added.
        assert_eq!(from("::1", Some("10.0.0.1, 203.0.113.9")), "203.0.113.9".parse().ok());
        assert_eq!(from("2001:db8::1", None), from("2001:db8::ffff", None));
    }

    #[test]
    fn a_burst_is_let_through_and_then_held_back() {
        let config = Config { rate: 1, rate_burst: 3, ..Config::usual("/nowhere".into()).unwrap() };
        let limits = Limits::new(&config);
        let one = IpAddr::from([203, 0, 113, 9]);
        assert_eq!((0..3).filter_map(|_| limits.wait(one)).count(), 0);
        assert!(limits.wait(one).is_some_and(|seconds| seconds >= 1));
        assert_eq!(limits.wait(IpAddr::from([203, 0, 113, 10])), None);
    }
}
