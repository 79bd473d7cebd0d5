//! `cargo xtask browser`: the pages in headless Chromium, judged by axe-core and html-validate.
//!
//! Fetches what it needs where it is missing (Chromium and its driver from the system's packages, the two judges from npm); where
//! that cannot be had it fails and says so. Nothing is passed that was not run.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::cargo;

/// A program that is ended when its owner goes.
pub struct Running(Child);

impl Running {
    /// Takes a program over.
    pub fn of(child: Child) -> Self {
        Self(child)
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn target() -> PathBuf {
    std::env::var("CARGO_TARGET_DIR").map_or_else(|_| PathBuf::from("target"), PathBuf::from)
}

/// Starts the server on a port with an empty data directory and waits until it says that it is ready.
pub fn server(program: &Path, data: &Path, port: u16) -> Option<Running> {
    let _ = fs::remove_dir_all(data);
    let mut child = Command::new(program)
        .arg("--data")
        .arg(data)
        .args(["serve", "--log", "warn", "--listen", &format!("127.0.0.1:{port}")])
        .env("YUMEN_BASE_URL", format!("http://127.0.0.1:{port}"))
        .stdout(Stdio::piped())
        .spawn()
        .inspect_err(|e| eprintln!("{} cannot be started: {e}", program.display()))
        .ok()?;
    let mut line = String::new();
    let read = child.stdout.take().map(|out| BufReader::new(out).read_line(&mut line));
    let running = Running(child);
    if matches!(read, Some(Ok(n)) if n > 0) {
        return Some(running);
    }
    eprintln!("the server did not start");
    None
}

fn has(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|o| o.status.success())
}

fn run(program: &str, arguments: &[&str], directory: &Path) -> bool {
    eprintln!("+ {program} {}", arguments.join(" "));
    Command::new(program).args(arguments).current_dir(directory).status().is_ok_and(|s| s.success())
}

/// Chromium and its driver, from the system's packages where they are missing.
fn install() -> bool {
    if has("chromium") && has("chromedriver") {
        return true;
    }
    let here = Path::new(".");
    let packages = ["install", "-y", "--no-install-recommends", "chromium", "chromium-driver", "fonts-noto-cjk"];
    let root = run("apt-get", &["update"], here) && run("apt-get", &packages, here);
    let installed = root
        || (run("sudo", &["apt-get", "update"], here) && run("sudo", &[&["apt-get"], &packages[..]].concat(), here));
    if !installed {
        eprintln!(
            "chromium and chromium-driver are not here and could not be installed: the browser tests were NOT run"
        );
    }
    installed
}

/// Runs every test in the browser; false where one failed or could not be run.
pub fn browser() -> bool {
    let place = fs::canonicalize(".").unwrap_or_default();
    let work = place.join(target()).join("browser");
    let shots = work.join("shots");
    if fs::create_dir_all(&shots).is_err() || !install() {
        return false;
    }
    // Versions are fixed, so that the judges say the same tomorrow.
    if !run(
        "npm",
        &["install", "--no-save", "--no-audit", "--no-fund", "axe-core@4.10.3", "html-validate@9.5.3"],
        &work,
    ) {
        eprintln!("axe-core and html-validate could not be fetched: the browser tests were NOT run");
        return false;
    }
    if !cargo(&["build", "--package", "yumen"]) {
        return false;
    }
    let Some(_server) = server(&target().join("debug/yumen"), &work.join("data"), 8427) else { return false };
    let driver = Command::new("chromedriver").arg("--port=9527").stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let Ok(driver) = driver else {
        eprintln!("chromedriver cannot be started: the browser tests were NOT run");
        return false;
    };
    let _driver = Running(driver);
    std::thread::sleep(std::time::Duration::from_secs(1));
    let program = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let passed = Command::new(program)
        .args([
            "test",
            "--package",
            "yumen-server",
            "--features",
            "browser",
            "--test",
            "browser",
            "--",
            "--test-threads=2",
        ])
        .env("YUMEN_SITE", "http://127.0.0.1:8427")
        .env("YUMEN_DRIVER", "http://127.0.0.1:9527")
        .env("YUMEN_AXE", work.join("node_modules/axe-core/axe.min.js"))
        .env("YUMEN_SHOTS", &shots)
        .status()
        .is_ok_and(|s| s.success());
    println!("screenshots to look at: {}", shots.display());
    passed && valid(&work, &shots)
}

/// Every page as the server sent it, against the rules of HTML.
fn valid(work: &Path, shots: &Path) -> bool {
    // The standard's rules; the rest of the validator's own taste (line length, quotes, ...) is not asked.
    let rules = r#"{ "extends": ["html-validate:standard"], "rules": { "no-trailing-whitespace": "off", "long-title": "off", "void-style": "off", "no-implicit-button-type": "off", "valid-id": "off", "tel-non-breaking": "off", "svg-focusable": "off", "prefer-native-element": "off" } }"#;
    if fs::write(work.join(".htmlvalidate.json"), rules).is_err() {
        return false;
    }
    let pages: Vec<String> = fs::read_dir(shots)
        .into_iter()
        .flatten()
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.extension().is_some_and(|x| x == "html"))
        .map(|p| p.display().to_string())
        .collect();
    println!("{} pages are judged by html-validate", pages.len());
    let mut arguments = vec!["html-validate"];
    arguments.extend(pages.iter().map(String::as_str));
    !pages.is_empty() && run("npx", &arguments, work)
}
