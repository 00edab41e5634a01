// Runs a program: words of 4 bytes, [opcode, arguments…]*, ended by opcode 0. Arguments are pointers, integers or floats, in
// the order of the kernel's signature. `dispatch` is generated from those signatures.
import { dispatch } from "./generated/dispatch";

export function run(program: usize): void {
  while (program != 0) program = dispatch(program);
}
