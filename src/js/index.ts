// Every kernel's twin in plain JavaScript; the type makes a missing or wrong one a compile error.
import type { KernelName, Twin } from "../wasm/abi.ts";
import { add_f32 } from "./add.ts";
import { copy_columns_f32 } from "./copy_columns.ts";
import { relu_f32, relu_grad_f32 } from "./relu.ts";
import { gemm_nn_f32, gemm_nt_f32, gemm_tn_f32 } from "./gemm.ts";
import { column_sum_f32 } from "./column_sum.ts";
import { accumulate_f32, weighted_mean_f32 } from "./mean.ts";
import { penalty_f32 } from "./penalty.ts";
import { clip_norm_f32, clip_value_f32 } from "./clip.ts";
import { sgd_f32 } from "./sgd.ts";
import { rmsprop_f32 } from "./rmsprop.ts";
import { adam_f32 } from "./adam.ts";
import { dropout_f32, dropout_grad_f32 } from "./dropout.ts";
import { gather_f32, gather_i32, gather_i32_f32, gather_u8_f32 } from "./gather.ts";
import { warp_f32 } from "./warp.ts";
import { noise_f32 } from "./noise.ts";
import { cutout_f32 } from "./cutout.ts";

export const twins: { readonly [K in KernelName]: Twin<K> } = {
  relu_f32,
  relu_grad_f32,
  add_f32,
  copy_columns_f32,
  gemm_nn_f32,
  gemm_nt_f32,
  gemm_tn_f32,
  column_sum_f32,
  weighted_mean_f32,
  accumulate_f32,
  penalty_f32,
  clip_value_f32,
  clip_norm_f32,
  sgd_f32,
  rmsprop_f32,
  adam_f32,
  dropout_f32,
  dropout_grad_f32,
  gather_u8_f32,
  gather_f32,
  gather_i32_f32,
  gather_i32,
  warp_f32,
  noise_f32,
  cutout_f32,
};
