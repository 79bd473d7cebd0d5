//! The files of `lawbook/`, gathered by the build script.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
