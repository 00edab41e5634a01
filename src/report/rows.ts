// Rows of a data set, drawn: pictures as pictures, texts as texts, values by their names.
import { fromBase64, toBase64 } from "../base64.ts";
import type { Example, Mistake, PictureView, RowView, ValuesView, Verdict } from "../pipeline/report/file.ts";
import { grouped, numberText, percent } from "./format.ts";
import { type Html, html } from "./html.ts";
import { png } from "./png.ts";

/** The larger side of a picture on the page, in CSS pixels. */
const SIDE = 68;

function viewHtml(view: RowView, what: string): Html {
  if (view.kind === "picture") return picture(view, what);
  return view.kind === "text" ? html`<blockquote>${view.text === "" ? "(nothing is left)" : view.text}</blockquote>` : values(view);
}

function picture({ height, width, channels, pixels }: PictureView, what: string): Html {
  const source = `data:image/png;base64,${toBase64(png({ height, width, channels, pixels: fromBase64(pixels) }))}`;
  const by = SIDE / Math.max(height, width);
  return html`<img src="${source}" width="${Math.round(width * by)}" height="${Math.round(height * by)}" alt="${what}">`;
}

function values({ values, more }: ValuesView): Html {
  return html`<dl class="values">${values.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${String(value)}</dd></div>`)}</dl>${more > 0 && html`<p class="soft">and ${grouped(more)} more</p>`}`;
}

const isPicture = ({ source }: Example): boolean => source.kind === "picture";

export function exampleList(examples: readonly Example[], augments: boolean): Html {
  const pictures = examples.every(isPicture);
  return html`<ul class="${pictures ? "cards" : "texts"}">${examples.map((example) => {
    const { id, label, source, reads, augmented } = example;
    const name = `training row ${grouped(id)}, labelled ${label}`;
    return html`<li class="card"><p class="card-head"><b>${label}</b> <span class="soft">row ${grouped(id)}</span></p>
<div class="before">${viewHtml(source, name)}</div>${reads !== undefined && html`<p class="step">the network reads</p>${viewHtml(reads, name)}`}
${augmented.length > 0 && html`<p class="step">augmented</p><div class="after">${augmented.map((view, i) => changedView(view, reads ?? source, `${name}, augmented, draw ${i + 1}`))}</div>`}</li>`;
  })}</ul>${!augments && html`<p class="soft">This pipeline augments nothing.</p>`}`;
}

/** Words that augmentation changed stand out, where it left all words in their places. */
function changedView(view: RowView, before: RowView, what: string): Html {
  if (view.kind !== "text" || before.kind !== "text") return viewHtml(view, what);
  const [now, then] = [view.text.split(" "), before.text.split(" ")];
  if (now.length !== then.length) return viewHtml(view, what);
  return html`<blockquote>${now.map((word, i) => (word === then[i] ? html`${word} ` : html`<mark>${word}</mark> `))}</blockquote>`;
}

export function mistakeList({ mistakes, set }: Verdict): Html {
  const pictures = mistakes.every(({ view }) => view.kind === "picture");
  return html`<ol class="${pictures ? "cards" : "texts"}">${mistakes.map((mistake) => {
    const what = `${set} row ${grouped(mistake.id)}: ${mistake.actual} taken for ${mistake.predicted}`;
    return html`<li class="card">${viewHtml(mistake.view, what)}<p class="card-head">${verdictText(mistake)}</p><p class="soft">row ${grouped(mistake.id)}</p></li>`;
  })}</ol>`;
}

function verdictText({ actual, predicted, confidence, loss }: Mistake): Html {
  const sure = confidence !== undefined ? percent(confidence) : loss !== undefined ? `loss ${numberText(loss)}` : "";
  return html`<b>${actual}</b> taken for <b class="bad">${predicted}</b>${sure !== "" && html` <span class="soft">${sure}</span>`}`;
}
