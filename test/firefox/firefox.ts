// A stock Firefox, without a window, driven over WebDriver BiDi: https://w3c.github.io/webdriver-bidi/.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Firefox {
  /** Opens this address and waits until it has loaded. */
  visit(url: string): Promise<void>;
  /** Runs the expression in the page; its value, awaited, must be JSON. */
  evaluate<T>(expression: string): Promise<T>;
  close(): Promise<void>;
}

/** What Firefox would otherwise ask of the network by itself. */
const settings = `user_pref("app.normandy.enabled", false);
user_pref("app.update.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("services.settings.server", "data:,");
`;

const STARTS_WITHIN_MS = 60_000;

export async function openFirefox(program: string): Promise<Firefox> {
  const profile = await mkdtemp(join(tmpdir(), "lanewise-firefox-"));
  await writeFile(join(profile, "user.js"), settings);
  // A home of its own: as root, Firefox refuses one that belongs to somebody else.
  const args = ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0", "about:blank"];
  const child = spawn(program, args, { env: { ...process.env, HOME: profile }, stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const quit = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const send = await connect(await addressOf(child));
    await send("session.new", { capabilities: {} });
    const { contexts } = (await send("browsingContext.getTree", {})) as { contexts: [{ context: string }] };
    const { context } = contexts[0];
    return {
      async visit(url) {
        await send("browsingContext.navigate", { context, url, wait: "complete" });
      },
      async evaluate<T>(expression: string) {
        const result = (await send("script.evaluate", {
          expression: `(async () => JSON.stringify(await (${expression})))()`,
          target: { context },
          awaitPromise: true,
        })) as { result?: { value: string }; exceptionDetails?: { text: string } };
        if (result.exceptionDetails !== undefined) throw new Error(result.exceptionDetails.text);
        return JSON.parse(result.result?.value as string) as T;
      },
      close: quit,
    };
  } catch (error) {
    await quit();
    throw error;
  }
}

/** Firefox says on standard error where it listens. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const fail = (why: string): void => reject(new Error(`Firefox ${why}: ${said.slice(-500)}`));
    const timer = setTimeout(() => fail("did not start in time"), STARTS_WITHIN_MS);
    child.once("error", reject);
    child.once("close", () => fail("ended"));
    child.stderr?.on("data", (chunk: Buffer) => {
      said += chunk;
      const address = /WebDriver BiDi listening on (ws:\S+)/.exec(said)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(`${address}/session`);
    });
  });
}

type Send = (method: string, params: object) => Promise<unknown>;

interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: string;
  readonly message?: string;
}

async function connect(address: string): Promise<Send> {
  const socket = new WebSocket(address);
  const waiting = new Map<number, (answer: Answer) => void>();
  socket.onmessage = ({ data }) => {
    const answer = JSON.parse(data as string) as Answer;
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
  };
  socket.onclose = () => {
    for (const answer of waiting.values()) answer({ error: "closed", message: "Firefox has hung up" });
  };
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error(`${address}: no connection`));
  });
  let last = 0;
  return (method, params) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, ({ result, error, message }) => {
        waiting.delete(id);
        if (error === undefined) resolve(result);
        else reject(new Error(`${method}: ${message}`));
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
}
