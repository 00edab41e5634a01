// The worker that a thread is. Its source is a Blob, as there is no file that a bundler could keep.
const PRELUDE = `const ready = () => postMessage("ready");
const done = () => postMessage("done");
`;

/** It runs `source` on what it is sent, and answers "ready", then "done". */
export function createThread(source: string): Worker {
  const url = URL.createObjectURL(new Blob([`${PRELUDE}onmessage = ({ data }) => { ${source} };`], { type: "text/javascript" }));
  const worker = new Worker(url);
  const revoke = (): void => URL.revokeObjectURL(url);
  worker.addEventListener("message", revoke, { once: true });
  worker.addEventListener("error", revoke, { once: true });
  return worker;
}
