// One stage: how many rows came and went, and what it made of those that are followed.
import type { JSX } from "preact";
import type { RowView, ValuesView } from "../../pipeline/events.ts";
import { grouped } from "../../report/format.ts";
import { Scroll } from "../scroll.tsx";
import { RowPicture } from "./rowPicture.tsx";
import type { Cell, SeenStage } from "./stages.ts";

export function StageRows({ event, cells }: SeenStage): JSX.Element {
  const { stage, kind, rowsIn, rowsOut, changed, note, removed } = event;
  return (
    <li>
      <div class="seen-head">
        <p class="stage">{stage === kind ? "" : stage}</p>
        <h3>{kind}</h3>
        <p class="soft small">
          {rowsIn === rowsOut ? `${grouped(rowsOut)} rows` : `${grouped(rowsIn)} → ${grouped(rowsOut)} rows`}
          {changed > 0 && ` · ${grouped(changed)} values changed`}
          {note !== "" && ` · ${note}`}
        </p>
        {removed.length > 0 && (
          <ul class="removed">
            {removed.slice(0, 3).map(({ id, reason }) => (
              <li key={id}>
                row {grouped(id)}: {reason}
              </li>
            ))}
          </ul>
        )}
      </div>
      {cells.length > 0 && <Cells cells={cells} kind={kind} />}
    </li>
  );
}

function Cells({ cells, kind }: { readonly cells: readonly Cell[]; readonly kind: string }): JSX.Element {
  const views = cells.map(({ sample }) => sample?.view);
  if (views.some((view) => view?.kind === "values")) return <ValueTable cells={cells} kind={kind} />;
  if (views.some((view) => view?.kind === "picture")) {
    return (
      <ul class="strip">
        {cells.map((cell) => (
          <li key={cell.id} class={cell.changed ? "changed" : ""}>
            <Shown cell={cell} />
            <span class="soft small">row {grouped(cell.id)}</span>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <ul class="lines">
      {cells.map((cell) => (
        <li key={cell.id} class={cell.sample === undefined ? "gone" : cell.changed ? "changed" : "same"}>
          <span class="soft small">row {grouped(cell.id)}</span>
          <span>{cell.sample?.text ?? gone(cell)}</span>
        </li>
      ))}
    </ul>
  );
}

const gone = ({ reason }: Cell): string => (reason === undefined ? "removed" : `removed: ${reason}`);

function Shown({ cell }: { readonly cell: Cell }): JSX.Element {
  const { sample, id } = cell;
  if (sample?.view?.kind === "picture") return <RowPicture view={sample.view} what={`row ${id}${cell.changed ? ", changed" : ""}`} />;
  return <span class="gone">{sample?.text ?? gone(cell)}</span>;
}

const isValues = (view: RowView | undefined): view is ValuesView => view?.kind === "values";

const valuesOf = (view: RowView | undefined): ReadonlyMap<string, string | number> | undefined =>
  isValues(view) ? new Map(view.values.map(({ name, value }) => [name, value])) : undefined;

function ValueTable({ cells, kind }: { readonly cells: readonly Cell[]; readonly kind: string }): JSX.Element {
  const names = [...new Set(cells.flatMap(({ sample }) => (isValues(sample?.view) ? sample.view.values.map(({ name }) => name) : [])))];
  const more = Math.max(0, ...cells.map(({ sample }) => (isValues(sample?.view) ? sample.view.more : 0)));
  return (
    <Scroll label={`Rows after ${kind}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">row</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            {more > 0 && <th scope="col">and {grouped(more)} more</th>}
          </tr>
        </thead>
        <tbody>
          {cells.map((cell) => {
            const { sample, id, before } = cell;
            const values = valuesOf(sample?.view);
            const earlier = valuesOf(before?.view);
            const isNew = (name: string): boolean => earlier !== undefined && earlier.get(name) !== values?.get(name);
            return (
              <tr key={id} class={sample === undefined ? "gone" : ""}>
                <th scope="row">{grouped(id)}</th>
                {values === undefined ? (
                  <td colSpan={names.length + (more > 0 ? 1 : 0)}>{sample?.text ?? gone(cell)}</td>
                ) : (
                  names.map((name) => (
                    <td key={name} class={isNew(name) ? "changed" : ""}>
                      {values.get(name) ?? ""}
                    </td>
                  ))
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}
