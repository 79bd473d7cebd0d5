//! y
fn main(){ let d=std::path::PathBuf::from(std::env::args().nth(1).unwrap_or("lawbook".into())); let f=yumen_lawbook::read_directory(&d).unwrap(); let (b,i)=yumen_lawbook::Book::inspect(&f); for x in &i {println!("{x}");} println!("{} issues; {} instruments", i.len(), b.instruments.len()); }
