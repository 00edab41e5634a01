// What a request is answered with, as data.

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | AsyncIterable<string>;
}

const JSON_TYPE = "application/json; charset=utf-8";

export const json = (value: unknown, status = 200): Answer => ({
  status,
  headers: { "content-type": JSON_TYPE, "cache-control": "no-store" },
  body: JSON.stringify(value),
});

export const refused = (status: number, error: string): Answer => json({ error }, status);

export const bytesAnswer = (body: Uint8Array, type: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status: 200,
  headers: { "content-type": type, "cache-control": "no-store", ...headers },
  body,
});

/** Values one by one, a line each, as they come. */
export const jsonLines = (values: AsyncIterable<unknown>): Answer => ({
  status: 200,
  headers: { "content-type": "application/x-ndjson; charset=utf-8", "cache-control": "no-store" },
  body: (async function* () {
    for await (const value of values) yield `${JSON.stringify(value)}\n`;
  })(),
});
