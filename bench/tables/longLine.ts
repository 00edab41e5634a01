// node bench/tables/longLine.ts [MEGABYTES]: tables that are one line of so many megabytes (default 100): what they are read as, how long that takes, and
// the most memory that a process held for it.
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CsvSource, csv, csvKind } from "../../src/data/csv.ts";
import { column } from "../../src/data/table.ts";
import { openOnDisk } from "../../src/node/openOnDisk.ts";

/** `of` is written again and again. */
const lines: Readonly<Record<string, { head: string; of: string; tail: string; settings?: Pick<CsvSource, "types" | "ragged"> }>> = {
  "one quoted cell, text": { head: 'a,b,y\n1,"', of: 'x, ""\n', tail: '",0\n2,z,1\n', settings: { types: { b: "text" } } },
  "one quoted cell, a category": { head: 'a,b,y\n1,"', of: "é, ", tail: '",0\n2,z,1\n' },
  "one number": { head: "a,b,y\n1,", of: "7", tail: ",0\n2,3,1\n" },
  "one row of too many cells": { head: "a,b,y\n1", of: ",1234567", tail: "\n2,z,1\n" },
  "one row of empty cells": { head: "a,b,y\n1", of: ",", tail: "\n2,z,1\n", settings: { ragged: "fill" } },
  "a quote that is never closed": { head: 'a,b,y\n1,"', of: "x\n", tail: "" },
  "no line end, no delimiter": { head: "", of: "x", tail: "" },
};

async function readLine(name: string, path: string, bytes: number): Promise<string> {
  const { head = "", of = "", tail = "", settings = {} } = lines[name] ?? {};
  const file = openSync(path, "w");
  writeSync(file, head);
  const piece = of.repeat(Math.ceil(2 ** 20 / of.length));
  for (let written = 0; written < bytes; written += piece.length) writeSync(file, piece);
  writeSync(file, tail);
  closeSync(file);
  const lacking = async (): Promise<never> => {
    throw new Error("the source asked for another file");
  };
  const started = performance.now();
  const took = (): string =>
    `${((performance.now() - started) / 1000).toFixed(1)} s, ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`;
  try {
    const table = await csvKind.load(csv(path, settings), {
      signal: new AbortController().signal,
      seed: 0,
      read: lacking,
      file: lacking,
      list: lacking,
      open: async () => openOnDisk(path, "table.csv"),
      progress: () => undefined,
      warn: () => undefined,
      pause: async () => undefined,
    });
    const b = column(table, "b");
    const cell = b.type === "text" ? b.values[0] : b.type === "category" ? b.categories[b.codes[0] as number] : undefined;
    return `${took()}: ${table.rows} rows, a cell of ${cell?.length} characters`;
  } catch (error) {
    return `${took()}: ${(error as Error).message}`;
  }
}

const [megabytes = "100", name, path] = process.argv.slice(2);
if (name !== undefined && path !== undefined) console.log(await readLine(name, path, Number(megabytes) * 2 ** 20));
else {
  const folder = mkdtempSync(join(tmpdir(), "lanewise-bench-"));
  try {
    for (const each of Object.keys(lines)) {
      const { stdout } = spawnSync(process.execPath, [import.meta.filename, megabytes, each, join(folder, "table.csv")], {
        encoding: "utf8",
      });
      console.log(`${each.padEnd(30)} ${stdout.trim()}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
