import type { Twin } from "../wasm/abi.ts";

/** JavaScript has one thread here, which is always alone. */
export const meet: Twin<"meet"> = () => {};
