//! HTML, as ministries publish it.

use super::escape;
use crate::layout::Block;

/// Writes a page.
pub fn write(blocks: &[Block]) -> Vec<u8> {
    let mut body = String::new();
    let mut table = false;
    for block in blocks {
        let is_row = matches!(block, Block::Row(_));
        if is_row != table {
            body.push_str(if is_row { "<table border=1>" } else { "</table>" });
            table = is_row;
        }
        match block {
            Block::Line(text) => {
                body.push_str(&format!("<p style=\"text-indent:2em\">&nbsp;&nbsp;{}</p>\n", escape(text)));
            }
            Block::Row(cells) => {
                let cells: String =
                    cells.iter().map(|c| format!("<td>{}</td>", escape(c).replace('\n', "<br>"))).collect();
                body.push_str(&format!("<tr>{cells}</tr>\n"));
            }
        }
    }
    format!("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>公告</title><script>var a='<p>编号：</p>';</script></head><body><nav>首页 &gt; 公告</nav>{body}</body></html>")
        .into_bytes()
}
