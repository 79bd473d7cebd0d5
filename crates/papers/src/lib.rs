//! Signed papers. A paper is data first: canonical JSON under a signature, checked without asking anybody.

pub mod determination;
mod signing;

pub use determination::{Comparison, Determination, Difference};
pub use signing::{BadPaper, Signature, Signed, Signer};
