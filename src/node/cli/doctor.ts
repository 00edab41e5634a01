// `lanewise doctor`: what this machine has for lanewise, and why not.
import { existsSync } from "node:fs";
import { arch, cpus, freemem, platform, release, totalmem } from "node:os";
import { loadWasm } from "../../wasm/load.ts";
import { capabilities } from "../../wasm/probe.ts";
import { cacheFolder, dataFolder } from "../folders.ts";
import { nodePlatform } from "../platform.ts";
import { coloursFor } from "./colours.ts";
import { type Command, columns } from "./command.ts";
import { firstLine } from "./failure.ts";

interface Finding {
  readonly name: string;
  /** Undefined where it is neither good nor bad. */
  readonly ok?: boolean;
  readonly text: string;
}

export const doctorCommand: Command = {
  name: "doctor",
  summary: "Says what this machine has: SIMD, relaxed SIMD, threads, data; and why not.",
  usage: "lanewise doctor [options]",
  options: { json: { type: "boolean", help: "print one JSON object" } },
  examples: ["lanewise doctor", "lanewise doctor --json | jq .relaxedSimd"],
  needs: [],
  async run(given) {
    const found = await findings();
    if (given.flag("json")) {
      const { simd, relaxedSimd, sharedMemory } = capabilities();
      const facts = {
        node: process.versions.node,
        v8: process.versions.v8,
        platform: platform(),
        arch: arch(),
        cores: nodePlatform.cores,
        memory: totalmem(),
      };
      const folders = { cache: cacheFolder(), cacheExists: existsSync(cacheFolder()), data: dataFolder() ?? null };
      process.stdout.write(
        `${JSON.stringify({ ...facts, simd, relaxedSimd, sharedMemory, build: await buildUsed(), typescript: Boolean(process.features.typescript), ...folders })}\n`,
      );
    } else {
      const { green, red, dim } = coloursFor(process.stdout);
      const mark = (ok: boolean | undefined): string => (ok === undefined ? dim("·") : ok ? green("✔") : red("✘"));
      const lines = columns(found.map(({ name, text }) => [name, text])).map((line, i) => `${mark(found[i]?.ok)}${line.slice(1)}`);
      process.stdout.write(`${lines.join("\n")}\n`);
    }
    return found.some(({ ok }) => ok === false) ? 1 : 0;
  },
};

async function buildUsed(): Promise<string> {
  try {
    return (await loadWasm()).build;
  } catch {
    return "none";
  }
}

async function findings(): Promise<Finding[]> {
  const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  const has = capabilities();
  const data = dataFolder();
  return [
    {
      name: "Node",
      ok: Boolean(process.features.typescript),
      text: `${process.versions.node}, V8 ${process.versions.v8}${process.features.typescript ? ", reads TypeScript" : "; needs >= 22.18 to read pipelines in TypeScript"}`,
    },
    { name: "system", text: `${platform()} ${release()}, ${arch()}, ${cpus()[0]?.model.trim() ?? "unknown processor"}` },
    { name: "cores", text: String(nodePlatform.cores) },
    { name: "memory", text: `${gib(totalmem())}, ${gib(freemem())} free` },
    { name: "SIMD", ok: has.simd, text: has.simd ? "yes" : "no: this V8 or processor lacks 128-bit vectors; only --backend js runs" },
    {
      name: "relaxed SIMD",
      text: has.relaxedSimd ? "yes" : "no: this V8 or processor lacks it; plain SIMD is used, which is slower",
    },
    { name: "threads", text: threadsText(has.sharedMemory) },
    await kernels(),
    { name: "cache", text: existsSync(cacheFolder()) ? cacheFolder() : `${cacheFolder()} (not there yet: downloads will make it)` },
    dataFinding(data),
  ];
}

function threadsText(sharedMemory: boolean): string {
  if (!sharedMemory) return "no: there is no shared memory here";
  return nodePlatform.cores === 1
    ? "yes, but there is one core"
    : `yes: --threads 2, or --threads auto for up to ${nodePlatform.cores} cores`;
}

/** Runs a kernel: nothing else proves that it runs. */
async function kernels(): Promise<Finding> {
  const name = "kernels";
  try {
    const executor = await loadWasm();
    const at = 8192;
    executor.reserve(at + 256);
    executor.views.f32.set([1, -2, 3, -4], at / 4);
    executor.call("relu_f32", at + 64, at, 4);
    const right = String(executor.views.f32.slice(at / 4 + 16, at / 4 + 20)) === "1,0,3,0";
    return {
      name,
      ok: right,
      text: right ? `the ${executor.build === "relaxed" ? "relaxed SIMD" : "SIMD"} build runs` : "they run but compute wrong numbers",
    };
  } catch (error) {
    return { name, ok: false, text: firstLine(error) };
  }
}

function dataFinding(data: string | undefined): Finding {
  const name = "$LANEWISE_DATA";
  if (data === undefined) return { name, text: "not set" };
  return existsSync(data) ? { name, ok: true, text: data } : { name, ok: false, text: `${data} (there is no such folder)` };
}
