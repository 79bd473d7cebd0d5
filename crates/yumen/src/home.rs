//! The data directory: the key that signs records, imported lists, answers.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use yumen_papers::Signer;

use crate::failure::Failure;

/// The data directory: as given, or the platform's.
pub fn directory(given: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(given) = given {
        return Ok(given.to_owned());
    }
    let strategy = etcetera::choose_base_strategy().map_err(|_| {
        Failure::usage(
            "data",
            "找不到用户目录：请用 --data 指定数据目录。",
            "There is no home directory: name a data directory with --data.",
        )
    })?;
    Ok(strategy.data_dir().join("yumen"))
}

/// The signer of this installation. Its secret is made on first use and readable by its owner alone.
pub fn signer(data: &Path) -> Result<Signer, Failure> {
    let path = data.join("keys").join("determination.ed25519");
    let fail = |e: std::io::Error| Failure::file(&path, &e);
    if !path.exists() {
        fs::create_dir_all(data.join("keys")).map_err(fail)?;
        let mut secret = [0_u8; 32];
        getrandom::fill(&mut secret).map_err(|e| Failure::file(&path, &e))?;
        // Written beside and renamed, so that a crash leaves a whole key or none.
        let beside = path.with_extension("new");
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&beside).map_err(fail)?;
        file.write_all(&secret).and_then(|()| file.sync_all()).map_err(fail)?;
        fs::rename(&beside, &path).map_err(fail)?;
    }
    let secret = fs::read(&path).map_err(fail)?;
    let secret: [u8; 32] = secret.try_into().map_err(|_| {
        let path = path.display();
        Failure::data("key", format!("{path} 不是密钥文件。"), format!("{path} is no key."))
    })?;
    Ok(Signer::new(&secret))
}

/// Writes a file whole: beside its place first, then renamed.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let fail = |e: std::io::Error| Failure::file(path, &e);
    let mut name = path.file_name().map(std::ffi::OsStr::to_os_string).unwrap_or_default();
    name.push(".part");
    let beside = path.with_file_name(name);
    let mut file = fs::File::create(&beside).map_err(fail)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(fail)?;
    fs::rename(&beside, path).map_err(fail)
}
