// V8's flag that joins vectors, set and unset while the process runs.
import { setFlagsFromString } from "node:v8";
import type { WideVectors } from "../wasm/loadWide.ts";

export const wideVectors: WideVectors = {
  missing: missing(),
  allow(on) {
    setFlagsFromString(on ? "--experimental-wasm-revectorize" : "--no-experimental-wasm-revectorize");
  },
};

function missing(): string | undefined {
  if (process.arch !== "x64") return `vectors of 256 bits need a processor of the x86-64 family; this is ${process.arch}`;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 23 || (major === 23 && minor < 5)) return `vectors of 256 bits need Node 23.5 or newer; this is ${process.versions.node}`;
  return undefined;
}
