// A run for TensorBoard: `tensorboard/train`, `tensorboard/validation` and `tensorboard/test` in the run's folder, each with one event
// file that grows by the epoch. `tensorboard --logdir runs` shows them, several runs on top of each other. Tags are those of Keras.
import { type Bytes, joined } from "../../data/openBytes.ts";
import { pipelineText } from "../artifacts.ts";
import type { RunContext } from "../context.ts";
import type { ArtifactEvent, EpochEvent, Scalars } from "../events.ts";
import { eventRecord, firstRecord } from "./record.ts";

export interface BoardLog {
  /** Adds an epoch to the curves. */
  epoch(event: EpochEvent): Promise<void>;
  /** The files that grew. */
  end(): Generator<ArtifactEvent, void, undefined>;
}

type Context = Pick<RunContext, "pipeline" | "options" | "platform" | "store" | "fold">;

const FILE = "events.out.tfevents.lanewise";

/** Undefined where nobody asked for it. */
export function openBoard(context: Context): BoardLog | undefined {
  if (context.options.tensorBoard !== true) return undefined;
  const files = new Map<string, BoardFile>();
  const add = async (set: string, step: number, scalars: Scalars): Promise<void> => {
    const file = files.get(set) ?? (await openFile(context, set));
    files.set(set, file);
    await file.add(step, scalars);
  };
  return {
    async epoch({ epoch, train, validation, learningRate, samplesPerSecond }) {
      await add("train", epoch, { ...train, learning_rate: learningRate, samples_per_second: samplesPerSecond });
      if (validation !== undefined) await add("validation", epoch, validation);
    },
    *end() {
      for (const file of files.values()) yield file.event();
    },
  };
}

/** What the test rows gave after this many epochs: one more point beside the curves. */
export async function* boardTest(context: Context, scalars: Scalars, epochs: number): AsyncGenerator<ArtifactEvent, void, undefined> {
  if (context.options.tensorBoard !== true) return;
  const file = await openFile(context, "test");
  await file.add(epochs, scalars);
  yield file.event();
}

interface BoardFile {
  add(step: number, scalars: Scalars): Promise<void>;
  event(): ArtifactEvent;
}

/** A run that is resumed goes on with its files; any other begins them anew. */
async function openFile({ pipeline, options, platform, store, fold }: Context, set: string): Promise<BoardFile> {
  const place = fold?.place;
  const folder = `tensorboard/${place === undefined ? "" : `fold-${place.repeat}-${place.fold}/`}${set}`;
  const folderStore = store && (await platform.store(`${store.name}/${folder}`));
  const before = options.resume === true ? await folderStore?.read(FILE) : undefined;
  const pieces: Bytes[] = [];
  let bytes = before?.length ?? 0;
  if (before === undefined) {
    const first = [firstRecord(now())];
    if (set === "train") {
      const texts = { pipeline: `\`\`\`json\n${pipelineText(pipeline)}\`\`\`` };
      first.push(eventRecord({ wallTime: now(), step: 0, texts }));
    }
    const whole = joined(first);
    bytes = whole.length;
    if (folderStore === undefined) pieces.push(whole);
    else await folderStore.write(FILE, whole);
  }
  return {
    async add(step, scalars) {
      const record = eventRecord({ wallTime: now(), step, scalars: tagged(scalars) });
      bytes += record.length;
      if (folderStore === undefined) pieces.push(record);
      else await folderStore.append(FILE, record);
    },
    event: () => ({
      type: "artifact",
      name: `${folder}/${FILE}`,
      bytes,
      ...(folderStore === undefined && { content: joined(pieces) }),
    }),
  };
}

const now = (): number => Date.now() / 1000;

const tagged = (scalars: Scalars): Scalars => Object.fromEntries(Object.entries(scalars).map(([name, value]) => [`epoch_${name}`, value]));
