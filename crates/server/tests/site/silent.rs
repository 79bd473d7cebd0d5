//! Connections on which nothing comes, or half of a request.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};
use yumen_server::Config;

use crate::support::Site;

/// Everything the server says until it closes the connection.
async fn until_closed(stream: &mut TcpStream) -> String {
    let mut said = Vec::new();
    let read = timeout(Duration::from_secs(20), stream.read_to_end(&mut said)).await;
    let _ = read.expect("the connection is closed after a while");
    String::from_utf8_lossy(&said).into_owned()
}

async fn ask(address: SocketAddr, path: &str, more: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: yumen\r\nconnection: close\r\n{more}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    until_closed(&mut stream).await
}

#[tokio::test]
async fn who_says_nothing_is_hung_up_on_and_the_others_are_answered() {
    let data = tempfile::tempdir().unwrap();
    let listen = SocketAddr::from(([127, 0, 0, 1], 0));
    let site = Site::with(Config { listen, ..Config::usual(data.path().to_owned()).unwrap() }, data).await;
    let (open, opened) = oneshot::channel();
    let (stop, stopped) = oneshot::channel::<()>();
    let opening = move |address| open.send(address).unwrap();
    let stopping = async move {
        let _ = stopped.await;
    };
    let server = tokio::spawn(yumen_server::serve(site.platform.clone(), opening, stopping));
    let address = opened.await.unwrap();
    let begun = Instant::now();
    let mut silent = TcpStream::connect(address).await.unwrap();
    let mut half = TcpStream::connect(address).await.unwrap();
    half.write_all(b"GET /health HTTP/1.1\r\nhost: yumen\r\nx-slow: ").await.unwrap();
    assert!(ask(address, "/health", "").await.starts_with("HTTP/1.1 200"));
    // The address of the client is known: this machine sees the counters, whom it hands a request on for does not.
    assert!(ask(address, "/metrics", "").await.starts_with("HTTP/1.1 200"));
    assert!(ask(address, "/metrics", "x-forwarded-for: unknown\r\n").await.starts_with("HTTP/1.1 404"));
    let mut dribble = tokio::spawn(async move {
        let said = until_closed(&mut half).await;
        (said, half)
    });
    assert_eq!(until_closed(&mut silent).await, "");
    let (said, _half) = (&mut dribble).await.unwrap();
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 408"), "{said}");
    assert!(begun.elapsed() > Duration::from_secs(8), "a slow line is given time");
    // An idle connection does not hold the server when it is asked to stop.
    let mut idle = TcpStream::connect(address).await.unwrap();
    idle.write_all(b"GET /health HTTP/1.1\r\nhost: yumen\r\n\r\n").await.unwrap();
    let mut first = [0_u8; 12];
    idle.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    let asked = Instant::now();
    stop.send(()).unwrap();
    server.await.unwrap().unwrap();
    assert!(asked.elapsed() < Duration::from_secs(4), "an idle connection is closed at once");
}
