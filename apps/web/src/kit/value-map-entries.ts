/** Entries of a value map as they are typed and pasted: doubles found, spreadsheet text read. */
import type { ValueMap } from "@fieldbridge/model";

export type Entry = ValueMap["entries"][number];

/** Positions of entries whose "from" stands further up already. */
export function findDoubles(entries: readonly Entry[]): ReadonlySet<number> {
  const seen = new Set<string>();
  const doubles = new Set<number>();
  entries.forEach((entry, index) => {
    if (entry.from !== "" && seen.has(entry.from)) doubles.add(index);
    seen.add(entry.from);
  });
  return doubles;
}

/** Cells of one line of spreadsheet text: tabs between, quotes around cells that hold tabs, quotes or line ends. */
const toCells = (text: string): string[][] => {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const end = (): void => {
    rows.at(-1)?.push(cell);
    cell = "";
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && cell === "") quoted = true;
    else if (char === "\t") end();
    else if (char === "\n") {
      end();
      rows.push([]);
    } else if (char !== "\r") cell += char;
  }
  end();
  return rows;
};

/** Two columns copied from a spreadsheet as entries; null where the text is one plain value. */
export function parsePasted(text: string): Entry[] | null {
  if (!text.includes("\t")) return null;
  return toCells(text).flatMap(([from = "", to = "", note = ""]) =>
    from === "" && to === "" ? [] : [{ from, to, ...(note === "" ? {} : { note }) }],
  );
}

/** Entries worth storing: rows that nobody filled are left out. */
export const dropEmpty = (entries: readonly Entry[]): Entry[] =>
  entries.filter((entry) => entry.from !== "" || entry.to !== "");
