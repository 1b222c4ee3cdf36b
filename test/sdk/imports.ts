import path from "node:path";
import { expect } from "chai";
import { findCircle, importGraph } from "../helpers/imports.js";

const root = path.resolve(import.meta.dirname, "../..");

describe("The modules of the SDK and of the tasks", () => {
  it("import each other in no circle, not even for types", () => {
    const graph = importGraph(root, ["sdk", "tasks"]);
    expect(graph.size).to.be.greaterThan(200);
    expect(findCircle(graph)?.join(" → ")).to.equal(undefined);
  });

  it("would be found in a circle", () => {
    const graph = new Map([
      ["a", ["b", "c"]],
      ["b", ["c"]],
      ["c", ["d"]],
      ["d", ["b"]],
    ]);
    expect(findCircle(graph)).to.deep.equal(["b", "c", "d", "b"]);
    expect(findCircle(new Map([...graph, ["d", []]]))).to.equal(undefined);
  });
});
