// Mines on the GPU for the page: loads the module only where the browser offers a GPU.
import { serve } from "./serve-miner.js";

const software = new URL(location).searchParams.has("software");

const describe = ({ vendor, architecture, description }) =>
  description || [vendor, architecture].filter(Boolean).join(" ") || "GPU";

const load = async () => {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) {
    // Plain text says why a worker cannot start.
    postMessage("this browser offers no GPU for computing");
    return undefined;
  }
  const worker = await import("./pkg/gpu/atomine_gpu_worker.js");
  await worker.default();
  await worker.start(describe(adapter.info ?? {}), software);
  return worker;
};

serve(load);
