// Walks a graph into kernel calls: forwards in topological order, then backwards from the loss. Where a tensor is used more than
// once its gradients are summed, always into a new buffer: buffers are written once.
import type { Buffer, Emit } from "./emit.ts";
import { elements, type Node, type Tensor, topological } from "./tensor.ts";

export type Values = Map<Tensor, Buffer>;

/** Emits all that `outputs` depend on. `values` holds the buffers of inputs and parameters, and receives every other tensor's. */
export function emitForward(emit: Emit, outputs: readonly Tensor[], values: Values, at: (node: Node) => void): void {
  for (const node of topological(outputs)) {
    if (node.outputs.every((t) => values.has(t))) continue;
    at(node);
    const x = node.inputs.map((t) => bufferOf(values, t));
    const y = node.op.forward(emit, { attributes: node.attributes, inputs: node.inputs, outputs: node.outputs, x });
    node.outputs.forEach((t, i) => {
      values.set(t, y[i] as Buffer);
    });
  }
}

/**
 * Emits the gradients of `root`, whose own gradient is `seed`, with respect to the tensors in `slots`, each into its slot. A tensor
 * that `root` does not depend on gets zeros.
 */
export function emitBackward(
  emit: Emit,
  root: Tensor,
  seed: Buffer,
  values: Values,
  slots: ReadonlyMap<Tensor, Buffer>,
  at: (node: Node) => void,
): void {
  const order = topological([root]);
  const wanted = dependsOn(order, slots);
  const uses = new Map<Tensor, number>();
  for (const node of order) for (const t of node.inputs) uses.set(t, (uses.get(t) ?? 0) + 1);

  const gradients = new Map<Tensor, Buffer>([[root, seed]]);
  const remaining = new Map(uses);
  for (const node of order.reverse()) {
    const dy = node.outputs.map((t) => gradients.get(t));
    const back = node.op.backward;
    if (back === undefined || dy.every((d) => d === undefined) || !node.inputs.some((t) => wanted.has(t))) {
      for (const t of node.inputs) remaining.set(t, (remaining.get(t) as number) - 1);
      continue;
    }
    at(node);
    const into = (i: number): Buffer => {
      const t = node.inputs[i] as Tensor;
      return (uses.get(t) === 1 ? slots.get(t) : undefined) ?? emit.buffer(elements(t.shape), `d ${t.name}`);
    };
    const dx = back.call(node.op, emit, {
      attributes: node.attributes,
      inputs: node.inputs,
      outputs: node.outputs,
      x: node.inputs.map((t) => bufferOf(values, t)),
      y: node.outputs.map((t) => bufferOf(values, t)),
      dy,
      wants: (i) => wanted.has(node.inputs[i] as Tensor),
      into,
    });
    node.inputs.forEach((t, i) => {
      const left = (remaining.get(t) as number) - 1;
      remaining.set(t, left);
      const given = dx[i];
      if (given === undefined || !wanted.has(t)) return;
      const before = gradients.get(t);
      gradients.set(t, before === undefined ? given : sum(emit, before, given, t, left === 0 ? slots.get(t) : undefined));
    });
  }
  for (const [t, slot] of slots) {
    const gradient = gradients.get(t);
    if (gradient === slot) continue;
    if (gradient === undefined) emit.call("fill_f32", slot, elements(t.shape), 0);
    else emit.call("copy_f32", slot, gradient, elements(t.shape));
  }
}

function sum(emit: Emit, a: Buffer, b: Buffer, t: Tensor, slot: Buffer | undefined): Buffer {
  const y = slot ?? emit.buffer(elements(t.shape), `d ${t.name}`);
  emit.call("add_f32", y, a, b, elements(t.shape));
  return y;
}

/** The tensors on a path from a slot to the root: only their gradients are worth computing. */
function dependsOn(order: readonly Node[], slots: ReadonlyMap<Tensor, Buffer>): Set<Tensor> {
  const wanted = new Set<Tensor>(slots.keys());
  for (const node of order) if (node.inputs.some((t) => wanted.has(t))) for (const t of node.outputs) wanted.add(t);
  return wanted;
}

function bufferOf(values: Values, t: Tensor): Buffer {
  const buffer = values.get(t);
  if (buffer === undefined) throw new Error(`tensor "${t.name}" [${t.shape}] was given no memory`);
  return buffer;
}
