//! Bounds on how much, how often and how long.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
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

/// Headers by which a proxy says that it hands on what somebody else asked.
const HANDED_ON: [&str; 6] =
    ["x-forwarded-for", "forwarded", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via"];

/// Stands for whoever asks through a proxy that does not say for whom: all of them are counted as one.
const STRANGER: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

/// The address a request comes from: the peer's, or what a proxy on this machine says. `None` for this machine itself, which is
/// believed only of a request that was not handed on.
///
/// A machine of the sixth version of the protocol owns a whole network of addresses; it is counted as one.
pub fn client(request: &Request) -> Option<IpAddr> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip())?;
    if !peer.to_canonical().is_loopback() {
        return Some(network(peer));
    }
    let headers = request.headers();
    if !HANDED_ON.iter().any(|name| headers.contains_key(*name)) {
        return None;
    }
    // What the proxy added stands last; what stands before it, in this line or another, the client may have written itself.
    let last = headers.get_all("x-forwarded-for").iter().next_back();
    let last = last.and_then(|line| line.to_str().ok()?.rsplit(',').next());
    Some(last.and_then(address).map_or(STRANGER, network))
}

/// Reads an address with or without a port: `203.0.113.9`, `203.0.113.9:5555`, `2001:db8::1`, `[2001:db8::1]:5555`.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let v6 = || bare?.parse::<Ipv6Addr>().ok().map(IpAddr::V6);
    text.parse().ok().or_else(|| text.parse().ok().map(|with_port: SocketAddr| with_port.ip())).or_else(v6)
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

    fn with(peer: &str, headers: &[(&str, &str)]) -> Option<IpAddr> {
        let mut builder = axum::http::Request::builder();
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        let mut request = builder.body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 1)));
        client(&request)
    }

    fn from(peer: &str, forwarded: Option<&str>) -> Option<IpAddr> {
        let line = forwarded.map(|forwarded| ("x-forwarded-for", forwarded));
        with(peer, line.as_slice())
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
    fn an_address_is_read_with_its_port_and_from_the_last_line() {
        let v4: Option<IpAddr> = "203.0.113.9".parse().ok();
        let v6: Option<IpAddr> = "2001:db8::".parse().ok();
        assert_eq!(from("127.0.0.1", Some("203.0.113.9:5555")), v4);
        assert_eq!(from("127.0.0.1", Some("10.0.0.1, [2001:db8::1]:5555")), v6);
        assert_eq!(from("127.0.0.1", Some("[2001:db8::1]")), v6);
        let lines = [("x-forwarded-for", "127.0.0.1"), ("x-forwarded-for", "10.0.0.1, 203.0.113.9")];
        assert_eq!(with("127.0.0.1", &lines), v4);
    }

    #[test]
    fn what_was_handed_on_is_never_taken_for_this_machine() {
        for unreadable in ["unknown", "", "203.0.113.9,", "203.0.113.9, unknown", "203.0.113.9:", "[::1", "é"] {
            assert_eq!(from("127.0.0.1", Some(unreadable)), Some(STRANGER), "{unreadable}");
        }
        let lines = [("x-forwarded-for", "203.0.113.9"), ("x-forwarded-for", "")];
        assert_eq!(with("::1", &lines), Some(STRANGER));
        assert_eq!(with("127.0.0.1", &[("forwarded", "for=127.0.0.1")]), Some(STRANGER));
        assert_eq!(with("127.0.0.1", &[("x-real-ip", "203.0.113.9")]), Some(STRANGER));
        assert!(from("127.0.0.1", Some("127.0.0.1")).is_some());
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
