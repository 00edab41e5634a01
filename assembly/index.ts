// The ABI: one export line per kernel file. `build.ts` reads these lines, gives every kernel its opcode and writes the
// dispatcher that `run` calls, so a kernel's signature is stated once, where it is written.
export { relu_f32, relu_grad_f32 } from "./kernels/relu";
export { add_f32 } from "./kernels/add";
export { copy_columns_f32 } from "./kernels/copy_columns";

export { run } from "./tape";
