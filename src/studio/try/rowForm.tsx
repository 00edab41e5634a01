// A row of a table, or of a few numbers, column by column.
import type { JSX } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import type { Prediction } from "../../pipeline/prediction.ts";
import type { Lab } from "../lab/lab.ts";
import type { ModelFacts } from "../lab/orders.ts";
import { Answer } from "./answer.tsx";
import { columnsOf, type RowColumn, rowOf } from "./rowColumns.ts";
import { useAnswers } from "./useAnswers.ts";

interface Props {
  readonly lab: Lab;
  readonly facts: ModelFacts;
}

export function RowForm({ lab, facts }: Props): JSX.Element {
  const columns = columnsOf(facts);
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(columns.map(({ name, start }) => [name, start])),
  );
  const { answer, error, ask } = useAnswers(async (row: unknown) => (await lab.answer("predict", { rows: [row] }))[0] as Prediction);
  useEffect(() => ask(rowOf(facts, texts)), [texts]);
  return (
    <div class="try-row">
      <form class="grid" onSubmit={(event) => event.preventDefault()}>
        {columns.map((column) => (
          <Cell
            key={column.name}
            column={column}
            text={texts[column.name] ?? ""}
            onText={(text) => setTexts({ ...texts, [column.name]: text })}
          />
        ))}
      </form>
      <div class="beside">
        <Answer prediction={answer} classes={facts.classes} />
        {error && (
          <p class="problem" role="alert">
            {error}
          </p>
        )}
      </div>
    </div>
  );
}

const number = { type: "number", step: "any" } as const;
const written = { type: "text" } as const;

interface CellProps {
  readonly column: RowColumn;
  readonly text: string;
  onText(text: string): void;
}

function Cell({ column: { name, type, categories }, text, onText }: CellProps): JSX.Element {
  const id = useId();
  return (
    <p class="field">
      <label for={id}>{name}</label>
      {categories === undefined ? (
        <input
          {...(type === "numeric" ? number : written)}
          id={id}
          placeholder="missing"
          value={text}
          onInput={({ currentTarget }) => onText(currentTarget.value)}
        />
      ) : (
        <select id={id} value={text} onChange={({ currentTarget }) => onText(currentTarget.value)}>
          <option value="">missing</option>
          {categories.map((category) => (
            <option key={category} value={category}>
              {category}
            </option>
          ))}
        </select>
      )}
    </p>
  );
}
