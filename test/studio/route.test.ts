// Addresses of the studio's views, there and back.
import { expect, it } from "vitest";
import { linkTo, routeOf } from "../../src/studio/route.ts";

it.each([
  [linkTo.pipelines, { page: "pipelines" }],
  [linkTo.pipeline("pipelines/my net.ts"), { page: "pipeline", file: "pipelines/my net.ts", tab: "" }],
  [linkTo.pipeline(":strokes", "settings"), { page: "pipeline", file: ":strokes", tab: "settings" }],
  [linkTo.runs, { page: "runs" }],
  [linkTo.run("a-20261124-101500"), { page: "run", run: "a-20261124-101500" }],
  [linkTo.compare(["a", "b/c"]), { page: "compare", runs: ["a", "b/c"] }],
  ["", { page: "pipelines" }],
  ["#/nowhere", { page: "pipelines" }],
  ["#/run/%E0%A4%A", { page: "run", run: "%E0%A4%A" }],
])("%s", (hash, route) => {
  expect(routeOf(hash)).toEqual(route);
});
