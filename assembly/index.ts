// The ABI: one export line per kernel file. `build.ts` reads these lines, gives every kernel its opcode and writes the
// dispatcher that `run` calls, so a kernel's signature is stated once, where it is written.
export { relu_f32, relu_grad_f32 } from "./kernels/relu";
export { add_f32 } from "./kernels/add";
export { copy_columns_f32 } from "./kernels/copy_columns";
export { gemm_nn_f32, gemm_nt_f32, gemm_tn_f32 } from "./kernels/gemm";
export { column_sum_f32 } from "./kernels/column_sum";
export { weighted_mean_f32, accumulate_f32 } from "./kernels/mean";
export { penalty_f32 } from "./kernels/penalty";
export { clip_value_f32, clip_norm_f32 } from "./kernels/clip";
export { sgd_f32 } from "./kernels/sgd";
export { rmsprop_f32 } from "./kernels/rmsprop";
export { adam_f32 } from "./kernels/adam";
export { dropout_f32, dropout_grad_f32 } from "./kernels/dropout";
export { gather_u8_f32, gather_f32, gather_i32_f32, gather_i32 } from "./kernels/gather";
export { warp_f32 } from "./kernels/warp";
export { noise_f32 } from "./kernels/noise";
export { cutout_f32 } from "./kernels/cutout";

export { run } from "./tape";
