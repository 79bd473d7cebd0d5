//! Assessment.
