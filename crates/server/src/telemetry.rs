//! Logs and counters. Neither ever sees what somebody asks: routes instead of addresses, no queries, no bodies, no client addresses.

use std::time::Duration;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder};
use tracing_subscriber::EnvFilter;

/// How logs are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logs {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Sends logs to standard error.
pub fn init(level: &str, logs: Logs) {
    // Libraries speak at `warn` only: some would print addresses of requests at finer levels.
    let filter = if level == "off" {
        EnvFilter::new("off")
    } else {
        let quiet = if level == "error" { "error" } else { "warn" };
        EnvFilter::new(format!("{quiet},yumen={level},yumen_server={level}"))
    };
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false);
    // A second platform in one process (tests) keeps the first one's writer.
    let _ = match logs {
        Logs::Text => builder.try_init(),
        Logs::Json => builder.json().flatten_event(true).try_init(),
    };
}

/// Counters of one platform, in the form Prometheus reads.
pub struct Metrics {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
}

const REQUESTS: &str = "yumen_http_requests_total";
const SECONDS: &str = "yumen_http_request_seconds";

impl Metrics {
    /// Fresh counters.
    pub fn new() -> Result<Self, String> {
        let recorder = PrometheusBuilder::new()
            .set_buckets_for_metric(
                Matcher::Full(SECONDS.to_owned()),
                &[0.0005, 0.001, 0.002, 0.003, 0.005, 0.01, 0.015, 0.03, 0.1, 0.3, 1.0, 3.0],
            )
            .map_err(|e| e.to_string())?
            .build_recorder();
        let handle = recorder.handle();
        metrics::with_local_recorder(&recorder, || {
            metrics::describe_counter!(REQUESTS, "Requests by route, method and status.");
            metrics::describe_histogram!(SECONDS, metrics::Unit::Seconds, "Time to answer by route.");
        });
        Ok(Self { recorder, handle })
    }

    /// Counts an answer.
    pub fn count(&self, route: &str, method: &'static str, status: u16, took: Duration) {
        metrics::with_local_recorder(&self.recorder, || {
            let labels = [("route", route.to_owned()), ("method", method.to_owned()), ("status", status.to_string())];
            metrics::counter!(REQUESTS, &labels).increment(1);
            metrics::histogram!(SECONDS, "route" => route.to_owned()).record(took.as_secs_f64());
        });
    }

    /// Everything counted, as text.
    pub fn render(&self) -> String {
        self.handle.run_upkeep();
        self.handle.render()
    }
}
