//! Calling a contract's getters at one block, and reading what they answer.

use crate::value::{bytes, excerpt, hex_address, hex_quantity, quantity_u64};
use crate::{ChainError, Provider};
use alloy_primitives::{Address, Bytes};
use alloy_sol_types::SolCall;
use serde_json::{Value, json};

/// A contract as it was at one block, so that several answers belong together.
#[derive(Clone, Copy)]
pub(crate) struct Pinned<'a, P> {
    provider: &'a P,
    pub(crate) contract: Address,
    pub(crate) block: u64,
}

impl<'a, P: Provider> Pinned<'a, P> {
    /// The contract at the newest block, after checking that the node is on the right chain.
    pub(crate) async fn newest(
        provider: &'a P,
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
        let call = json!({
            "to": hex_address(self.contract),
            "data": Bytes::from(call.abi_encode()),
        });
        ("eth_call", json!([call, hex_quantity(self.block)]))
    }

    /// Calls one getter.
    pub(crate) async fn call<C: SolCall>(&self, call: &C) -> Result<C::Return, ChainError> {
        let (method, params) = self.request(call);
        returns::<C>(self.provider.request(method, params).await)
    }

    /// Calls one getter many times; one answer, or its error, for each call.
    pub(crate) async fn call_each<C: SolCall>(
        &self,
        calls: impl Iterator<Item = C>,
    ) -> Result<Vec<Result<C::Return, ChainError>>, ChainError> {
        let requests: Vec<_> = calls.map(|call| self.request(&call)).collect();
        let asked = requests.len();
        let answers = self.provider.batch(requests).await?;
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
pub(crate) async fn has_code<P: Provider>(
    provider: &P,
    address: Address,
) -> Result<bool, ChainError> {
    let params = json!([hex_address(address), "latest"]);
    let code = bytes(&provider.request("eth_getCode", params).await?)?;
    Ok(!code.is_empty())
}

/// Sends a fixed number of requests together.
async fn answers<P: Provider, const N: usize>(
    provider: &P,
    requests: Vec<(&'static str, Value)>,
) -> Result<[Result<Value, ChainError>; N], ChainError> {
    let answers = provider.batch(requests).await?;
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
    let value = match answer {
        Err(ChainError::Rpc(error)) if error.is_revert() => {
            return Err(ChainError::Reverted(format!("{} reverts", C::SIGNATURE)));
        }
        other => other?,
    };
    let data = bytes(&value)?;
    if data.is_empty() {
        return Err(ChainError::NotACollection(format!(
            "{} gives no answer",
            C::SIGNATURE
        )));
    }
    C::abi_decode_returns_validate(&data)
        .ok()
        .filter(|returned| C::abi_encode_returns(returned) == data.as_ref())
        .ok_or_else(|| {
            ChainError::Nonsense(format!("{} answers {}", C::SIGNATURE, excerpt(&value)))
        })
}
