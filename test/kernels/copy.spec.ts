import { elementwise } from "../support/spec.ts";

export default elementwise({ kernel: "copy_f32", reference: (x) => x, domain: [-8, 8], tolerance: {} });
