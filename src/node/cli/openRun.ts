// A run folder that the user named, to read from.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Store } from "../../pipeline/platform.ts";
import { readStore } from "../store.ts";
import { usageError } from "./failure.ts";

export function openRun(folder: string): Pick<Store, "name" | "read"> {
  if (!existsSync(folder))
    throw usageError(folder, "there is no such folder; expected the folder of a run, such as runs/mnist-20261124-101500");
  if (!existsSync(join(folder, "pipeline.json"))) throw usageError(folder, "it holds no pipeline.json, so it is not the folder of a run");
  return readStore(folder);
}
