// A GPU that fails in any of the ways in which GPUs fail: what the GPU's worker sees of WebGPU, changed inside it.

/** Lets `spoil` run in each GPU worker before anything else does; for `visit`'s prepare. */
export const spoiltGpu = (spoil) => (context) =>
  context.route(/\/gpu-worker\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `(${spoil})();\n${await response.text()}` });
  });

/** The page's GPU worker, for what is done to it later. */
export const gpuWorker = (page) => page.workers().find((worker) => worker.url().includes("gpu-worker"));

/** Keeps the devices that are opened in `devices`, for a test to take away, with how often each was `asked`. */
export function watched() {
  const open = GPUAdapter.prototype.requestDevice;
  globalThis.devices = [];
  GPUAdapter.prototype.requestDevice = async function (...rest) {
    const device = await open.apply(this, rest);
    device.asked = 0;
    globalThis.devices.push(device);
    return device;
  };
  const submit = GPUQueue.prototype.submit;
  GPUQueue.prototype.submit = function (commands) {
    globalThis.devices.at(-1).asked += 1;
    submit.call(this, commands);
  };
}

/** What goes wrong while the GPU is opened and tested. */
export const atTheStart = {
  /** The browser has WebGPU, and the system no GPU. */
  noAdapter: () => {
    GPU.prototype.requestAdapter = async () => null;
  },
  /** The GPU may not be used. */
  refused: () => {
    GPUAdapter.prototype.requestDevice = async () => {
      throw new TypeError("blocked by policy");
    };
  },
  /** A driver whose compiler wants other code. */
  invalid: () => {
    const create = GPUDevice.prototype.createShaderModule;
    GPUDevice.prototype.createShaderModule = function ({ code, ...rest }) {
      return create.call(this, { ...rest, code: code.replace("atomicAdd", "atomicPlus") });
    };
  },
  /** Buffers for which there is no memory. */
  outOfMemory: () => {
    const { pushErrorScope: push, popErrorScope: pop } = GPUDevice.prototype;
    const filters = [];
    GPUDevice.prototype.pushErrorScope = function (filter) {
      filters.push(filter);
      push.call(this, filter);
    };
    GPUDevice.prototype.popErrorScope = async function () {
      const full = filters.pop() === "out-of-memory";
      const error = await pop.call(this);
      return full ? new GPUOutOfMemoryError("no memory left") : error;
    };
  },
  /** A driver that breaks down over code without fault. */
  internal: () => {
    const pop = GPUDevice.prototype.popErrorScope;
    GPUDevice.prototype.popErrorScope = async function () {
      await pop.call(this);
      return new GPUInternalError("the compiler crashed");
    };
  },
  /** One that never finds anything: it must find what is planted before it counts. */
  blind: () => {
    const map = GPUBuffer.prototype.getMappedRange;
    GPUBuffer.prototype.getMappedRange = function (...rest) {
      const range = map.apply(this, rest);
      new Uint32Array(range).fill(0);
      return range;
    };
  },
};

/** A GPU that mines until the test says in the worker what is wrong with it: `fault = "wrong"` or "full". */
export function sound() {
  globalThis.fault = "";
  const map = GPUBuffer.prototype.getMappedRange;
  GPUBuffer.prototype.getMappedRange = function (...rest) {
    const range = map.apply(this, rest);
    // A hit at the very first counter, which is none.
    if (globalThis.fault === "wrong") new Uint32Array(range).set([1, 0]);
    return range;
  };
  const submit = GPUQueue.prototype.submit;
  const open = GPUAdapter.prototype.requestDevice;
  let device;
  GPUAdapter.prototype.requestDevice = async function (...rest) {
    device = await open.apply(this, rest);
    return device;
  };
  GPUQueue.prototype.submit = function (commands) {
    submit.call(this, commands);
    if (globalThis.fault === "full") {
      const error = new GPUOutOfMemoryError("no memory left");
      device.dispatchEvent(new GPUUncapturedErrorEvent("uncapturederror", { error }));
    }
  };
}

/** Notes how the GPU is asked: what adapter, how many dispatches at a time, and how long each took, in ms. */
export function observed() {
  globalThis.seen = { preferences: [], underWay: 0, most: 0, tookMs: [] };
  const { seen } = globalThis;
  const choose = GPU.prototype.requestAdapter;
  GPU.prototype.requestAdapter = function (options) {
    seen.preferences.push(options?.powerPreference);
    return choose.call(this, options);
  };
  const submit = GPUQueue.prototype.submit;
  let last = 0;
  GPUQueue.prototype.submit = function (commands) {
    submit.call(this, commands);
    const asked = performance.now();
    seen.underWay += 1;
    seen.most = Math.max(seen.most, seen.underWay);
    this.onSubmittedWorkDone().then(() => {
      const now = performance.now();
      // It begins when the one before it is done.
      seen.tookMs.push(now - Math.max(asked, last));
      last = now;
      seen.underWay -= 1;
    });
  };
}
