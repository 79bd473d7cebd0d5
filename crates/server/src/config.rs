//! What can be set, and where each value came from: defaults, then a TOML file, then `YUMEN_*`, then the command line.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// Largest configuration file read, in bytes.
const LARGEST: u64 = 64 * 1024;

/// The configuration in effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Config {
    /// Where the server listens.
    pub listen: SocketAddr,
    /// The data directory: signing key, SQLite file.
    pub data: PathBuf,
    /// The address people reach it by, without a slash at the end; links in feeds and QR codes begin with it.
    pub base_url: String,
    /// `off`, `error`, `warn`, `info`, `debug`.
    pub log: String,
    /// `text` or `json`.
    pub log_format: String,
    /// Requests a second that one address may send on average; 0 for no limit. Requests from this machine itself are not limited.
    pub rate: u32,
    /// Requests one address may send at once.
    pub rate_burst: u32,
    /// Largest body accepted, in bytes.
    pub body_limit: usize,
    /// Longest time a request may take, in seconds.
    pub timeout: u64,
    /// Memory for ready-made pages, in megabytes; 0 for none.
    pub cache: u64,
    /// Whether `/metrics` also answers other machines.
    pub metrics_public: bool,
    /// Most determination records and links kept; the oldest links go first.
    pub most_stored: u32,
}

/// One setting with the place it was set at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Setting {
    /// Its name in the file; in the environment it is `YUMEN_` and the name in capitals.
    pub name: &'static str,
    /// Its value, as TOML writes it.
    pub value: String,
    /// `default`, `file`, `environment`, `command line`.
    pub from: &'static str,
}

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("the configuration {path} cannot be read: {why}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system or the reader says.
        why: String,
    },
    /// A value is of the wrong kind or out of range.
    #[error("{name} = {value:?} cannot be used: {expected}")]
    BadValue {
        /// The setting.
        name: String,
        /// As written.
        value: String,
        /// What would be right.
        expected: &'static str,
    },
}

impl ConfigError {
    /// The sentence in Chinese; the English one is the error's own.
    pub fn zh(&self) -> String {
        match self {
            Self::Unreadable { path, why } => format!("配置文件 {} 无法读取：{why}", path.display()),
            Self::BadValue { name, value, expected } => format!("{name} = {value:?} 无法使用：{expected}"),
        }
    }
}

/// Settings as a file or the environment gives them: text, read in one place.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    listen: Option<toml::Value>,
    base_url: Option<toml::Value>,
    log: Option<toml::Value>,
    log_format: Option<toml::Value>,
    rate: Option<toml::Value>,
    rate_burst: Option<toml::Value>,
    body_limit: Option<toml::Value>,
    timeout: Option<toml::Value>,
    cache: Option<toml::Value>,
    metrics_public: Option<toml::Value>,
    most_stored: Option<toml::Value>,
}

impl Written {
    fn get(&self, name: &str) -> Option<String> {
        let value = match name {
            "listen" => &self.listen,
            "base_url" => &self.base_url,
            "log" => &self.log,
            "log_format" => &self.log_format,
            "rate" => &self.rate,
            "rate_burst" => &self.rate_burst,
            "body_limit" => &self.body_limit,
            "timeout" => &self.timeout,
            "cache" => &self.cache,
            "metrics_public" => &self.metrics_public,
            "most_stored" => &self.most_stored,
            _ => &None,
        };
        value.as_ref().map(|v| match v {
            toml::Value::String(text) => text.clone(),
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Boolean(yes) => yes.to_string(),
            // No setting takes anything else; the reader of the setting says what it wants.
            other => format!("{other:?}"),
        })
    }
}

/// Reads settings one by one and remembers where each came from.
struct Reader<'a> {
    file: Written,
    environment: &'a dyn Fn(&str) -> Option<String>,
    command_line: &'a [(&'static str, String)],
    settings: Vec<Setting>,
}

impl Reader<'_> {
    fn read<T>(
        &mut self,
        name: &'static str,
        default: &str,
        expected: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<T, ConfigError> {
        let variable = format!("YUMEN_{}", name.to_uppercase());
        let given = self.command_line.iter().find(|(n, _)| *n == name).map(|(_, v)| (v.clone(), "command line"));
        let (value, from) = given
            .or_else(|| (self.environment)(&variable).map(|v| (v, "environment")))
            .or_else(|| self.file.get(name).map(|v| (v, "file")))
            .unwrap_or_else(|| (default.to_owned(), "default"));
        let read = parse(value.trim()).ok_or_else(|| ConfigError::BadValue {
            name: if from == "environment" { variable } else { name.to_owned() },
            value: value.chars().take(80).collect(),
            expected,
        })?;
        self.settings.push(Setting { name, value, from });
        Ok(read)
    }
}

