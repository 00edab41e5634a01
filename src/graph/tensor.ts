// Symbolic tensors: a DAG of ops over shapes. Nothing is computed here; `emitGraph.ts` turns it into kernel calls.
import type { Buffer, Emit } from "./emit.ts";

export type Shape = readonly number[];

export interface Tensor {
  readonly shape: Shape;
  /** What it is in the listing; for a parameter, its name in the model file. */
  readonly name: string;
  /** Absent for inputs and parameters. */
  readonly node?: Node;
  readonly isParameter: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: a node holds an op together with that op's own attributes, whatever they are
export type AnyOp = Op<any>;

export interface Node {
  readonly op: AnyOp;
  readonly attributes: unknown;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}

/** What an op's `forward` sees: its place in the graph and the buffers of its inputs. */
export interface Forward<A> {
  readonly attributes: A;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly x: readonly Buffer[];
}

/** What `backward` sees besides: what `forward` returned, and the gradients of the outputs (absent where nothing depends on them). */
export interface Backward<A> extends Forward<A> {
  readonly y: readonly Buffer[];
  readonly dy: readonly (Buffer | undefined)[];
  wants(input: number): boolean;
  /** Where the gradient of this input should be written: for a parameter its own slot, else a temporary. */
  into(input: number): Buffer;
}

/**
 * An op is a shape rule, a forward and a backward, each a few kernel calls. Buffers are written once and never changed, so an op may
 * return one of its inputs (a reshape does), and the gradient of a sum may be the same buffer for both sides.
 */
export interface Op<A> {
  readonly kind: string;
  shapes(inputs: readonly Shape[], attributes: A): readonly Shape[];
  forward(emit: Emit, at: Forward<A>): readonly Buffer[];
  /** One gradient per input; undefined where it is not wanted or does not exist (labels). */
  backward?(emit: Emit, at: Backward<A>): readonly (Buffer | undefined)[];
  /** Floating-point operations of `forward`; the number of elements written where this is absent. */
  flops?(inputs: readonly Shape[], outputs: readonly Shape[]): number;
}

export const elements = (shape: Shape): number => shape.reduce((product, n) => product * n, 1);

/** Leading dimensions merged into rows, the last one as columns. */
export function matrix(shape: Shape): { rows: number; cols: number } {
  const cols = shape.at(-1) ?? 1;
  return { rows: elements(shape) / cols, cols };
}

export function input(name: string, shape: Shape): Tensor {
  return { name, shape, isParameter: false };
}

export function parameter(name: string, shape: Shape): Tensor {
  return { name, shape, isParameter: true };
}

/** Applies an op; returns its outputs. */
export function apply<A>(op: Op<A>, attributes: A, inputs: readonly Tensor[]): readonly Tensor[] {
  const shapes = op.shapes(
    inputs.map((t) => t.shape),
    attributes,
  );
  const outputs: Tensor[] = [];
  const node: Node = { op, attributes, inputs, outputs };
  for (const shape of shapes) outputs.push({ shape, name: op.kind, node, isParameter: false });
  return outputs;
}

/** Applies an op with one output. */
export function apply1<A>(op: Op<A>, attributes: A, ...inputs: Tensor[]): Tensor {
  return apply(op, attributes, inputs)[0] as Tensor;
}

/** Every node that these tensors depend on, inputs before users. */
export function topological(outputs: readonly Tensor[]): Node[] {
  const order: Node[] = [];
  const seen = new Set<Node>();
  const stack: { node: Node; next: number }[] = [];
  const push = (t: Tensor): void => {
    if (t.node !== undefined && !seen.has(t.node)) {
      seen.add(t.node);
      stack.push({ node: t.node, next: 0 });
    }
  };
  for (const output of outputs) {
    push(output);
    while (stack.length > 0) {
      const top = stack[stack.length - 1] as { node: Node; next: number };
      const following = top.node.inputs[top.next++];
      if (following !== undefined) push(following);
      else {
        order.push(top.node);
        stack.pop();
      }
    }
  }
  return order;
}
