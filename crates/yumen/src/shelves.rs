//! Lists of other regimes, kept in the data directory once they were imported.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use yumen_assess::Engine;
use yumen_foreign::Shelf;
use yumen_foreign::list::ForeignList;
use yumen_lawbook::Book;

use crate::failure::Failure;
use crate::home;

/// First bytes of a kept list; the number goes up when its form changes.
const MAGIC: &[u8] = b"yumen foreign list 1\n";

fn path(data: &Path, regime: &str) -> PathBuf {
    data.join("regimes").join(format!("{regime}.list"))
}

/// Keeps a list, in place of the one of its regime that was kept before.
pub fn keep(data: &Path, list: &ForeignList) -> Result<PathBuf, Failure> {
    let path = path(data, &list.regime);
    let fail = |e: &dyn std::fmt::Display| Failure::file(&path, e);
    fs::create_dir_all(data.join("regimes")).map_err(|e| fail(&e))?;
    let mut bytes = MAGIC.to_vec();
    bytes.extend(list.to_bytes().map_err(|e| fail(&e))?);
    home::write_whole(&path, &bytes)?;
    Ok(path)
}

/// The lists that were imported, in order of regime.
pub fn lists(book: &Book, data: &Path) -> Result<Vec<ForeignList>, Failure> {
    let mut all = Vec::new();
    for regime in book.regimes.keys() {
        let path = path(data, regime);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => continue,
            Err(e) => return Err(Failure::file(&path, &e)),
        };
        let list = bytes.strip_prefix(MAGIC).and_then(|rest| ForeignList::from_bytes(rest).ok());
        all.push(list.ok_or_else(|| {
            let path = path.display();
            Failure::data(
                "foreign_list",
                format!("{path} 不是本版程序保存的清单，请重新导入。"),
                format!("{path} is no list kept by this version of the program; import it again."),
            )
        })?);
    }
    Ok(all)
}

/// True where a list was imported.
pub fn any(book: &Book, data: &Path) -> bool {
    book.regimes.keys().any(|regime| path(data, regime).exists())
}

/// The imported lists, ready to be searched. The index of each is kept beside it and made anew when the law book has changed.
pub fn open(engine: &Arc<Engine>, data: &Path) -> Result<Vec<Shelf>, Failure> {
    let lists = lists(engine.book(), data)?;
    Ok(lists.into_iter().filter_map(|list| shelf(engine, data, list)).collect())
}

fn shelf(engine: &Arc<Engine>, data: &Path, list: ForeignList) -> Option<Shelf> {
    let path = path(data, &list.regime).with_extension("index");
    let kept = fs::read(&path).ok();
    if let Some(shelf) = kept.and_then(|bytes| Shelf::with(Arc::clone(engine), list.clone(), &bytes)) {
        return Some(shelf);
    }
    let shelf = Shelf::new(Arc::clone(engine), list)?;
    // An index that cannot be kept costs time at the next question, nothing else.
    if let Ok(bytes) = shelf.prepared() {
        let _ = home::write_whole(&path, &bytes);
    }
    Some(shelf)
}
