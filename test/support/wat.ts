// Reads the text of a WebAssembly module as the AssemblyScript compiler writes it: one instruction a line, functions by their names.

/** What a function or a loop executes itself, and the loops within. */
export interface Region {
  readonly instructions: readonly Instruction[];
  readonly loops: readonly Region[];
}

export interface Instruction {
  readonly name: string;
  /** What follows the name: an immediate, a label, the function that is called. */
  readonly operand: string;
}

/** The bodies of all functions. */
export function readFunctions(wat: string): Map<string, Region> {
  const functions = new Map<string, Region>();
  for (const [, name, body] of wat.matchAll(/^ \(func \$(\S+)(?: \((?:param|result)[^\n]*)?\n([\s\S]*?)^ \)$/gm)) {
    functions.set(name as string, readBody(body as string));
  }
  return functions;
}

interface Growing {
  readonly instructions: Instruction[];
  readonly loops: Growing[];
}

function readBody(body: string): Region {
  const whole: Growing = { instructions: [], loops: [] };
  // For each block, if and loop that is open, the innermost loop around its instructions.
  const open = [whole];
  for (const [, name = "", operand = ""] of body.matchAll(/^ +([a-z][\w.]*) *(.*)$/gm)) {
    const around = open.at(-1);
    if (around === undefined) throw new Error(`${name} ${operand}: there is an end too many before it`);
    if (name === "loop") {
      const inner: Growing = { instructions: [], loops: [] };
      around.loops.push(inner);
      open.push(inner);
    } else {
      around.instructions.push({ name, operand });
      if (name === "block" || name === "if") open.push(around);
      if (name === "end") open.pop();
    }
  }
  if (open.length !== 1) throw new Error("a block, if or loop is not closed");
  return whole;
}

/** All loops of a region, the inner ones too. */
export function allLoops({ loops }: Region): Region[] {
  return loops.flatMap((loop) => [loop, ...allLoops(loop)]);
}
