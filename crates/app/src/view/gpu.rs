//! The mining panel's row about the GPU.

use super::Gpu;
use crate::Model;
use crate::format::rate;
use crate::workers::Stage;

/// Said of a browser without WebGPU.
pub(super) const NOT_OFFERED: &str = "This browser offers pages no GPU (no WebGPU)";

pub(super) fn gpu(model: &Model) -> Gpu {
    let offered = model.gpu.offered().is_some();
    let trouble = model.gpu.trouble();
    Gpu {
        available: offered,
        on: offered && model.settings.gpu && trouble.is_none(),
        power: model.settings.gpu_power,
        text: text(model),
    }
}

fn text(model: &Model) -> String {
    if model.gpu.offered().is_none() {
        return format!("{NOT_OFFERED}.");
    }
    if !model.settings.gpu {
        return "Off.".to_owned();
    }
    if let Some(trouble) = model.gpu.trouble() {
        return format!("Off, the processor mines alone: {trouble}.");
    }
    let worker = model
        .workers
        .staying()
        .find(|(_, worker)| worker.kind.is_gpu());
    match worker {
        None => "Joins in when you mine.".to_owned(),
        Some((_, worker)) if worker.stage == Stage::Ready => {
            let name = worker.kernel.as_deref().unwrap_or("GPU");
            format!("{name} · {}", rate(model.gpu.hashes_per_s(model.now_ms)))
        }
        Some(_) => "Is being tested …".to_owned(),
    }
}
