// onnxruntime-web, which infers only: one MatMul on its WebAssembly backend, one thread. `run` is asynchronous, copies its inputs
// into its memory and its output out of it, and is awaited. With B constant it is copied and packed once, when the session is made.
import { env, InferenceSession, Tensor } from "onnxruntime-web";
import { type Contender, repeated } from "./contender.ts";
import { matMulModel } from "./onnx.ts";
import type { Product } from "./product.ts";

env.wasm.numThreads = 1;

export async function ortProduct(task: Product, check: (peer: string, c: Float32Array) => void, constant = false): Promise<Contender> {
  const { m, k, n, a, b } = task;
  const peer = constant ? "ort-web, B constant" : "ort-web";
  const session = await InferenceSession.create(matMulModel(task, constant), { executionProviders: ["wasm"] });
  // It has defined a global Worker, by which jax-js would take this for a browser and compile for shared memory.
  Reflect.deleteProperty(globalThis, "Worker");
  const left = new Tensor("float32", a, [m, k]);
  const feeds: Record<string, Tensor> = constant ? { a: left } : { a: left, b: new Tensor("float32", b, [k, n]) };
  const { c } = await session.run(feeds);
  check(peer, c?.data as Float32Array);
  const sample = await repeated(async () => {
    await session.run(feeds);
  });
  return { peer, sample, close: () => session.release() };
}
