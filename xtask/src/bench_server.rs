//! `cargo xtask bench server`: start, memory, answers a second and times to answer, beside a static file from nginx in the same run.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::browser::{Running, server, target};
use crate::cargo;

const PORT: u16 = 8437;
const NGINX_PORT: u16 = 8438;
/// How long each line is measured, in seconds.
const SECONDS: u64 = 10;

/// Measures and prints a table; false where something could not be measured.
pub fn bench() -> bool {
    if !Command::new("wrk").arg("-v").output().is_ok_and(|o| !o.stdout.is_empty() || !o.stderr.is_empty()) {
        eprintln!("wrk is not installed: nothing was measured");
        return false;
    }
    if !cargo(&["build", "--release", "--package", "yumen"]) {
        return false;
    }
    let program = target().join("release/yumen");
    let Ok(work) = fs::canonicalize(target()).map(|t| t.join("bench-server")) else { return false };
    if fs::create_dir_all(&work).is_err() {
        return false;
    }
    let data = work.join("data");
    let mut starts = Vec::new();
    for _ in 0..10 {
        #[expect(clippy::disallowed_methods, reason = "this is the measurement")]
        let begun = std::time::Instant::now();
        let Some(running) = server(&program, &data, PORT) else { return false };
        starts.push(begun.elapsed().as_secs_f64() * 1000.0);
        drop(running);
    }
    starts.sort_by(f64::total_cmp);
    println!("start to ready, 10 runs, empty data directory: median {:.0} ms, max {:.0} ms", starts[5], starts[9]);
    let Some(running) = server(&program, &data, PORT) else { return false };
    let site = format!("http://127.0.0.1:{PORT}");
    let question = "text=artificial+graphite+block,+purity+99.95+%25,+flexural+strength+45+MPa&on=2025-06-01";
    let entry = format!("{site}/en/entries/1C117");
    let Some(_nginx) = nginx(&work, &entry) else { return false };
    let file = format!("http://127.0.0.1:{NGINX_PORT}/page.html");
    println!("{:<44} {:>10} {:>10} {:>10}", "", "req/s", "p50 ms", "p99 ms");
    for (name, address) in [
        ("nginx, the entry page as a static file", &file),
        ("entry page, kept ready", &entry),
        ("check page, every answer worked out", &format!("{site}/en/check?{question}")),
        ("check API, every answer worked out", &format!("{site}/api/v1/check?{question}")),
        ("nginx again", &file),
    ] {
        full(name, address);
    }
    let fresh = work.join("fresh.lua");
    // Every request another day: nothing is kept ready.
    let script = "local n = 0\nrequest = function()\n n = n + 1\n local y = 2025 + n % 2\n return wrk.format('GET', string.format('/en/entries/1C117?on=%d-%02d-%02d&n=%d', y, 1 + n % 12, 1 + n % 28, n))\nend\n";
    if fs::write(&fresh, script).is_ok() {
        wrk("entry page, worked out every time", &[&format!("-s{}", fresh.display())], &site);
    }
    for (name, address) in [
        ("check page at 200 requests/s", format!("{site}/en/check?{question}")),
        ("check API at 200 requests/s", format!("{site}/api/v1/check?{question}")),
    ] {
        paced(&work, name, &address);
    }
    println!("resident memory after all of this: {} MB", resident(&running).unwrap_or(0) / 1024);
    true
}

fn full(name: &str, address: &str) {
    wrk(name, &["-c16"], address);
}

/// 200 requests a second: four connections that wait between requests, 20 ms each.
fn paced(work: &Path, name: &str, address: &str) {
    let script = work.join("paced.lua");
    // Four connections, one request every 20 ms each: 200 a second.
    if fs::write(&script, "delay = function() return 20 end\n").is_ok() {
        wrk(name, &["-c4", &format!("-s{}", script.display())], address);
    }
}

/// One line of the table, from what wrk prints.
fn wrk(name: &str, more: &[&str], address: &str) {
    let seconds = format!("-d{SECONDS}s");
    let mut arguments = vec!["-t1", "--latency", &seconds];
    arguments.extend(more);
    arguments.push(address);
    let output = Command::new("wrk")
        .args(&arguments)
        .output()
        .map(|o| String::from_utf8_lossy(&o.stdout).into_owned())
        .unwrap_or_default();
    let find = |label: &str| {
        output.lines().find_map(|l| l.trim().strip_prefix(label).map(|r| r.trim().to_owned())).unwrap_or_default()
    };
    println!("{name:<44} {:>10} {:>10} {:>10}", find("Requests/sec:"), millis(&find("50%")), millis(&find("99%")));
    for trouble in ["Non-2xx or 3xx responses:", "Socket errors:"] {
        let told = find(trouble);
        if !told.is_empty() {
            println!("  {trouble} {told}");
        }
    }
}

/// `812.00us` and `1.20ms` and `1.02s` in milliseconds.
fn millis(text: &str) -> String {
    let number = |end: &str| text.strip_suffix(end).and_then(|n| n.trim().parse::<f64>().ok());
    let value = number("us").map(|n| n / 1000.0).or_else(|| number("ms")).or_else(|| number("s").map(|n| n * 1000.0));
    value.map_or_else(|| text.to_owned(), |v| format!("{v:.2}"))
}

fn nginx(work: &Path, entry: &str) -> Option<Running> {
    let page = Command::new("curl").args(["-s", entry]).output().ok()?.stdout;
    fs::write(work.join("page.html"), page).ok()?;
    let place = work.display();
    let text = format!(
        "daemon off; worker_processes 2; pid {place}/nginx.pid; error_log {place}/error.log; events {{}} http {{ access_log off; types {{ text/html html; }} server {{ listen 127.0.0.1:{NGINX_PORT}; root {place}; }} }}"
    );
    let configuration = work.join("nginx.conf");
    fs::write(&configuration, text).ok()?;
    let child = Command::new("nginx").arg("-c").arg(&configuration).stderr(Stdio::null()).spawn();
    let running = child.inspect_err(|_| eprintln!("nginx is not installed: nothing was measured")).ok()?;
    std::thread::sleep(std::time::Duration::from_millis(500));
    Some(Running::of(running))
}

/// Resident memory in KB.
fn resident(running: &Running) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", running.id())).ok()?;
    status.lines().find_map(|l| l.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.trim().parse().ok())
}
