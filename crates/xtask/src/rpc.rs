//! A JSON-RPC client for the local chain.

use crate::error::Error;
use serde_json::{Value, json};
use std::time::Duration;

/// The local chain answers at once, or not at all.
const LIMIT: Duration = Duration::from_secs(20);

/// A node's RPC over http.
#[derive(Clone)]
pub(crate) struct Rpc {
    agent: ureq::Agent,
    url: String,
}

impl Rpc {
    /// The node at `url`; nothing is asked yet.
    pub(crate) fn new(url: String) -> Self {
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(LIMIT))
            .build()
            .into();
        Self { agent, url }
    }

    /// The node's address.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Asks `method` and returns its `result`.
    ///
    /// # Errors
    /// [`Error::Chain`] with the node's own words.
    pub(crate) fn ask(&self, method: &str, parameters: &Value) -> Result<Value, Error> {
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": parameters });
        let failed = |reason: &dyn std::fmt::Display| Error::Chain(format!("{method}: {reason}"));
        let text = self
            .agent
            .post(&self.url)
            .header("content-type", "application/json")
            .send(request.to_string())
            .and_then(|mut answer| answer.body_mut().read_to_string())
            .map_err(|error| failed(&error))?;
        let answer: Value = serde_json::from_str(&text).map_err(|error| failed(&error))?;
        match (answer.get("result"), answer.get("error")) {
            (Some(result), None) => Ok(result.clone()),
            (_, Some(error)) => Err(failed(&error["message"].as_str().unwrap_or("refused"))),
            (None, None) => Err(failed(&"neither a result nor an error")),
        }
    }

    /// Like [`Rpc::ask`], for a result that is text.
    pub(crate) fn ask_text(&self, method: &str, parameters: &Value) -> Result<String, Error> {
        match self.ask(method, parameters)? {
            Value::String(text) => Ok(text),
            other => Err(Error::Chain(format!(
                "{method}: an answer that is no text: {other}"
            ))),
        }
    }
}
