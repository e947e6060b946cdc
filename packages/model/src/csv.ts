/**
 * CSV as spreadsheets write and read it: commas, semicolons or tabs, quoted cells, a byte order mark. A cell that a
 * spreadsheet would execute as a formula is led by an apostrophe on the way out and freed of it on the way in.
 */

const LIVE = /^[=+\-@\t\r']/;
const LED = /^'[=+\-@\t\r']/;

const writeCell = (text: string): string => {
  const safe = LIVE.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(writeCell).join(",")}\r\n`).join("")}`;

export interface CsvRow {
  /** Line of the file at which the row starts, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The separator of the first line; a file of one column has none. */
const findSeparator = (text: string): string => {
  const [first = ""] = text.split(/\r?\n/, 1);
  const outside = first.replaceAll(/"(?:[^"]|"")*"/g, "");
  return [",", ";", "\t"].find((each) => outside.includes(each)) ?? ",";
};

/** Blank lines are left out. A quote that is never closed takes the rest of the text into its cell. */
export function readCsv(given: string): CsvRow[] {
  const text = given.replace(/^\uFEFF/, "");
  const separator = findSeparator(text);
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let cell = "";
  let quoted = false;
  let line = 1;
  let start = 1;
  const endCell = (): void => {
    cells.push(LED.test(cell) ? cell.slice(1) : cell);
    cell = "";
  };
  const endRow = (): void => {
    endCell();
    if (cells.some((each) => each !== "")) rows.push({ line: start, cells });
    cells = [];
    start = line;
  };
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index] ?? "";
    if (char === "\n") line += 1;
    if (quoted && char === '"' && text[index + 1] === '"') {
      cell += char;
      index += 1;
    } else if (quoted) {
      if (char === '"') quoted = false;
      else cell += char;
    } else if (char === '"' && cell === "") quoted = true;
    else if (char === separator) endCell();
    else if (char === "\n") endRow();
    else if (char !== "\r" || text[index + 1] !== "\n") cell += char;
  }
  endRow();
  return rows;
}
