// Every kernel's twin in plain JavaScript; the type makes a missing or wrong one a compile error.
import type { KernelName, Twin } from "../wasm/abi.ts";
import { add_f32 } from "./add.ts";
import { copy_columns_f32 } from "./copy_columns.ts";
import { relu_f32, relu_grad_f32 } from "./relu.ts";

export const twins: { readonly [K in KernelName]: Twin<K> } = {
  relu_f32,
  relu_grad_f32,
  add_f32,
  copy_columns_f32,
};
