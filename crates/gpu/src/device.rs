//! A GPU, through wgpu: opened, asked, and listened to for trouble.

use crate::{
    Found, GpuError, Query,
    kernel::{FOUND_BYTES, QUERY_BYTES, WGSL},
};
use futures_channel::oneshot;
use std::{
    cell::RefCell,
    sync::{Arc, Mutex, PoisonError},
};
use wgpu::{
    BindGroup, BindGroupDescriptor, BindGroupEntry, Buffer, BufferAsyncError, BufferDescriptor,
    BufferUsages, CommandEncoderDescriptor, ComputePassDescriptor, ComputePipeline,
    ComputePipelineDescriptor, Device, DeviceDescriptor, DeviceLostReason, DeviceType, Error,
    ErrorFilter, Instance, MapMode, PipelineCompilationOptions, PowerPreference, Queue,
    RequestAdapterOptions, ShaderModuleDescriptor, ShaderSource,
};

/// Which GPUs will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Real ones: what imitates a GPU on the processor is slower than the processor itself.
    Real,
    /// Any, for tests.
    Any,
}

/// A GPU that has taken the kernel.
#[derive(Debug)]
pub struct Gpu {
    name: String,
    device: Device,
    queue: Queue,
    pipeline: ComputePipeline,
    /// Made as they are needed, used again and again.
    idle: RefCell<Vec<Memory>>,
    trouble: Trouble,
}

/// A question under way.
#[derive(Debug)]
pub struct Pending {
    memory: Memory,
    mapped: oneshot::Receiver<Result<(), BufferAsyncError>>,
    #[cfg(not(target_arch = "wasm32"))]
    submission: wgpu::SubmissionIndex,
}

/// What one dispatch needs for itself.
#[derive(Debug)]
struct Memory {
    query: Buffer,
    found: Buffer,
    read: Buffer,
    bindings: BindGroup,
}

/// The first thing that went wrong and that no call returned.
#[derive(Clone, Debug, Default)]
struct Trouble(Arc<Mutex<Option<GpuError>>>);

impl Gpu {
    /// Opens the fastest GPU and gives it the kernel.
    ///
    /// # Errors
    /// [`GpuError`] when there is none that will do, or it refuses.
    pub async fn open(choice: Choice) -> Result<Self, GpuError> {
        let options = RequestAdapterOptions {
            power_preference: PowerPreference::HighPerformance,
            ..RequestAdapterOptions::default()
        };
        let adapter = Instance::default().request_adapter(&options).await;
        let adapter = adapter.map_err(|_| GpuError::NoAdapter)?;
        let info = adapter.get_info();
        if info.device_type == DeviceType::Cpu && choice == Choice::Real {
            return Err(GpuError::Software);
        }
        let opened = adapter.request_device(&DeviceDescriptor::default()).await;
        let (device, queue) = opened.map_err(|error| GpuError::Refused(error.to_string()))?;
        let trouble = Trouble::of(&device);
        let scopes = [
            ErrorFilter::Validation,
            ErrorFilter::Internal,
            ErrorFilter::OutOfMemory,
        ]
        .map(|filter| device.push_error_scope(filter));
        let pipeline = pipeline(&device);
        let gpu = Self {
            name: info.name,
            idle: RefCell::new(vec![Memory::new(&device, &pipeline)]),
            device,
            queue,
            pipeline,
            trouble,
        };
        // Scopes are a stack: all must be popped, the last one first, whatever they say.
        let mut first = None;
        for scope in scopes.into_iter().rev() {
            let error = scope.pop().await;
            first = first.or(error);
        }
        first.map_or(Ok(gpu), |error| Err(error.into()))
    }

    /// What the system calls it; browsers mostly keep that to themselves.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Sends a question. Any number may be under way; they are worked on in order.
    pub fn ask(&self, query: &Query) -> Pending {
        let idle = self.idle.borrow_mut().pop();
        let memory = idle.unwrap_or_else(|| Memory::new(&self.device, &self.pipeline));
        self.queue.write_buffer(&memory.query, 0, &query.to_bytes());
        let mut commands = self
            .device
            .create_command_encoder(&CommandEncoderDescriptor::default());
        commands.clear_buffer(&memory.found, 0, None);
        {
            let mut pass = commands.begin_compute_pass(&ComputePassDescriptor::default());
            pass.set_pipeline(&self.pipeline);
            pass.set_bind_group(0, &memory.bindings, &[]);
            pass.dispatch_workgroups(query.grid.columns, query.grid.rows, 1);
        }
        commands.copy_buffer_to_buffer(&memory.found, 0, &memory.read, 0, FOUND_BYTES);
        #[cfg_attr(target_arch = "wasm32", expect(unused_variables))]
        let submission = self.queue.submit([commands.finish()]);
        let (tell, mapped) = oneshot::channel();
        memory.read.map_async(MapMode::Read, .., move |result| {
            // Nobody waits any more for what is dropped.
            let _ = tell.send(result);
        });
        Pending {
            memory,
            mapped,
            #[cfg(not(target_arch = "wasm32"))]
            submission,
        }
    }

