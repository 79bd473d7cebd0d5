//! `yumen serve`, `yumen mcp`, `yumen config`: the platform for visitors and assistants.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;
use yumen_server::{
    Config, ConfigError, Logs, Platform, Setting, Start, StartError, embedded_guidance, init_logs, mcp_stdio,
};

use crate::cli::{Cli, Settings};
use crate::context::Context;
use crate::failure::{BAD_DATA, Failure};
use crate::show::out::{Page, json};
use crate::{home, today};

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::data("config", error.zh(), error.to_string())
    }
}

fn start_failure(error: &StartError) -> Failure {
    let text = error.to_string();
    Failure::data("start", format!("无法启动：{text}。"), format!("The platform cannot start: {text}."))
}

fn read(cli: &Cli, settings: &Settings) -> Result<(Config, Vec<Setting>), Failure> {
    let data: PathBuf = home::directory(cli.data.as_deref())?;
    let given = [("listen", &settings.listen), ("base_url", &settings.base_url), ("log", &settings.log)];
    let line: Vec<(&'static str, String)> = given.into_iter().filter_map(|(n, v)| Some((n, v.clone()?))).collect();
    let environment = |name: &str| std::env::var(name).ok();
    Ok(Config::read(data, settings.config.as_deref(), &environment, &line)?)
}

/// Prints the configuration in effect.
pub fn config(cli: &Cli, settings: &Settings) -> Result<(String, u8), Failure> {
    let (config, settings) = read(cli, settings)?;
    if cli.json {
        #[derive(Serialize)]
        struct Shown {
            config: Config,
            settings: Vec<Setting>,
        }
        return Ok((json(&Shown { config, settings }), 0));
    }
    let mut page = Page::new(cli.language());
    for setting in settings {
        // The output can be kept as yumen.toml.
        let plain = setting.value.parse::<i64>().is_ok() || setting.value.parse::<bool>().is_ok();
        let value = if plain { setting.value.clone() } else { format!("{:?}", setting.value) };
        let mark = if setting.name == "data" { "# " } else { "" };
        page.line(&format!("{mark}{} = {value}  # {}", setting.name, setting.from));
    }
    Ok((page.finish(), 0))
}

fn platform(context: &Context, config: Config) -> Result<Start, Failure> {
    let guidance = embedded_guidance().map_err(|e| {
        Failure::data("guidance", format!("指南无法读取：{e}。"), format!("The guidance cannot be read: {e}."))
    })?;
    Ok(Start {
        engine: context.engine(),
        guidance,
        signer: home::signer(&config.data)?,
        config,
        clock: Box::new(today::in_beijing),
    })
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| Failure::data("start", format!("无法启动：{e}。"), format!("The platform cannot start: {e}.")))
}

/// Serves until it is told to stop.
pub fn serve(context: &Context, cli: &Cli, settings: &Settings) -> Result<(String, u8), Failure> {
    let (config, _) = read(cli, settings)?;
    init_logs(&config.log, if config.log_format == "json" { Logs::Json } else { Logs::Text });
    let base = config.base_url.clone();
    let data = config.data.display().to_string();
    let lang = context.lang;
    let start = platform(context, config)?;
    runtime()?.block_on(async {
        let platform: Arc<Platform> = Platform::start(start).await.map_err(|e| start_failure(&e))?;
        let opened = |address| {
            let line = match lang {
                yumen_lawbook::Lang::Zh => {
                    format!("玉门已就绪：{base}  （监听 {address}，数据目录 {data}，Ctrl-C 停止）")
                }
                yumen_lawbook::Lang::En => {
                    format!("Yumen is ready: {base}  (listening on {address}, data in {data}, Ctrl-C stops)")
                }
            };
            let _ = writeln!(anstream::stdout(), "{line}");
            let _ = anstream::stdout().flush();
        };
        yumen_server::serve(platform, opened, stopped()).await.map_err(|e| start_failure(&e))
    })?;
    Ok((String::new(), 0))
}

/// Answers an assistant until it hangs up.
pub fn mcp(context: &Context, cli: &Cli) -> Result<(String, u8), Failure> {
    let none = Settings { config: None, listen: None, base_url: None, log: None };
    let (config, _) = read(cli, &none)?;
    // Standard output belongs to the protocol; warnings go to standard error.
    init_logs("warn", Logs::Text);
    let start = platform(context, config)?;
    runtime()?.block_on(async {
        let platform = Platform::start(start).await.map_err(|e| start_failure(&e))?;
        mcp_stdio(platform).await.map_err(|e| Failure {
            exit: BAD_DATA,
            code: "mcp",
            message: yumen_lawbook::Bilingual::new(format!("连接中断：{e}。"), format!("The connection broke: {e}.")),
        })
    })?;
    Ok((String::new(), 0))
}

/// Done when the program is asked to stop: Ctrl-C, or the system's own way.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
            let _ = interrupt.await;
            return;
        };
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _ = interrupt.await;
    }
}
