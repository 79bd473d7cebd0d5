//! Ed25519 signatures over canonical JSON (RFC 8785).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A paper that cannot be trusted.
#[derive(Debug, thiserror::Error)]
pub enum BadPaper {
    /// Not the JSON of a signed paper.
    #[error("this is no signed paper: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// An algorithm this program does not know.
    #[error("the signature uses {0:?}; this program checks Ed25519")]
    Algorithm(String),
    /// A key or signature that is not base64 of the right length.
    #[error("the {0} of the signature is damaged")]
    Damaged(&'static str),
    /// The signature does not belong to the record.
    #[error("the record was changed after it was signed, or the signature is of another record")]
    Changed,
}

/// Signs papers.
pub struct Signer {
    key: SigningKey,
}

/// A signature with the key it is checked with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// `Ed25519`.
    pub algorithm: String,
    /// The public key, base64.
    pub key: String,
    /// The signature, base64.
    pub value: String,
}

/// A record under a signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed<T> {
    /// The record.
    pub record: T,
    /// The signature over its canonical JSON.
    pub signature: Signature,
}

const ALGORITHM: &str = "Ed25519";

impl Signer {
    /// A signer with the secret of 32 bytes.
    pub fn new(secret: &[u8; 32]) -> Self {
        Self { key: SigningKey::from_bytes(secret) }
    }

    /// The public key, base64.
    pub fn public(&self) -> String {
        STANDARD.encode(self.key.verifying_key().as_bytes())
    }

    /// Signs a record.
    ///
    /// # Errors
    /// Where the record cannot be written as JSON.
    pub fn sign<T: Serialize>(&self, record: T) -> Result<Signed<T>, BadPaper> {
        let bytes = serde_json_canonicalizer::to_vec(&record)?;
        let value = STANDARD.encode(self.key.sign(&bytes).to_bytes());
        Ok(Signed { record, signature: Signature { algorithm: ALGORITHM.to_owned(), key: self.public(), value } })
    }
}

impl<T: Serialize + DeserializeOwned> Signed<T> {
    /// Reads a paper and checks its signature over the record exactly as it stands in the text.
    ///
    /// # Errors
    /// Where the text is no paper, or the signature does not hold.
    pub fn open(text: &str) -> Result<Self, BadPaper> {
        let raw: Signed<serde_json::Value> = serde_json::from_str(text)?;
        raw.signature.check(&serde_json_canonicalizer::to_vec(&raw.record)?)?;
        let record = serde_json::from_value(raw.record)?;
        Ok(Self { record, signature: raw.signature })
    }
}

impl Signature {
    fn check(&self, bytes: &[u8]) -> Result<(), BadPaper> {
        if self.algorithm != ALGORITHM {
            return Err(BadPaper::Algorithm(self.algorithm.chars().take(40).collect()));
        }
        let fixed = |text: &str, what| STANDARD.decode(text).map_err(|_| BadPaper::Damaged(what));
        let key: [u8; 32] = fixed(&self.key, "key")?.try_into().map_err(|_| BadPaper::Damaged("key"))?;
        let value: [u8; 64] = fixed(&self.value, "value")?.try_into().map_err(|_| BadPaper::Damaged("value"))?;
        let key = VerifyingKey::from_bytes(&key).map_err(|_| BadPaper::Damaged("key"))?;
        key.verify_strict(bytes, &ed25519_dalek::Signature::from_bytes(&value)).map_err(|_| BadPaper::Changed)
    }

    /// A short name of the key for people: the first 16 hexadecimal digits of its SHA-256.
    pub fn fingerprint(&self) -> String {
        Sha256::digest(self.key.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_changed_record_is_told() {
        let signer = Signer::new(&[7; 32]);
        let paper = signer.sign(json!({ "b": 1, "a": "石墨" })).unwrap();
        let text = serde_json::to_string(&paper).unwrap();
        assert_eq!(Signed::<serde_json::Value>::open(&text).unwrap(), paper);
        // The order of fields and the spaces between them are not part of the record.
        let spaced =
            serde_json::to_string_pretty(&json!({ "signature": paper.signature, "record": { "a": "石墨", "b": 1 } }));
        assert!(Signed::<serde_json::Value>::open(&spaced.unwrap()).is_ok());
        let changed = text.replace("石墨", "石棉");
        assert!(matches!(Signed::<serde_json::Value>::open(&changed), Err(BadPaper::Changed)));
        let other = Signer::new(&[8; 32]).public();
        let forged = text.replace(&paper.signature.key, &other);
        assert!(matches!(Signed::<serde_json::Value>::open(&forged), Err(BadPaper::Changed)));
        assert!(matches!(Signed::<serde_json::Value>::open("{}"), Err(BadPaper::Unreadable(_))));
        let strange = text.replace("Ed25519", "none");
        assert!(matches!(Signed::<serde_json::Value>::open(&strange), Err(BadPaper::Algorithm(_))));
    }
}
