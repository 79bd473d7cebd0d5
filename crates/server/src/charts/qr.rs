//! A QR code as SVG.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};

use super::escape;

/// An address as a QR code; empty where it is longer than a code can hold.
pub fn qr(text: &str, label: &str) -> String {
    let Ok(code) = QRBuilder::new(text).ecl(ECL::M).build() else { return String::new() };
    let side = code.size;
    let whole = side + 8;
    let mut modules = String::new();
    for y in 0..side {
        for x in 0..side {
            if code[y][x].value() {
                let _ = write!(modules, "M{} {}h1v1h-1z", x + 4, y + 4);
            }
        }
    }
    format!(
        "<svg class=\"qr\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {whole} {whole}\" width=\"160\" height=\"160\">\
         <path class=\"qr-paper\" d=\"M0 0h{whole}v{whole}h-{whole}z\"/><path class=\"qr-ink\" d=\"{modules}\"/></svg>",
        escape(label)
    )
}
