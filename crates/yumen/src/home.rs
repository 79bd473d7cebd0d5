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
        make_key(&path, &secret).map_err(|e| Failure::written(&path, &e))?;
    }
    let secret = fs::read(&path).map_err(fail)?;
    let secret: [u8; 32] = secret.try_into().map_err(|_| {
        let path = path.display();
        Failure::data("key", format!("{path} 不是密钥文件。"), format!("{path} is no key."))
    })?;
    Ok(Signer::new(&secret))
}

/// Makes a key file that is whole or not there, and is never replaced: of programs that start at the same time the first one's key
/// counts, and the others sign with it.
fn make_key(path: &Path, secret: &[u8; 32]) -> std::io::Result<()> {
    let beside = beside(path, &unique("new"));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&beside).and_then(|mut file| file.write_all(secret).and_then(|()| file.sync_all()));
    // A link fails where the name is taken; a rename would put ours in the place of a key that has signed already.
    let made = written.and_then(|()| match fs::hard_link(&beside, path) {
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    });
    let _ = fs::remove_file(&beside);
    made?;
    sync_folder(path)
}

/// An ending that no other run uses.
fn unique(kind: &str) -> String {
    let mut bytes = [0_u8; 8];
    let _ = getrandom::fill(&mut bytes);
    format!(".{}-{:016x}.{kind}", std::process::id(), u64::from_le_bytes(bytes))
}

/// Makes a name in a folder last.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    match path.parent().filter(|p| !p.as_os_str().is_empty()) {
        Some(folder) if cfg!(unix) => fs::File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

/// Writes a file whole: beside its place first, then renamed. A link is followed, permissions stay as they are, and what is no plain
/// file (a pipe, a device) is written to, not replaced.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    place(path, |beside| {
        let mut file = fs::File::create(beside)?;
        file.write_all(bytes).and_then(|()| file.sync_all())
    })
    .map_err(|e| Failure::written(path, &e))
}

/// Puts in place what `write` writes to a file beside it, minding links, permissions and what is no plain file.
pub fn place(path: &Path, write: impl FnOnce(&Path) -> std::io::Result<()>) -> std::io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let before = fs::metadata(&target).ok();
    let beside = beside(&target, &unique("part"));
    if before.as_ref().is_some_and(|m| !m.is_file()) {
        let folder = std::env::temp_dir().join(format!("yumen{}", unique("part")));
        let copied = write(&folder).and_then(|()| {
            let mut from = fs::File::open(&folder)?;
            let mut to = fs::OpenOptions::new().write(true).open(&target)?;
            std::io::copy(&mut from, &mut to).map(|_| ())
        });
        let _ = fs::remove_file(&folder);
        return copied;
    }
    let written = write(&beside).and_then(|()| {
        if let Some(before) = before {
            fs::set_permissions(&beside, before.permissions())?;
        }
        fs::rename(&beside, &target)
    });
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
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

/// Refuses an output that is the input: it would be lost.
pub fn apart(input: &Path, out: &Path) -> Result<(), Failure> {
    let same = matches!((fs::canonicalize(input), fs::canonicalize(out)), (Ok(a), Ok(b)) if a == b);
    if same {
        let path = out.display();
        return Err(Failure::usage(
            "out",
            format!("{path} 就是输入文件：请另取名称。"),
            format!("{path} is the input itself: name another file."),
        ));
    }
    Ok(())
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
