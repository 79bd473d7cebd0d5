//! Names of records: plain lower-case identifiers, checked once when the book is read.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

/// Longest identifier accepted, in bytes.
const LONGEST: usize = 80;

fn valid(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= LONGEST
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.+/".contains(c))
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The identifier, if `text` is made of lower-case letters, digits and `-_.+/`.
            pub fn new(text: &str) -> Option<Self> {
                valid(text).then(|| Self(text.to_owned()))
            }

            /// The identifier as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::new(&text).ok_or_else(|| {
                    serde::de::Error::custom(format!(
                        "{text:?} is not an identifier: use lower-case letters, digits and - _ . + /"
                    ))
                })
            }
        }
    };
}

id! {
    /// A legal act: `notice-38-2020`, `dual-use-regulations`.
    InstrumentId
}
id! {
    /// A control list: `technology`, `dual-use`.
    ListId
}
id! {
    /// One version of a list: `2020`, `2024`, `2022-draft`.
    EditionId
}
id! {
    /// A measure about countries, parties or end uses.
    MeasureId
}
id! {
    /// A statutory workflow: `t-1`, `d-1`.
    ProcedureId
}
id! {
    /// A statutory period: `technology-licence.decision`.
    TimerId
}
id! {
    /// A measurable or answerable property: `density`, `sintered`.
    PropertyId
}
id! {
    /// A concept of the lexicon: `bismuth`, `permanent_magnet`.
    ConceptId
}
id! {
    /// An official statement that something is not covered.
    ExclusionId
}
id! {
    /// One notice's listing of parties: `control-11-2026`.
    ListingId
}
