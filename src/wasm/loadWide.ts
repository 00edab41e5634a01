// Kernels on vectors of 256 bits: V8 can join two neighbouring operations on 128 bits into one, behind a flag. The code that it makes leaves
// the processor in a state that slows functions such as Math.exp on the same thread 30 times (it never executes VZEROUPPER), so only workers
// that do nothing else run it. It must prove itself first: the same bits as the ordinary kernels, in less time.
import type { Build, Executor, KernelName } from "./abi.ts";
import { encode } from "./encode.ts";
import { type LoadOptions, loadWasm } from "./load.ts";

/** What a runtime offers for it. */
export interface WideVectors {
  /** Why it cannot be had here, if it is known beforehand. */
  readonly missing: string | undefined;
  /** While this is on, hot kernels of any module of this process are compiled to 256 bits. */
  allow(on: boolean): void;
}

const LEAST_LEAD = 1.3;
/** Twice as wide is at most about twice as fast; beyond this, the ordinary kernels were not yet optimized. */
const MOST_LEAD = 2.6;
const ATTEMPTS = 2;

/** By build: undefined where it has proven itself, or the reason why not. */
const verdicts = new WeakMap<WideVectors, Map<Build, string | undefined>>();

/** An executor whose threads compute with 256 bits, or the reason why there is none. */
export async function loadWide(options: LoadOptions, vectors: WideVectors): Promise<Executor | string> {
  if (vectors.missing !== undefined) return vectors.missing;
  const wide = await loadWasm({ ...options, wide: true });
  try {
    const known = verdicts.get(vectors) ?? new Map<Build, string | undefined>();
    verdicts.set(vectors, known);
    if (!known.has(wide.build)) {
      const ordinary = await loadWasm({ strict: wide.build === "simd" });
      known.set(wide.build, objection(ordinary, wide, vectors));
      wide.views.u8.fill(0, PROGRAMS);
      await ordinary.close();
    }
    const reason = known.get(wide.build);
    if (reason === undefined) return wide;
    await wide.close();
    return reason;
  } catch (error) {
    await wide.close();
    throw error;
  }
}

const [PROGRAMS, A, B, C, SCRATCH] = [0x10000, 0x20000, 0x80000, 0x100000, 0x180000];
const END = 0x280000;
const [COLUMNS, DEPTH, ELEMENTS] = [512, 256, 20_000];

interface Trial {
  readonly kernel: KernelName;
  readonly args: readonly number[];
  /** So many calls are a program of about a millisecond, to which the way to the worker and back adds little. */
  readonly calls: number;
  /** How many floats it computes at C. */
  readonly floats: number;
  /** Whether it must be faster by LEAST_LEAD. */
  readonly timed?: boolean;
}

const product = (rows: number): Trial => ({
  kernel: "gemm_nn_f32",
  args: [C, A, B, 0, SCRATCH, rows, COLUMNS, DEPTH, 1, 0],
  calls: Math.ceil(240 / rows),
  floats: rows * COLUMNS,
  timed: true,
});

/** Tiles of six, five and four rows; then what gains beside products. */
const trials: readonly Trial[] = [
  product(60),
  product(25),
  product(8),
  { kernel: "leaky_relu_f32", args: [C, A, ELEMENTS, 0.1], calls: 200, floats: ELEMENTS },
  { kernel: "relu_grad_f32", args: [C, A, B, ELEMENTS], calls: 200, floats: ELEMENTS },
  { kernel: "column_sum_f32", args: [C, A, 128, 128, 128], calls: 200, floats: 128 },
];

/** The addresses of the trials' programs. */
function prepare(executor: Executor): number[] {
  executor.reserve(END);
  const { views } = executor;
  for (let i = A >>> 2; i < C >>> 2; i++) views.f32[i] = ((i * 7919) % 2003) / 1000 - 1;
  let at = PROGRAMS >>> 2;
  return trials.map(({ kernel, args, calls }) => {
    const program = at << 2;
    for (let i = 0; i < calls; i++) at = encode(views, at, kernel, args);
    views.u32[at++] = 0;
    return program;
  });
}

/** Without a pause, so that nothing else is compiled meanwhile. */
function objection(ordinary: Executor, wide: Executor, vectors: WideVectors): string | undefined {
  const programs = prepare(ordinary);
  prepare(wide);
  let lead = 0;
  const credible = (): boolean => lead >= LEAST_LEAD && lead <= MOST_LEAD;
  for (let attempt = 0; attempt < ATTEMPTS && !credible(); attempt++) {
    const usual = settle(ordinary, programs);
    vectors.allow(true);
    try {
      lead = leadOver(
        usual,
        settle(wide, programs, (own) => leadOver(usual, own) >= LEAST_LEAD),
      );
    } finally {
      vectors.allow(false);
    }
  }
  for (const [i, { kernel, floats }] of trials.entries()) {
    const [expected, got] = [ordinary, wide].map((executor) => {
      executor.run(programs[i] as number);
      return executor.views.u32.slice(C >>> 2, (C >>> 2) + floats);
    }) as [Uint32Array, Uint32Array];
    if (expected.some((bits, j) => bits !== got[j])) return `with vectors of 256 bits ${kernel} computes other bits here`;
  }
  if (credible()) return undefined;
  return `with vectors of 256 bits products are ${lead.toFixed(1)} times as fast here, and not ${LEAST_LEAD} to ${MOST_LEAD} times`;
}

/** How many times faster every timed trial is at least. */
const leadOver = (usual: readonly number[], own: readonly number[]): number =>
  Math.min(...trials.flatMap(({ timed }, i) => (timed ? [(usual[i] as number) / (own[i] as number)] : [])));

const STEADY_MS = 40;
const LONGEST_MS = 800;

/** The least time of each trial, once that has been steady for a while: code is optimized in the background. */
function settle(executor: Executor, programs: readonly number[], enough: (times: readonly number[]) => boolean = () => true): number[] {
  const least = trials.map(() => Number.POSITIVE_INFINITY);
  const started = performance.now();
  let improved = started;
  for (let now = started; now - started < LONGEST_MS && (now - improved < STEADY_MS || !enough(least)); ) {
    programs.forEach((program, i) => {
      const before = now;
      executor.run(program);
      now = performance.now();
      if (now - before < 0.8 * (least[i] as number)) improved = now;
      least[i] = Math.min(least[i] as number, now - before);
    });
  }
  return least;
}
