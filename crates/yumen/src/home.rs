//! The data directory: the key that signs records, adopted law, imported lists, answers.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use etcetera::BaseStrategy as _;
use sha2::{Digest as _, Sha256};
use yumen_assess::{Engine, Prepared};
use yumen_lawbook::{Book, BookError, SourceFile};
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

/// The files adopted in the data directory; `None` where nothing was adopted.
pub fn adopted(data: Option<&Path>) -> Result<Option<Adopted>, Failure> {
    // Without a home there is nothing that could have been adopted.
    let Ok(data) = directory(data) else { return Ok(None) };
    let folder = data.join("lawbook");
    if !folder.is_dir() {
        return Ok(None);
    }
    match yumen_lawbook::read_directory(&folder) {
        Ok(files) => Ok(Some(Adopted { data, files })),
        Err(yumen_lawbook::SourceError::Empty { .. }) => Ok(None),
        Err(error) => Err(BookError::from(error).into()),
    }
}

/// Adopted files and the data directory they stand in.
pub struct Adopted {
    data: PathBuf,
    files: Vec<SourceFile>,
}

/// The files of the book in use: a directory, or those of the program with the adopted ones over them.
pub fn book_files(directory: Option<&Path>, data: Option<&Path>) -> Result<Vec<SourceFile>, Failure> {
    if let Some(directory) = directory {
        return Ok(yumen_lawbook::read_directory(directory).map_err(BookError::from)?);
    }
    let base = yumen_lawbook::embedded_files();
    Ok(match adopted(data)? {
        Some(adopted) => yumen_lawbook::overlaid(base, adopted.files),
        None => base,
    })
}

/// The program's book with the adopted files over it, and an engine where one is needed. What is worked out is kept beside the
/// files, because it takes some tenths of a second; it is only used for the very same files and program.
pub fn overlaid(adopted: &Adopted, asks: bool) -> Result<(Arc<Book>, Option<Arc<Engine>>), Failure> {
    let files = yumen_lawbook::overlaid(yumen_lawbook::embedded_files(), adopted.files.clone());
    let key = cache_key(&files);
    let folder = adopted.data.join("cache");
    let path = |kind: &str| folder.join(format!("{kind}-{key}.bin"));
    let kept_book = fs::read(path("book")).ok().and_then(|bytes| Book::from_bytes(&bytes).ok());
    let book = if let Some(book) = kept_book {
        Arc::new(book)
    } else {
        let book = Arc::new(Book::from_files(&files)?);
        // A cache that cannot be written costs time, nothing else.
        let _ = fs::remove_dir_all(&folder);
        if fs::create_dir_all(&folder).is_ok()
            && let Ok(bytes) = book.to_bytes()
        {
            let _ = write_whole(&path("book"), &bytes);
        }
        book
    };
    if !asks {
        return Ok((book, None));
    }
    let kept = fs::read(path("prepared")).ok().and_then(|bytes| Prepared::from_bytes(&bytes).ok());
    let prepared = if let Some(prepared) = kept {
        prepared
    } else {
        let prepared = Prepared::of(&book);
        if let Ok(bytes) = prepared.to_bytes() {
            let _ = write_whole(&path("prepared"), &bytes);
        }
        prepared
    };
    let engine = Engine::with(Arc::clone(&book), prepared)?;
    Ok((book, Some(Arc::new(engine))))
}

/// A name for a set of files read by this program.
fn cache_key(files: &[SourceFile]) -> String {
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    for file in files {
        for part in [&file.path, &file.text] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
    }
    hash.finalize().iter().take(16).map(|b| format!("{b:02x}")).collect()
}

/// The path of a file that stands beside another, with an ending added to its name.
pub fn beside(out: &Path, ending: &str) -> PathBuf {
    let mut name = out.file_name().map(std::ffi::OsStr::to_os_string).unwrap_or_default();
    name.push(ending);
    out.with_file_name(name)
}

/// SHA-256 of a file in hexadecimal, read piece by piece.
pub fn digest(path: &Path) -> Result<String, Failure> {
    let mut file = fs::File::open(path).map_err(|e| Failure::file(path, &e))?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0_u8; 256 * 1024];
    loop {
        let n = file.read(&mut buffer).map_err(|e| Failure::file(path, &e))?;
        if n == 0 {
            break;
        }
        hash.update(&buffer[..n]);
    }
    Ok(hash.finalize().iter().map(|b| format!("{b:02x}")).collect())
}
