// The runs that were kept: a table to sort, and to choose from.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { RunRow } from "../records/protocol.ts";
import { duration, numberText } from "../report/format.ts";
import { api } from "./api.ts";
import { go, linkTo } from "./route.ts";
import { Scroll } from "./scroll.tsx";
import { useLoaded } from "./store.ts";

interface Column {
  readonly title: string;
  readonly number?: true;
  /** What it is sorted by. */
  by(run: RunRow): string | number;
  show(run: RunRow): JSX.Element | string;
}

const localTime = (iso: string): string => new Date(iso).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });

const columns: readonly Column[] = [
  { title: "run", by: ({ folder }) => folder, show: ({ folder }) => <a href={linkTo.run(folder)}>{folder}</a> },
  { title: "started", by: ({ started }) => started, show: ({ started }) => <time dateTime={started}>{localTime(started)}</time> },
  { title: "pipeline", by: ({ pipeline }) => pipeline, show: ({ pipeline }) => pipeline },
  {
    title: "epochs",
    number: true,
    by: ({ epochs }) => epochs,
    show: ({ epochs, planned }) => (epochs === planned ? `${epochs}` : `${epochs} of ${planned}`),
  },
  {
    title: "gave",
    number: true,
    by: ({ metric }) => metric?.value ?? Number.NEGATIVE_INFINITY,
    show: ({ metric }) =>
      metric ? (
        <>
          {metric.name} <b>{numberText(metric.value)}</b>
        </>
      ) : (
        "–"
      ),
  },
  { title: "training", number: true, by: ({ seconds }) => seconds, show: ({ seconds }) => duration(seconds) },
  {
    title: "state",
    by: ({ live, state }) => live ?? state,
    show: ({ live, state }) => <span class={`state ${live ?? state}`}>{live ?? state}</span>,
  },
];

export function RunsPage(): JSX.Element {
  const { value: runs, error } = useLoaded(api.runs, []);
  const [sort, setSort] = useState({ column: 1, down: true });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const sorted = [...(runs ?? [])].sort((a, b) => {
    const [x, y] = [columns[sort.column]?.by(a) ?? 0, columns[sort.column]?.by(b) ?? 0];
    return (x < y ? -1 : x > y ? 1 : 0) * (sort.down ? -1 : 1);
  });
  const choose = (run: string, on: boolean): void =>
    setChosen((before) => [...before.filter((other) => other !== run), ...(on ? [run] : [])]);
  return (
    <>
      <h1>Runs</h1>
      {error !== undefined && <p class="problem">{error}</p>}
      {runs?.length === 0 && (
        <p class="lead">
          There are none yet. <a href={linkTo.pipelines}>Choose a pipeline</a> and train it.
        </p>
      )}
      {runs !== undefined && runs.length > 0 && (
        <section aria-label="Runs">
          <div class="pick">
            <p class="soft">{chosen.length === 0 ? "Choose two or more to compare." : `${chosen.length} chosen.`}</p>
            <button type="button" class="main" disabled={chosen.length < 2} onClick={() => go(linkTo.compare(chosen))}>
              Compare
            </button>
          </div>
          <Scroll label="Table of runs">
            <table class="runs">
              <thead>
                <tr>
                  <td />
                  {columns.map(({ title, number }, i) => (
                    <th
                      key={title}
                      scope="col"
                      class={number && "number"}
                      aria-sort={sort.column === i ? (sort.down ? "descending" : "ascending") : "none"}
                    >
                      <button
                        type="button"
                        class="sort"
                        onClick={() => setSort({ column: i, down: sort.column === i ? !sort.down : true })}
                      >
                        {title}
                        <span aria-hidden="true">{sort.column === i ? (sort.down ? " ↓" : " ↑") : ""}</span>
                      </button>
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {sorted.map((run) => (
                  <tr key={run.folder}>
                    <td>
                      <input
                        type="checkbox"
                        aria-label={`Compare ${run.folder}`}
                        checked={chosen.includes(run.folder)}
                        onChange={(event) => choose(run.folder, event.currentTarget.checked)}
                      />
                    </td>
                    {columns.map(({ title, number, show }) => (
                      <td key={title} class={number && "number"}>
                        {show(run)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </section>
      )}
    </>
  );
}
