// Every kernel's twin in plain JavaScript; the type makes a missing or wrong one a compile error.
import type { KernelName, Twin } from "../wasm/abi.ts";
import { adam_f32 } from "./adam.ts";
import { add_f32 } from "./add.ts";
import { bce_f32, bce_grad_f32 } from "./bce.ts";
import { bce_logits_f32, bce_logits_grad_f32 } from "./bce_logits.ts";
import { cce_f32, cce_grad_f32 } from "./cce.ts";
import { clip_norm_f32, clip_value_f32 } from "./clip.ts";
import { column_sum_f32 } from "./column_sum.ts";
import { copy_f32 } from "./copy.ts";
import { copy_columns_f32 } from "./copy_columns.ts";
import { count_correct_binary_f32, count_correct_dense_f32, count_correct_f32 } from "./count_correct.ts";
import { cutout_f32 } from "./cutout.ts";
import { dropout_f32, dropout_grad_f32 } from "./dropout.ts";
import { elu_f32, elu_grad_f32 } from "./elu.ts";
import { embedding_f32, embedding_grad_f32 } from "./embedding.ts";
import { fill_f32 } from "./fill.ts";
import { gather_f32, gather_i32, gather_i32_f32, gather_u8_f32 } from "./gather.ts";
import { gelu_f32, gelu_grad_f32 } from "./gelu.ts";
import { gemm_nn_f32, gemm_nt_f32, gemm_tn_f32 } from "./gemm.ts";
import { hard_sigmoid_f32, hard_sigmoid_grad_f32 } from "./hard_sigmoid.ts";
import { huber_f32, huber_grad_f32 } from "./huber.ts";
import { leaky_relu_f32, leaky_relu_grad_f32 } from "./leaky_relu.ts";
import { mae_f32, mae_grad_f32 } from "./mae.ts";
import { mask_weights_f32 } from "./mask_weights.ts";
import { max_steps_f32, max_steps_grad_f32 } from "./max_steps.ts";
import { accumulate_f32, weighted_mean_f32 } from "./mean.ts";
import { mean_steps_f32, mean_steps_grad_f32 } from "./mean_steps.ts";
import { meet } from "./meet.ts";
import { mse_f32, mse_grad_f32 } from "./mse.ts";
import { multiply_f32 } from "./multiply.ts";
import { noise_f32 } from "./noise.ts";
import { non_zero_f32 } from "./non_zero.ts";
import { penalty_f32 } from "./penalty.ts";
import { recurrent_f32, recurrent_grad_f32 } from "./recurrent.ts";
import { recurrent_sum_f32 } from "./recurrent_sum.ts";
import { relu_f32, relu_grad_f32 } from "./relu.ts";
import { reverse_steps_f32 } from "./reverse_steps.ts";
import { rmsprop_f32 } from "./rmsprop.ts";
import { scale_f32 } from "./scale.ts";
import { scce_f32, scce_grad_f32 } from "./scce.ts";
import { sgd_f32 } from "./sgd.ts";
import { sigmoid_f32, sigmoid_grad_f32 } from "./sigmoid.ts";
import { softmax_f32, softmax_grad_f32 } from "./softmax.ts";
import { softmax_cce_f32, softmax_cce_grad_f32 } from "./softmax_cce.ts";
import { softmax_scce_f32, softmax_scce_grad_f32 } from "./softmax_scce.ts";
import { softplus_f32, softplus_grad_f32 } from "./softplus.ts";
import { swish_f32, swish_grad_f32 } from "./swish.ts";
import { tanh_f32, tanh_grad_f32 } from "./tanh.ts";
import { warp_f32 } from "./warp.ts";

export const twins: { readonly [K in KernelName]: Twin<K> } = {
  meet,
  relu_f32,
  relu_grad_f32,
  add_f32,
  copy_columns_f32,
  embedding_f32,
  embedding_grad_f32,
  non_zero_f32,
  mean_steps_f32,
  mean_steps_grad_f32,
  mask_weights_f32,
  max_steps_f32,
  max_steps_grad_f32,
  reverse_steps_f32,
  multiply_f32,
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
  recurrent_f32,
  recurrent_grad_f32,
  recurrent_sum_f32,
  warp_f32,
  noise_f32,
  cutout_f32,
  leaky_relu_f32,
  leaky_relu_grad_f32,
  elu_f32,
  elu_grad_f32,
  sigmoid_f32,
  sigmoid_grad_f32,
  hard_sigmoid_f32,
  hard_sigmoid_grad_f32,
  tanh_f32,
  tanh_grad_f32,
  gelu_f32,
  gelu_grad_f32,
  softplus_f32,
  softplus_grad_f32,
  swish_f32,
  swish_grad_f32,
  softmax_f32,
  softmax_grad_f32,
  scale_f32,
  copy_f32,
  fill_f32,
  mse_f32,
  mse_grad_f32,
  mae_f32,
  mae_grad_f32,
  huber_f32,
  huber_grad_f32,
  bce_f32,
  bce_grad_f32,
  bce_logits_f32,
  bce_logits_grad_f32,
  cce_f32,
  cce_grad_f32,
  scce_f32,
  scce_grad_f32,
  softmax_cce_f32,
  softmax_cce_grad_f32,
  softmax_scce_f32,
  softmax_scce_grad_f32,
  count_correct_f32,
  count_correct_dense_f32,
  count_correct_binary_f32,
};
