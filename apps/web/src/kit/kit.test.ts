/** The deciding parts of the kit: order, spreadsheet text, formula pieces, who owns a key press. */
import { describe, expect, test } from "vitest";
import { sortRows, type Column } from "./data-table.tsx";
import { toPieces } from "./formula-text.tsx";
import { sortDiff } from "./record-diff.tsx";
import { takesLetters } from "./shortcuts.ts";
import { dropEmpty, findDoubles, parsePasted } from "./value-map-entries.ts";

describe("sortRows", () => {
  const columns: Column<{ name: string; held: number }>[] = [
    { id: "name", header: "Name", render: (row) => row.name, sortBy: (row) => row.name },
    { id: "held", header: "Held", render: (row) => row.held, sortBy: (row) => row.held },
  ];
  const rows = [
    { name: "Run 10", held: 2 },
    { name: "Run 9", held: 30 },
  ];

  test("numbers inside names count as numbers, a minus turns the order round", () => {
    expect(sortRows(rows, columns, "name").map((row) => row.name)).toEqual(["Run 9", "Run 10"]);
    expect(sortRows(rows, columns, "-held").map((row) => row.held)).toEqual([30, 2]);
  });

  test("an unknown column keeps the order", () => {
    expect(sortRows(rows, columns, "colour")).toEqual(rows);
  });
});

describe("pasted entries", () => {
  test("two columns of a spreadsheet become entries, quoted cells keep their tabs and line ends", () => {
    expect(parsePasted('Each\tPCS\r\n"a\tb"\t"say ""x"""\r\n\r\n')).toEqual([
      { from: "Each", to: "PCS" },
      { from: "a\tb", to: 'say "x"' },
    ]);
  });

  test("a plain value is pasted as text", () => {
    expect(parsePasted("PCS.")).toBeNull();
  });

  test("the second of two equal values is marked; empty rows are nobody's double", () => {
    const entries = ["a", "b", "a", "", ""].map((from) => ({ from, to: "" }));
    expect([...findDoubles(entries)]).toEqual([2]);
    expect(dropEmpty(entries)).toHaveLength(3);
  });
});

describe("toPieces", () => {
  test("the pieces join to the formula again", () => {
    const formula = 'IF(ISBLANK(a.b), "say ""x""", ROUND(Total_1, 2)) & TRUE';
    expect(
      toPieces(formula)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(formula);
  });

  test("functions, texts and numbers are told apart", () => {
    const kinds = toPieces('LEFT("x", 35)').map((piece) => `${piece.kind}:${piece.text}`);
    expect(kinds).toEqual(["function:LEFT", "plain:(", 'text:"x"', "plain:, ", "number:35", "plain:)"]);
  });
});

test("changed fields come before new ones, and those before unchanged ones", () => {
  const diff = (["same", "new", "left", "changed"] as const).map((change) => ({
    path: change,
    label: change,
    before: null,
    after: null,
    change,
  }));
  expect(sortDiff(diff).map((each) => each.change)).toEqual(["changed", "new", "same", "left"]);
});

test("letters typed into a field or a tree are no shortcuts", () => {
  document.body.innerHTML = '<input id="a"><div role="treegrid"><b id="b"></b></div><button id="c"></button>';
  const at = (id: string): boolean => takesLetters(document.querySelector(`#${id}`));
  expect([at("a"), at("b"), at("c")]).toEqual([true, true, false]);
});
