/** CSV between us and spreadsheets. */
import { expect, test } from "vitest";
import { readCsv, writeCsv } from "./csv.ts";

const cellsOf = (text: string) => readCsv(text).map(({ cells }) => cells);

test("what is written reads back as it was, whatever is in it", () => {
  const rows = [
    ["sourceKey", "targetKey"],
    ["a,b", 'say "x"'],
    ["two\nlines", "semi;colon"],
    ["=1+1", "'quoted"],
    ["'=x", "-5"],
    ["@sum", "\ttab"],
    ["Ærø", ""],
  ];
  expect(cellsOf(writeCsv(rows))).toEqual(rows);
});

test("no cell is written that a spreadsheet would execute", () => {
  const hostile = ["=cmd|'/c calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"];
  const lines = hostile.map((cell) => writeCsv([[cell]]).replace(/^\uFEFF"?/, ""));
  for (const line of lines) expect(line).toMatch(/^'/);
});

test("semicolons and tabs of other spreadsheets are understood, and each row knows its line", () => {
  expect(cellsOf('a;b\n"1,5";"x;y"')).toEqual([
    ["a", "b"],
    ["1,5", "x;y"],
  ]);
  expect(cellsOf("a\tb\r\n1\t2\r\n")).toEqual([
    ["a", "b"],
    ["1", "2"],
  ]);
  expect(readCsv('a,b\n"1\n2",x\n\n3,y').map(({ line }) => line)).toEqual([1, 2, 5]);
  expect(cellsOf("")).toEqual([]);
});
