// The studio's server, as functions. What it refuses is thrown as an Error with its one line.
import type { Pipeline } from "../pipeline/define.ts";
import type {
  LiveControl,
  LiveInfo,
  LiveMessage,
  LiveOrder,
  PipelineEntry,
  Refusal,
  RunDetail,
  RunRow,
  StudioFacts,
} from "../records/protocol.ts";
import { fromWire } from "../records/wire.ts";

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, init).catch(() => {
    throw new Error("the studio's server does not answer; is it still running in its terminal?");
  });
  if (response.ok) return response;
  const { error } = (await response.json().catch(() => ({ error: `the server answered ${response.status}` }))) as Refusal;
  throw new Error(error);
}

const get = async <T>(path: string): Promise<T> => (await (await ask(path)).json()) as T;

const post = async <T>(path: string, body: unknown = {}): Promise<T> =>
  (await (await ask(path, { method: "POST", body: JSON.stringify(body) })).json()) as T;

const part = encodeURIComponent;

export const api = {
  facts: () => get<StudioFacts>("/api/studio"),
  pipelines: () => get<PipelineEntry[]>("/api/pipelines"),
  pipeline: async (file: string): Promise<Pipeline> => fromWire(await get(`/api/pipelines/${part(file)}`)) as Pipeline,
  runs: () => get<RunRow[]>("/api/runs"),
  run: (run: string) => get<RunDetail>(`/api/runs/${part(run)}`),
  live: () => get<LiveInfo[]>("/api/live"),
  start: (order: LiveOrder) => post<LiveInfo>("/api/live", order),
  /** Goes on with a run that was cut off. */
  goOn: (run: string) => post<LiveInfo>(`/api/live/${part(run)}/continue`),
  control: (run: string, what: LiveControl) => post<LiveInfo>(`/api/live/${part(run)}/${what}`),
  /** Keeps the files of a run that this page has carried out; gives the name of its folder. */
  async keep(name: string, files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): Promise<string> {
    const { run } = await post<{ run: string }>("/api/runs", { name });
    for (const [file, body] of files) await ask(`/api/runs/${part(run)}/files/${part(file)}`, { method: "PUT", body });
    await post(`/api/runs/${part(run)}/report`);
    return run;
  },
};

/** Where the files of a run are that was kept. */
export const folderOf = (run: string): string => `/api/runs/${part(run)}/files/`;

/** The address of one of them. */
export const fileOf = (run: string, name: string): string => `${folderOf(run)}${part(name)}`;

/** What happens in a run of the server, from its beginning. */
export async function* follow(run: string, signal: AbortSignal): AsyncGenerator<LiveMessage, void, undefined> {
  const { body } = await ask(`/api/live/${part(run)}/events`, { signal });
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let left = "";
  for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
    const lines = (left + next.value).split("\n");
    left = lines.pop() as string;
    for (const line of lines) yield JSON.parse(line) as LiveMessage;
  }
}
