//! Reading an object of a file that people write: every field is known, and what is wrong is said in their words.
//!
//! By hand, because what serde derives for this is 4 kB more to download (brotli) and speaks to programmers.

use serde_json::{Map, Value};

/// An object, all of whose fields are known ones.
pub(crate) struct Fields<'a> {
    what: &'static str,
    fields: &'a Map<String, Value>,
}

impl<'a> Fields<'a> {
    /// The fields of `value`, which is called `what` in messages and may have these `known` ones.
    pub(crate) fn of(what: &'static str, value: &'a Value, known: &[&str]) -> Result<Self, String> {
        let Value::Object(fields) = value else {
            return Err(format!("the {what} must be an object in braces"));
        };
        match fields.keys().find(|name| !known.contains(&name.as_str())) {
            Some(name) => Err(format!("the {what} has an unknown field \"{name}\"")),
            None => Ok(Self { what, fields }),
        }
    }

    /// A field that must be there.
    pub(crate) fn value(&self, name: &str) -> Result<&'a Value, String> {
        let value = self.fields.get(name);
        value.ok_or_else(|| format!("the {} needs a field \"{name}\"", self.what))
    }

    /// A text that must be there.
    pub(crate) fn text(&self, name: &str) -> Result<&'a str, String> {
        let text = self.value(name)?.as_str();
        text.ok_or_else(|| format!("the {}'s {name} must be a text in quotes", self.what))
    }

    /// A text that may be missing, or null.
    pub(crate) fn optional_text(&self, name: &str) -> Result<Option<&'a str>, String> {
        match self.fields.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(_) => self.text(name).map(Some),
        }
    }
}