    /// Waits for the answer: in the browser asynchronously, natively by blocking.
    ///
    /// # Errors
    /// [`GpuError`] when the GPU was lost meanwhile, or anything else went wrong with it.
    pub async fn answer(&self, pending: Pending) -> Result<Found, GpuError> {
        let Pending { memory, mapped, .. } = pending;
        #[cfg(not(target_arch = "wasm32"))]
        self.wait(pending.submission)?;
        let mapped = mapped.await;
        self.trouble.check()?;
        let Ok(Ok(())) = mapped else {
            return Err(GpuError::Lost("it answers no more".to_owned()));
        };
        let found = {
            let bytes = memory.read.get_mapped_range(..);
            let bytes = bytes.map_err(|error| GpuError::Lost(error.to_string()))?;
            Found::from_bytes(&bytes)
        };
        memory.read.unmap();
        self.idle.borrow_mut().push(memory);
        found
    }

    /// Gives the GPU up: what is under way ends as lost.
    pub fn destroy(&self) {
        self.device.destroy();
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn wait(&self, submission: wgpu::SubmissionIndex) -> Result<(), GpuError> {
        let poll = self.device.poll(wgpu::PollType::Wait {
            submission_index: Some(submission),
            timeout: None,
        });
        self.trouble.check()?;
        poll.map(drop)
            .map_err(|error| GpuError::Lost(error.to_string()))
    }
}

fn pipeline(device: &Device) -> ComputePipeline {
    let module = device.create_shader_module(ShaderModuleDescriptor {
        label: None,
        source: ShaderSource::Wgsl(WGSL.into()),
    });
    device.create_compute_pipeline(&ComputePipelineDescriptor {
        label: None,
        layout: None,
        module: &module,
        entry_point: Some("search"),
        compilation_options: PipelineCompilationOptions::default(),
        cache: None,
    })
}

impl Memory {
    fn new(device: &Device, pipeline: &ComputePipeline) -> Self {
        let buffer = |size, usage| {
            device.create_buffer(&BufferDescriptor {
                label: None,
                size,
                usage,
                mapped_at_creation: false,
            })
        };
        let query = buffer(QUERY_BYTES, BufferUsages::UNIFORM | BufferUsages::COPY_DST);
        let found = buffer(
            FOUND_BYTES,
            BufferUsages::STORAGE | BufferUsages::COPY_DST | BufferUsages::COPY_SRC,
        );
        let read = buffer(FOUND_BYTES, BufferUsages::MAP_READ | BufferUsages::COPY_DST);
        let entries = [(0, &query), (1, &found)].map(|(binding, buffer)| BindGroupEntry {
            binding,
            resource: buffer.as_entire_binding(),
        });
        let bindings = device.create_bind_group(&BindGroupDescriptor {
            label: None,
            layout: &pipeline.get_bind_group_layout(0),
            entries: &entries,
        });
        Self {
            query,
            found,
            read,
            bindings,
        }
    }
}

impl Trouble {
    /// Listens to `device`.
    fn of(device: &Device) -> Self {
        let trouble = Self::default();
        let lost = trouble.clone();
        device.set_device_lost_callback(move |reason, words| {
            let words = match reason {
                DeviceLostReason::Destroyed => "it was given up".to_owned(),
                DeviceLostReason::Unknown => words,
            };
            lost.note(GpuError::Lost(words));
        });
        let wrong = trouble.clone();
        device.on_uncaptured_error(Arc::new(move |error: Error| wrong.note(error.into())));
        trouble
    }

    fn note(&self, error: GpuError) {
        let mut first = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        first.get_or_insert(error);
    }

    fn check(&self) -> Result<(), GpuError> {
        let first = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        first.clone().map_or(Ok(()), Err)
    }
}

impl From<Error> for GpuError {
    fn from(error: Error) -> Self {
        match error {
            Error::OutOfMemory { .. } => Self::OutOfMemory,
            Error::Validation { description, .. } | Error::Internal { description, .. } => {
                Self::Invalid(description)
            }
        }
    }
}
