/** A line of the lane is drawn where its ends are, and a frame writes only what changed. */
import { describe, expect, test, vi } from "vitest";
import { createEdgePen, toEdgeShape, type EdgeParts } from "./edge-pen.ts";

const svg = (name: string): SVGElement => document.createElementNS("http://www.w3.org/2000/svg", name);

const createParts = (): EdgeParts => ({
  surface: svg("svg"),
  group: svg("g") as SVGGElement,
  line: svg("path") as SVGPathElement,
  hit: svg("path") as SVGPathElement,
  chip: null,
  stub: svg("text") as SVGTextElement,
  mark: null,
});

const both = (y1: number, y2: number) =>
  toEdgeShape({ y1, y2, startsInside: true, endsInside: true }, 400, null, "City", false);

describe("the shape of a line", () => {
  test("joins both ends where both are in view, without a stub", () => {
    expect(both(16, 48)).toMatchObject({ stub: null });
    expect(both(16, 48).path).toMatch(/^M0,16C.* 400,48$/);
  });

  test("points to the end that is out of view and names it", () => {
    const ends = { y1: 16, y2: -80, startsInside: true, endsInside: false };
    expect(toEdgeShape(ends, 400, null, "City", false).stub).toMatchObject({
      text: "↑ City",
      anchor: "start",
    });
  });

  test("leaves the name out where the lane is too narrow for it", () => {
    const ends = { y1: 900, y2: 16, startsInside: false, endsInside: true };
    expect(toEdgeShape(ends, 100, null, "City", false).stub?.text.trim()).toBe("↓");
  });
});

describe("the pen of a line", () => {
  test("writes nothing where nothing changed", () => {
    const parts = createParts();
    const pen = createEdgePen(parts);
    pen.draw(both(16, 48));
    const write = vi.spyOn(parts.line, "setAttribute");
    pen.draw(both(16, 48));
    expect(write).not.toHaveBeenCalled();
    pen.draw(both(16, 80));
    expect(write).toHaveBeenCalledTimes(1);
  });

  test("can be hit where the line is once it is settled, and nowhere while it moves", () => {
    const parts = createParts();
    const pen = createEdgePen(parts);
    pen.draw(both(16, 48));
    pen.settle();
    expect(parts.hit.getAttribute("d")).toBe(parts.line.getAttribute("d"));
    expect(parts.hit.style.display).toBe("");
    pen.draw(both(16, 80));
    expect(parts.hit.style.display).toBe("none");
  });
});
