//! Calling a contract's getters at one block, and reading what they answer.

use crate::ChainError;
use crate::provider::{Ask, Boxed};
use crate::value::{bytes, excerpt, hex_address, hex_quantity, quantity_u64};
use alloy_primitives::{Address, Bytes};
use alloy_sol_types::SolCall;
use alloy_sol_types::abi::AbiDecoderConfig;
use serde_json::{Value, json};

/// A contract as it was at one block, so that several answers belong together.
#[derive(Clone, Copy)]
pub(crate) struct Pinned<'a> {
    provider: &'a dyn Ask,
    pub(crate) contract: Address,
    pub(crate) block: u64,
}

impl<'a> Pinned<'a> {
    /// The contract at the newest block, after checking that the node is on the right chain.
    pub(crate) async fn newest(
        provider: &'a dyn Ask,
        chain_id: u64,
        contract: Address,
    ) -> Result<Self, ChainError> {
        let requests = vec![("eth_chainId", json!([])), ("eth_blockNumber", json!([]))];
        let [actual, block] = answers(provider, requests).await?;
        let actual = quantity_u64(&actual?)?;
        if actual != chain_id {
            return Err(ChainError::WrongChain {
                expected: chain_id,
                actual,
            });
        }
        Ok(Self {
            provider,
            contract,
            block: quantity_u64(&block?)?,
        })
    }

    /// The request for one getter.
    pub(crate) fn request<C: SolCall>(&self, call: &C) -> (&'static str, Value) {
        self.eth_call(&call.abi_encode().into())
    }

    fn eth_call(&self, data: &Bytes) -> (&'static str, Value) {
        let call = json!({ "to": hex_address(self.contract), "data": data });
        ("eth_call", json!([call, hex_quantity(self.block)]))
    }

    /// Calls one getter.
    pub(crate) async fn call<C: SolCall>(&self, call: &C) -> Result<C::Return, ChainError> {
        // Behind a pointer, so that only the decoding is compiled for each getter.
        let answer: Boxed<'_, _> = Box::pin(self.ask(call.abi_encode().into()));
        returns::<C>(answer.await)
    }

    async fn ask(&self, data: Bytes) -> Result<Value, ChainError> {
        let (method, params) = self.eth_call(&data);
        self.provider.ask(method, params).await
    }

    /// Calls one getter many times; one answer, or its error, for each call.
    pub(crate) async fn call_each<C: SolCall>(
        &self,
        calls: impl Iterator<Item = C>,
    ) -> Result<Vec<Result<C::Return, ChainError>>, ChainError> {
        let requests: Vec<_> = calls.map(|call| self.request(&call)).collect();
        let asked = requests.len();
        let answers = self.provider.ask_all(requests).await?;
        if answers.len() != asked {
            return Err(miscounted());
        }
        Ok(answers.into_iter().map(returns::<C>).collect())
    }

    /// Sends exactly these requests together.
    pub(crate) async fn answers<const N: usize>(
        &self,
        requests: [(&'static str, Value); N],
    ) -> Result<[Result<Value, ChainError>; N], ChainError> {
        answers(self.provider, requests.into()).await
    }

    /// Why a getter gave no good answer: tells a contract of another kind from an empty address.
    pub(crate) async fn diagnose(&self, error: ChainError) -> ChainError {
        let reason = match error {
            ChainError::NotACollection(reason) | ChainError::Reverted(reason) => reason,
            other => return other,
        };
        match has_code(self.provider, self.contract).await {
            Ok(true) => ChainError::NotACollection(reason),
            Ok(false) => ChainError::NoContract,
            Err(error) => error,
        }
    }
}

/// Whether there is a contract at this address now.
pub(crate) async fn has_code(provider: &dyn Ask, address: Address) -> Result<bool, ChainError> {
    let params = json!([hex_address(address), "latest"]);
    let code = bytes(&provider.ask("eth_getCode", params).await?)?;
    Ok(!code.is_empty())
}

/// Sends a fixed number of requests together.
async fn answers<const N: usize>(
    provider: &dyn Ask,
    requests: Vec<(&'static str, Value)>,
) -> Result<[Result<Value, ChainError>; N], ChainError> {
    let answers = provider.ask_all(requests).await?;
    answers.try_into().map_err(|_| miscounted())
}

fn miscounted() -> ChainError {
    ChainError::Nonsense("not as many answers as questions".into())
}

/// What a getter returned.
///
/// A revert becomes [`ChainError::Reverted`] and an empty answer (no code there, or no such function)
/// [`ChainError::NotACollection`]; bytes that are not exactly the ABI encoding of the getter's
/// return type are [`ChainError::Nonsense`].
pub(crate) fn returns<C: SolCall>(
    answer: Result<Value, ChainError>,
) -> Result<C::Return, ChainError> {
    let data = answered(answer, C::SIGNATURE)?;
    let strict = AbiDecoderConfig::new().strict(true);
    C::abi_decode_returns_with_config(&data, strict).map_err(|_| misencoded(&data, C::SIGNATURE))
}

/// The bytes that a getter answered.
fn answered(
    answer: Result<Value, ChainError>,
    signature: &'static str,
) -> Result<Bytes, ChainError> {
    let value = match answer {
        Err(ChainError::Rpc(error)) if error.is_revert() => {
            return Err(ChainError::Reverted(format!("{signature} reverts")));
        }
        other => other?,
    };
    let data = bytes(&value)?;
    if data.is_empty() {
        let reason = format!("{signature} gives no answer");
        return Err(ChainError::NotACollection(reason));
    }
    Ok(data)
}

fn misencoded(data: &Bytes, signature: &'static str) -> ChainError {
    let data = excerpt(&json!(data));
    ChainError::Nonsense(format!("{signature} answers {data}"))
}
