//! What is known besides the name: birth date, country, identifiers, type. Evidence for and against, never proof by itself.

use serde::Serialize;

use crate::entity::{Entity, PartyType, Query};

/// Shortest identifier that is compared: shorter ones are shared by chance.
pub const SHORTEST_IDENTIFIER: usize = 5;

/// What was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Birth date.
    Born,
    /// Country.
    Country,
    /// Identifier.
    Identifier,
    /// Type of party.
    Type,
}

/// How a comparison came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The same.
    Agrees,
    /// As far as it is known, the same.
    Compatible,
    /// Different.
    Differs,
}

/// One comparison and what it did to the score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Qualifier {
    /// What.
    pub field: Field,
    /// How it came out.
    pub outcome: Outcome,
    /// As asked.
    pub asked: String,
    /// As listed.
    pub listed: String,
    /// Change of the score.
    pub change: f32,
}

/// Letters and digits of an identifier.
pub fn identifier_key(value: &str) -> String {
    value.chars().take(64).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The score with everything known.
pub fn qualify(by_name: f32, legal: (bool, bool), query: &Query, entity: &Entity) -> (f32, Vec<Qualifier>) {
    let mut out = Vec::new();
    let mut note = |field, outcome, asked: &str, listed: String, change: f32| {
        out.push(Qualifier { field, outcome, asked: asked.to_owned(), listed, change });
        change
    };
    let mut value = by_name;
    if let Some(born) = query.born.as_deref().filter(|_| !entity.born.is_empty()) {
        let listed = entity.born.join(", ");
        value += match entity.born.iter().filter_map(|d| born_alike(born, d)).max() {
            Some(Likeness::Equal) => note(Field::Born, Outcome::Agrees, born, listed, 0.05),
            Some(Likeness::Near) => note(Field::Born, Outcome::Compatible, born, listed, 0.0),
            Some(Likeness::Far) => note(Field::Born, Outcome::Differs, born, listed, -0.2),
            None => 0.0,
        };
    }
    if let Some(country) = query.country.as_deref().filter(|_| !entity.countries.is_empty()) {
        let listed = entity.countries.join(", ");
        let same = entity.countries.iter().any(|c| c.eq_ignore_ascii_case(country));
        value += if same {
            note(Field::Country, Outcome::Agrees, country, listed, 0.02)
        } else {
            note(Field::Country, Outcome::Differs, country, listed, -0.05)
        };
    }
    if query.r#type != PartyType::Unknown && entity.r#type != PartyType::Unknown && query.r#type != entity.r#type {
        let (asked, listed) = (query.r#type.as_str(), entity.r#type.as_str().to_owned());
        value += note(Field::Type, Outcome::Differs, asked, listed, -0.08);
    } else if query.r#type == PartyType::Person && legal == (false, true) {
        // A person is asked for, and the listed name has a legal form.
        let listed = PartyType::Organisation.as_str().to_owned();
        value += note(Field::Type, Outcome::Differs, query.r#type.as_str(), listed, -0.12);
    }
    value = value.min(1.0);
    if let Some(identifier) = query.identifier.as_deref() {
        let wanted = identifier_key(identifier);
        let same = entity.identifiers.iter().find(|i| identifier_key(&i.value) == wanted);
        if let Some(same) = same.filter(|_| wanted.len() >= SHORTEST_IDENTIFIER) {
            // The number is the party, whatever it calls itself now.
            let change = (0.99 - value).max(0.0);
            value += note(Field::Identifier, Outcome::Agrees, identifier, same.value.clone(), change);
        }
    }
    (value.clamp(0.0, 1.0), out)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    Far,
    Near,
    Equal,
}

/// Compares dates as far as both are known. A year apart is near: many lists give it so.
fn born_alike(asked: &str, listed: &str) -> Option<Likeness> {
    let parts = |text: &str| -> Vec<i32> {
        text.split(|c: char| !c.is_ascii_digit())
            .filter(|p| !p.is_empty())
            .filter_map(|p| p.parse().ok())
            .take(3)
            .collect()
    };
    let (a, b) = (parts(asked), parts(listed));
    let (year_a, year_b) = (*a.first()?, *b.first()?);
    if !(1800..2200).contains(&year_a) || !(1800..2200).contains(&year_b) {
        return None;
    }
    let same = a.iter().zip(&b).all(|(x, y)| x == y);
    let swapped = a.len() == 3 && b.len() == 3 && year_a == year_b && a[1] == b[2] && a[2] == b[1];
    Some(if same {
        Likeness::Equal
    } else if swapped || (year_a - year_b).abs() <= 1 {
        Likeness::Near
    } else {
        Likeness::Far
    })
}
