//! What every door shares: the engine, the guidance, the search index, the store, the key, the clock.

use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use yumen_assess::Engine;
use yumen_lawbook::{Book, Day};
use yumen_papers::Signer;

use crate::config::Config;
use crate::guidance::{Guidance, GuidanceError};
use crate::search::Search;
use crate::store::{Store, StoreError};
use crate::telemetry::Metrics;
use crate::views::changes::{self, Change};
use crate::views::cited::Cited;

/// A running platform.
pub struct Platform {
    /// The engine over the book in force.
    pub(crate) engine: Arc<Engine>,
    /// The book.
    pub(crate) book: Arc<Book>,
    /// Explanations written by us.
    pub(crate) guidance: Guidance,
    /// Words to everything.
    pub(crate) search: Search,
    /// Everything that ever changed, oldest first.
    pub(crate) changes: Vec<Change>,
    /// What is taken from each act, place by place.
    pub(crate) cited: Cited,
    /// Links and records.
    pub(crate) store: Store,
    /// Signs determination records.
    pub(crate) signer: Signer,
    /// The configuration.
    pub(crate) config: Config,
    /// What was counted.
    pub(crate) metrics: Metrics,
    /// Says what day it is in Beijing.
    clock: Box<dyn Fn() -> Day + Send + Sync>,
    /// A digest of the law, the guidance and the program: what every page depends on beside its address and the day.
    pub(crate) stamp: String,
}

/// The platform as handlers hold it.
pub(crate) type App = Arc<Platform>;

/// What a platform is made of.
pub struct Start {
    /// The engine.
    pub engine: Arc<Engine>,
    /// The guidance.
    pub guidance: Guidance,
    /// Signs determination records.
    pub signer: Signer,
    /// The configuration.
    pub config: Config,
    /// Says what day it is in Beijing.
    pub clock: Box<dyn Fn() -> Day + Send + Sync>,
}

/// A platform that cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The guidance contradicts itself.
    #[error(transparent)]
    Guidance(#[from] GuidanceError),
    /// The address cannot be listened on.
    #[error("{address} cannot be listened on: {why}")]
    Listen {
        /// The address.
        address: std::net::SocketAddr,
        /// What the system says.
        why: std::io::Error,
    },
    /// The counters cannot be set up.
    #[error("the metrics cannot be set up: {0}")]
    Metrics(String),
}

impl Platform {
    /// A platform, ready to answer.
    ///
    /// # Errors
    /// Where the store cannot be opened.
    pub async fn start(start: Start) -> Result<Arc<Self>, StartError> {
        let Start { engine, guidance, signer, config, clock } = start;
        let book = engine.shared_book();
        let store = Store::open(&config.data, config.most_stored).await?;
        let changes = changes::all(&book);
        let cited = Cited::over(&book, &guidance);
        let search = Search::over(&book, &guidance);
        let mut hash = Sha256::new();
        hash.update(book.version.as_bytes());
        hash.update(guidance.version().as_bytes());
        hash.update(env!("CARGO_PKG_VERSION").as_bytes());
        hash.update(crate::pages::ASSETS_VERSION.as_bytes());
        let stamp = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let metrics = Metrics::new().map_err(StartError::Metrics)?;
        Ok(Arc::new(Self {
            engine,
            book,
            guidance,
            search,
            changes,
            cited,
            store,
            signer,
            config,
            metrics,
            clock,
            stamp,
        }))
    }

    /// Today in Beijing.
    pub(crate) fn today(&self) -> Day {
        (self.clock)()
    }

    /// The first twelve signs of the law version.
    pub(crate) fn law(&self) -> &str {
        self.book.version.get(..12).unwrap_or(&self.book.version)
    }
}
