// A page without a bundler: trains digits in a Worker, shows each epoch, and reads what is drawn. `?options={…}` goes to run().
import { adam, dense, dropDuplicates, dropout, flatten, loadModel, minMax, pipeline, rotate, run, shift, strokes } from "lanewise";

const digits = pipeline({
  name: "digits",
  source: strokes({ rows: 8000, test: 1000 }),
  clean: [dropDuplicates()],
  normalize: [minMax({ to: [0, 1] })],
  augment: [rotate({ degrees: 8 }), shift({ x: 0.06, y: 0.06 })],
  split: { test: "given", validation: 0.1, stratify: true },
  model: [flatten(), dense(128, { activation: "relu" }), dropout(0.2), dense(10, { activation: "softmax" })],
  train: { optimizer: adam(), loss: "sparseCategoricalCrossentropy", epochs: 6, batchSize: 32 },
  evaluate: ["accuracy"],
  seed: 7,
});

const parameters = new URLSearchParams(location.search);
const options = JSON.parse(parameters.get("options") ?? "{}");
const element = (id) => document.getElementById(id);
const percent = (value) => `${(100 * value).toFixed(1)} %`;
let model;

function show(event) {
  if (event.type === "progress") element("status").textContent = event.what;
  if (event.type === "model") {
    element("model").textContent = `${event.summary.parameters.toLocaleString("en")} parameters, ${event.backend} (${event.build})`;
  }
  if (event.type === "batch") element("progress").value = (event.epoch - 1 + event.step / event.steps) / event.epochs;
  if (event.type === "epoch") {
    element("progress").value = event.epoch / event.epochs;
    element("status").textContent = `epoch ${event.epoch} of ${event.epochs}`;
    const { loss, accuracy } = event.train;
    const cells = [
      event.epoch,
      loss.toFixed(4),
      percent(accuracy),
      percent(event.validation.accuracy),
      Math.round(event.samplesPerSecond).toLocaleString("en"),
    ];
    element("epochs")
      .insertRow()
      .append(...cells.map((cell) => Object.assign(document.createElement("td"), { textContent: cell })));
  }
  if (event.type === "done")
    element("status").textContent = `done in ${event.seconds.toFixed(1)} s: ${percent(event.test.accuracy)} of the test digits`;
}

function train() {
  const files = {};
  const finish = () => {
    element("train").disabled = false;
    element("stop").disabled = true;
  };
  const fail = (error) => {
    element("status").textContent = error.message;
    report({ type: "error", message: error.message });
    finish();
  };
  const subscription = run(digits, options).subscribe({
    next(event) {
      show(event);
      if (event.type === "artifact") files[event.name] = event.content;
      report({ type: event.type });
    },
    error: fail,
    complete: () => ready(files).then(finish, fail),
  });
  element("epochs").replaceChildren();
  element("train").disabled = true;
  element("stop").disabled = false;
  element("stop").onclick = () => {
    subscription.unsubscribe();
    element("status").textContent = "stopped";
    finish();
  };
}

async function ready(files) {
  model = await loadModel(files);
  report({ type: "ready", class: (await model.predict([sample()]))[0].class });
}

/** Who embeds the page hears what happens in it. */
const report = (message) => parent !== window && parent.postMessage(message, "*");

const pen = element("draw").getContext("2d", { willReadFrequently: true });
Object.assign(pen, { lineWidth: 24, lineCap: "round", lineJoin: "round", strokeStyle: "white" });

/** The drawing as 28 × 28 bytes. */
function sample() {
  const small = new OffscreenCanvas(28, 28).getContext("2d");
  small.drawImage(element("draw"), 0, 0, 28, 28);
  const { data } = small.getImageData(0, 0, 28, 28);
  return Array.from({ length: 784 }, (_, i) => data[4 * i]);
}

async function guess() {
  if (model === undefined) return;
  const [{ output }] = await model.predict([sample()]);
  const best = output.map((probability, digit) => ({ probability, digit })).sort((a, b) => b.probability - a.probability);
  element("guess").replaceChildren(
    ...best
      .slice(0, 3)
      .map(({ digit, probability }) => Object.assign(document.createElement("li"), { textContent: `${digit}: ${percent(probability)}` })),
  );
}

element("draw").onpointerdown = ({ offsetX, offsetY }) => {
  pen.beginPath();
  pen.moveTo(offsetX, offsetY);
};
element("draw").onpointermove = ({ offsetX, offsetY, buttons }) => {
  if (buttons === 0) return;
  pen.lineTo(offsetX, offsetY);
  pen.stroke();
};
element("draw").onpointerup = guess;
element("clear").onclick = () => {
  pen.clearRect(0, 0, 280, 280);
  element("guess").replaceChildren();
};
element("train").onclick = train;
if (parameters.has("train")) train();
