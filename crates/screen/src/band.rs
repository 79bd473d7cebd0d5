//! How grave a score is.

/// Score from which a hit is alerted, asks for review, and blocks.
pub const ALERT: f32 = 0.70;
/// See [`ALERT`].
pub const REVIEW: f32 = 0.85;
/// See [`ALERT`].
pub const BLOCK: f32 = 0.95;

/// How grave a score is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Below the alert threshold.
    None,
    /// Somebody should look.
    Alert,
    /// Somebody must decide before the transaction goes on.
    Review,
    /// The transaction stops until somebody decides.
    Block,
}

impl Band {
    /// The band of a score.
    pub fn of(score: f32) -> Self {
        match score {
            s if s >= BLOCK => Self::Block,
            s if s >= REVIEW => Self::Review,
            s if s >= ALERT => Self::Alert,
            _ => Self::None,
        }
    }

    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Alert => "alert",
            Self::Review => "review",
            Self::Block => "block",
        }
    }
}