impl Config {
    /// The configuration in effect, with the place each setting came from.
    ///
    /// `file` must exist where it is given; without it, `yumen.toml` in the data directory is read where there is one.
    ///
    /// # Errors
    /// Where the file cannot be read or a value cannot be used.
    pub fn read(
        data: PathBuf,
        file: Option<&Path>,
        environment: &dyn Fn(&str) -> Option<String>,
        command_line: &[(&'static str, String)],
    ) -> Result<(Self, Vec<Setting>), ConfigError> {
        let usual = data.join("yumen.toml");
        let written = match file {
            Some(file) => open(file)?,
            None if usual.exists() => open(&usual)?,
            None => Written::default(),
        };
        let mut reader = Reader { file: written, environment, command_line, settings: Vec::new() };
        let listen: SocketAddr =
            reader.read("listen", "127.0.0.1:8417", "an address and port, for example 127.0.0.1:8417", |v| {
                v.parse().ok()
            })?;
        let home = format!("http://{listen}");
        let config = Self {
            listen,
            base_url: reader.read("base_url", &home, "an address that begins with http:// or https://", base_url)?,
            log: reader.read("log", "info", "off, error, warn, info or debug", |v| {
                ["off", "error", "warn", "info", "debug"].contains(&v).then(|| v.to_owned())
            })?,
            log_format: reader
                .read("log_format", "text", "text or json", |v| ["text", "json"].contains(&v).then(|| v.to_owned()))?,
            rate: reader
                .read("rate", "20", "requests a second, 0 to 100000", |v| v.parse().ok().filter(|n| *n <= 100_000))?,
            rate_burst: reader
                .read("rate_burst", "200", "1 to 100000", |v| v.parse().ok().filter(|n| (1..=100_000).contains(n)))?,
            body_limit: reader.read("body_limit", "1048576", "bytes, 1024 to 16777216", |v| {
                v.parse().ok().filter(|n| (1024..=16 * 1024 * 1024).contains(n))
            })?,
            timeout: reader
                .read("timeout", "10", "seconds, 1 to 300", |v| v.parse().ok().filter(|n| (1..=300).contains(n)))?,
            cache: reader.read("cache", "24", "megabytes, 0 to 4096", |v| v.parse().ok().filter(|n| *n <= 4096))?,
            metrics_public: reader.read("metrics_public", "false", "true or false", |v| v.parse().ok())?,
            most_stored: reader.read("most_stored", "100000", "1 to 100000000", |v| {
                v.parse().ok().filter(|n| (1..=100_000_000).contains(n))
            })?,
            data,
        };
        let mut settings = reader.settings;
        settings.insert(
            1,
            Setting {
                name: "data",
                value: config.data.display().to_string(),
                from: "command line, environment or platform",
            },
        );
        Ok((config, settings))
    }

    /// The configuration as it is without a file or a variable, for a data directory.
    ///
    /// # Errors
    /// Never: the defaults are valid, as a test shows.
    pub fn usual(data: PathBuf) -> Result<Self, ConfigError> {
        Self::read(data, None, &|_| None, &[]).map(|(config, _)| config)
    }
}

fn base_url(text: &str) -> Option<String> {
    let trimmed = text.trim_end_matches('/');
    let rest = trimmed.strip_prefix("https://").or_else(|| trimmed.strip_prefix("http://"))?;
    let plain = !rest.is_empty() && rest.chars().all(|c| c.is_ascii_graphic() && !"\"'<>\\".contains(c));
    plain.then(|| trimmed.to_owned())
}

fn open(path: &Path) -> Result<Written, ConfigError> {
    let fail = |why: String| ConfigError::Unreadable { path: path.to_owned(), why };
    let size = std::fs::metadata(path).map_err(|e| fail(e.to_string()))?.len();
    if size > LARGEST {
        return Err(fail(format!("{size} bytes; the limit is {LARGEST}")));
    }
    let text = std::fs::read_to_string(path).map_err(|e| fail(e.to_string()))?;
    toml::from_str(&text).map_err(|e| fail(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(settings: &[Setting], name: &str) -> (String, &'static str) {
        let found = settings.iter().find(|s| s.name == name).unwrap();
        (found.value.clone(), found.from)
    }

    #[test]
    fn the_nearer_place_wins() {
        let data = tempfile::tempdir().unwrap();
        std::fs::write(data.path().join("yumen.toml"), "rate = 5\ntimeout = 3\nlog = \"warn\"\n").unwrap();
        let environment = |name: &str| (name == "YUMEN_TIMEOUT").then(|| "4".to_owned());
        let line = [("log", "debug".to_owned())];
        let (config, settings) = Config::read(data.path().to_owned(), None, &environment, &line).unwrap();
        assert_eq!((config.rate, config.timeout, config.log.as_str()), (5, 4, "debug"));
        assert_eq!(from(&settings, "rate"), ("5".to_owned(), "file"));
        assert_eq!(from(&settings, "timeout"), ("4".to_owned(), "environment"));
        assert_eq!(from(&settings, "log"), ("debug".to_owned(), "command line"));
        assert_eq!(from(&settings, "listen"), ("127.0.0.1:8417".to_owned(), "default"));
    }

    #[test]
    fn what_cannot_be_meant_is_refused_by_name() {
        for (name, value) in [("listen", "here"), ("base_url", "javascript:1"), ("rate", "-1"), ("body_limit", "1")] {
            let line = [(name, value.to_owned())];
            let refused = Config::read(PathBuf::from("/nowhere"), None, &|_| None, &line);
            assert!(matches!(refused, Err(ConfigError::BadValue { name: n, .. }) if n == name), "{name}");
        }
        let data = tempfile::tempdir().unwrap();
        std::fs::write(data.path().join("yumen.toml"), "colour = 1\n").unwrap();
        assert!(matches!(Config::usual(data.path().to_owned()), Err(ConfigError::Unreadable { .. })));
    }
}
