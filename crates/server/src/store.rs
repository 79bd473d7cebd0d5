//! The little that is kept without accounts: links to questions and signed determination records, in one SQLite file.
//!
//! Both are found by a random number of 128 bits and by nothing else: who has the link can read it, nobody can list them.

use std::path::Path;
use std::time::Duration;

use sqlx::Row as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use yumen_lawbook::Day;

/// The store.
#[derive(Debug, Clone)]
pub struct Store {
    pool: SqlitePool,
    most: u32,
}

/// A store that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The directory cannot be made or written.
    #[error("the data directory {path} cannot be used: {why}")]
    Directory {
        /// The directory.
        path: std::path::PathBuf,
        /// What the system says.
        why: std::io::Error,
    },
    /// The database says no.
    #[error("the store cannot be used: {0}")]
    Database(#[from] sqlx::Error),
    /// No randomness on this machine.
    #[error("no random number could be had: {0}")]
    Random(getrandom::Error),
    /// The store holds as much as it may.
    #[error("the store is full")]
    Full,
}

/// What is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A question, to be asked again by its link.
    Link,
    /// A signed determination record.
    Record,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Record => "record",
        }
    }
}

const TABLES: &[&str] = &[
    "create table if not exists kept (
        id text primary key not null,
        kind text not null check (kind in ('link', 'record')),
        made text not null,
        body text not null
    ) strict, without rowid",
    "create index if not exists kept_by_kind on kept (kind, made)",
];

impl Store {
    /// The store in a data directory, made on first use.
    ///
    /// # Errors
    /// Where the directory or the file cannot be used.
    pub async fn open(data: &Path, most: u32) -> Result<Self, StoreError> {
        std::fs::create_dir_all(data).map_err(|why| StoreError::Directory { path: data.to_owned(), why })?;
        let options = SqliteConnectOptions::new()
            .filename(data.join("site.db"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(3));
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(Duration::from_secs(3))
            .connect_with(options)
            .await?;
        for table in TABLES {
            sqlx::query(*table).execute(&pool).await?;
        }
        Ok(Self { pool, most })
    }

    /// Keeps a text and returns the number it is found by.
    ///
    /// # Errors
    /// Where the store cannot be written or is full of records.
    pub async fn keep(&self, kind: Kind, body: &str, made: Day) -> Result<String, StoreError> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes).map_err(StoreError::Random)?;
        let id = format!("{:032x}", u128::from_le_bytes(bytes));
        // One transaction that takes the write lock at once: two visitors at the limit cannot both slip below it.
        let mut transaction = self.pool.begin_with("begin immediate").await?;
        let held: i64 = sqlx::query("select count(*) from kept where kind = $1")
            .bind(kind.name())
            .fetch_one(&mut *transaction)
            .await?
            .get(0);
        if held >= i64::from(self.most) {
            if kind == Kind::Record {
                return Err(StoreError::Full);
            }
            sqlx::query(
                "delete from kept where id in (select id from kept where kind = 'link' order by made, id limit $1)",
            )
            .bind(i64::from(self.most / 10).max(1))
            .execute(&mut *transaction)
            .await?;
        }
        sqlx::query("insert into kept (id, kind, made, body) values ($1, $2, $3, $4)")
            .bind(&id)
            .bind(kind.name())
            .bind(made.to_string())
            .bind(body)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// What is kept under a number.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub async fn find(&self, kind: Kind, id: &str) -> Result<Option<String>, StoreError> {
        if id.len() != 32 || !id.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
            return Ok(None);
        }
        let row = sqlx::query("select body from kept where id = $1 and kind = $2")
            .bind(id)
            .bind(kind.name())
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.map(|row| row.get(0)))
    }

    /// True where the store answers.
    pub async fn is_ready(&self) -> bool {
        sqlx::query("select 1").execute(&self.pool).await.is_ok()
    }

    /// Closes the file, so that nothing is left in the write-ahead log.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> Day {
        Day::new(2026, 11, 21).unwrap()
    }

    #[tokio::test]
    async fn what_is_kept_is_found_by_its_number_and_kind_alone() {
        let data = tempfile::tempdir().unwrap();
        let store = Store::open(data.path(), 100).await.unwrap();
        let id = store.keep(Kind::Record, "{}", day()).await.unwrap();
        store.close().await;
        let store = Store::open(data.path(), 100).await.unwrap();
        assert_eq!(store.find(Kind::Record, &id).await.unwrap().as_deref(), Some("{}"));
        assert_eq!(store.find(Kind::Link, &id).await.unwrap(), None);
        for wrong in ["", "' or 1=1 --", "../../etc/passwd", &"a".repeat(32), &id.to_uppercase()] {
            assert_eq!(store.find(Kind::Record, wrong).await.unwrap(), None, "{wrong}");
        }
    }

    #[tokio::test]
    async fn a_full_store_drops_old_links_and_refuses_records() {
        let data = tempfile::tempdir().unwrap();
        let store = Store::open(data.path(), 3).await.unwrap();
        let first = store.keep(Kind::Link, "1", day()).await.unwrap();
        for n in 1..4 {
            store.keep(Kind::Link, "n", day().plus_days(n)).await.unwrap();
            if n < 3 {
                store.keep(Kind::Record, "r", day()).await.unwrap();
            }
        }
        assert_eq!(store.find(Kind::Link, &first).await.unwrap(), None);
        store.keep(Kind::Record, "r", day()).await.unwrap();
        assert!(matches!(store.keep(Kind::Record, "r", day()).await, Err(StoreError::Full)));
    }
}
