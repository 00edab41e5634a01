// The ABI: one export line per kernel file. `build.ts` reads these lines, gives every kernel its opcode and writes the
// dispatcher that `run` calls, so a kernel's signature is stated once, where it is written.

export { adam_f32 } from "./kernels/adam";
export { add_f32 } from "./kernels/add";
export { bce_f32, bce_grad_f32 } from "./kernels/bce";
export { bce_logits_f32, bce_logits_grad_f32 } from "./kernels/bce_logits";
export { cce_f32, cce_grad_f32 } from "./kernels/cce";
export { clip_norm_f32, clip_value_f32 } from "./kernels/clip";
export { column_sum_f32 } from "./kernels/column_sum";
export { copy_f32 } from "./kernels/copy";
export { copy_columns_f32 } from "./kernels/copy_columns";
export { count_correct_binary_f32, count_correct_dense_f32, count_correct_f32 } from "./kernels/count_correct";
export { cutout_f32 } from "./kernels/cutout";
export { dropout_f32, dropout_grad_f32 } from "./kernels/dropout";
export { elu_f32, elu_grad_f32 } from "./kernels/elu";
export { embedding_f32, embedding_grad_f32 } from "./kernels/embedding";
export { fill_f32 } from "./kernels/fill";
export { gather_f32, gather_i32, gather_i32_f32, gather_u8_f32 } from "./kernels/gather";
export { gelu_f32, gelu_grad_f32 } from "./kernels/gelu";
export { gemm_nn_f32, gemm_nt_f32, gemm_tn_f32 } from "./kernels/gemm";
export { hard_sigmoid_f32, hard_sigmoid_grad_f32 } from "./kernels/hard_sigmoid";
export { huber_f32, huber_grad_f32 } from "./kernels/huber";
export { leaky_relu_f32, leaky_relu_grad_f32 } from "./kernels/leaky_relu";
export { mae_f32, mae_grad_f32 } from "./kernels/mae";
export { mask_weights_f32 } from "./kernels/mask_weights";
export { max_steps_f32, max_steps_grad_f32 } from "./kernels/max_steps";
export { accumulate_f32, weighted_mean_f32 } from "./kernels/mean";
export { mean_steps_f32, mean_steps_grad_f32 } from "./kernels/mean_steps";
export { mse_f32, mse_grad_f32 } from "./kernels/mse";
export { multiply_f32 } from "./kernels/multiply";
export { noise_f32 } from "./kernels/noise";
export { non_zero_f32 } from "./kernels/non_zero";
export { penalty_f32 } from "./kernels/penalty";
export { recurrent_f32 } from "./kernels/recurrent";
export { recurrent_grad_f32 } from "./kernels/recurrent_grad";
export { recurrent_sum_f32 } from "./kernels/recurrent_sum";
export { relu_f32, relu_grad_f32 } from "./kernels/relu";
export { reverse_steps_f32 } from "./kernels/reverse_steps";
export { rmsprop_f32 } from "./kernels/rmsprop";
export { scale_f32 } from "./kernels/scale";
export { scce_f32, scce_grad_f32 } from "./kernels/scce";
export { sgd_f32 } from "./kernels/sgd";
export { sigmoid_f32, sigmoid_grad_f32 } from "./kernels/sigmoid";
export { softmax_f32, softmax_grad_f32 } from "./kernels/softmax";
export { softmax_cce_f32, softmax_cce_grad_f32 } from "./kernels/softmax_cce";
export { softmax_scce_f32, softmax_scce_grad_f32 } from "./kernels/softmax_scce";
export { softplus_f32, softplus_grad_f32 } from "./kernels/softplus";
export { swish_f32, swish_grad_f32 } from "./kernels/swish";
export { tanh_f32, tanh_grad_f32 } from "./kernels/tanh";
export { warp_f32 } from "./kernels/warp";

export { meet } from "./kernels/meet";

export { widen } from "./lanes/wide";
export { run } from "./tape";
export { work } from "./threads";
