// What a run was computed on, for its report. No names of hosts or users.
import { availableParallelism, cpus } from "node:os";
import { version } from "../pipeline/generated/version.ts";
import type { Environment } from "../pipeline/report/file.ts";

export function environment(): Environment {
  const processor = cpus()[0]?.model.trim();
  return {
    lanewise: version,
    runtime: `Node ${process.versions.node}, V8 ${process.versions.v8}`,
    system: `${process.platform} ${process.arch}`,
    ...(processor && { processor }),
    cores: availableParallelism(),
  };
}
