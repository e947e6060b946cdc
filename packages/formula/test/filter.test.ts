/** Filters: what is pushed means the same in the source, hostile values stay values, rows survive both ways. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compileFormula,
  evaluateFormula,
  type FilterCondition,
  type FilterDialect,
  type FilterGroup,
  type FilterMoment,
  formatTextLiteral,
  fromFilterRows,
  odataDialect,
  type Row,
  type Scope,
  soqlDialect,
  toFilterRows,
  toSourceFilter,
} from "../src/index.ts";
import { evaluatePushed } from "./source-interpreter.ts";

const scope: Scope = {
  record: {
    name: "Order",
    fields: [
      { name: "Id", type: "id" },
      { name: "Name", type: "text" },
      { name: "City", type: "text" },
      { name: "Notes", type: "text", filterable: false },
      {
        name: "Status",
        type: "choice",
        choices: [
          { code: "Open", label: "Open" },
          { code: "Done", label: "Done" },
        ],
      },
      { name: "Amount", type: "number" },
      { name: "Closed", type: "boolean", nullable: false },
      { name: "Flag", type: "boolean" },
      { name: "Day", type: "date" },
      { name: "Stamp", type: "datetime", nullable: false },
    ],
    relations: [
      { name: "Account", kind: "one", object: "Account" },
      { name: "Lines", kind: "many", object: "Line" },
    ],
  },
  objects: {
    Account: {
      name: "Account",
      fields: [
        { name: "Name", type: "text" },
        { name: "Rating", type: "number" },
      ],
      relations: [],
    },
    Line: { name: "Line", fields: [{ name: "Quantity", type: "number" }], relations: [] },
  },
};
const moment: FilterMoment = { now: "2026-11-19T10:00:00Z", timeZone: "Europe/Copenhagen" };

function soql(text: string): [string | null, string | null] {
  const { pushed, remainder } = toSourceFilter(text, scope, soqlDialect, moment);
  return [pushed, remainder];
}
function odata(text: string): [string | null, string | null] {
  const { pushed, remainder } = toSourceFilter(text, scope, odataDialect, moment);
  return [pushed, remainder];
}

describe("SOQL", () => {
  it("takes exact conditions whole", () => {
    expect(soql('Status = "Open" AND Amount >= 10.50')).toEqual(["Status = 'Open' AND Amount >= 10.5", null]);
    expect(soql("5 < Amount")).toEqual(["Amount > 5", null]);
    expect(soql('Id = "001D000000IRFmaIAH"')).toEqual(["Id = '001D000000IRFmaIAH'", null]);
    expect(soql("ISBLANK(Name) AND NOT ISBLANK(City)")).toEqual(["Name = null AND City != null", null]);
    expect(soql('Name = "" OR City <> BLANK')).toEqual(["(Name = null OR City != null)", null]);
    expect(soql("Closed AND NOT Flag")).toEqual(["Closed = true AND Flag = false", null]);
    expect(soql("Closed = FALSE")).toEqual(["Closed = false", null]);
    expect(soql('IN(Status, "Open", "Done", BLANK)')).toEqual([
      "(Status = 'Open' OR Status = 'Done' OR Status = null)",
      null,
    ]);
    expect(soql('Status <> "Open"')).toEqual(["Status != 'Open'", null]);
    expect(soql("ISBLANK(Account.Name)")).toEqual(["Account.Name = null", null]);
  });
  it("takes text conditions as a superset and evaluates them here again", () => {
    expect(soql('Name = "x"')).toEqual(["Name = 'x'", 'Name = "x"']);
    expect(soql('CONTAINS(Name, "50%_\\")')).toEqual([
      "Name LIKE '%50\\%\\_\\\\%'",
      'CONTAINS(Name, "50%_\\")',
    ]);
    expect(soql('Id = "001D000000IRFma"')[1]).toBe('Id = "001D000000IRFma"');
    expect(soql('SAMETEXT(Name, "x") AND Closed')).toEqual([
      "Name = 'x' AND Closed = true",
      'SAMETEXT(Name, "x")',
    ]);
    expect(soql("Flag = FALSE")).toEqual(["Flag = false", "Flag = FALSE"]);
    expect(soql('Status = "odd"')).toEqual(["Status = 'odd'", 'Status = "odd"']);
  });
  it("moves negations inwards and spells blanks out", () => {
    expect(soql("NOT(Amount < 5)")).toEqual(["(Amount >= 5 OR Amount = null)", null]);
    expect(soql('NOT(Status = "Open" OR ISBLANK(Name))')).toEqual([
      "(Status != 'Open' AND Name != null)",
      null,
    ]);
    expect(soql('NOT IN(Status, "Open", "Done")')).toEqual(["(Status != 'Open' AND Status != 'Done')", null]);
    expect(soql('NOT(Name = "x")')).toEqual([null, 'NOT(Name = "x")']);
    expect(soql('NOT CONTAINS(Name, "x")')).toEqual([null, 'NOT CONTAINS(Name, "x")']);
  });
  it("turns local days into instants, across a clock change", () => {
    expect(soql("TODATE(Stamp) = DATE(2026, 3, 29)")[0]).toBe(
      "(Stamp >= 2026-03-28T23:00:00Z AND Stamp < 2026-03-29T22:00:00Z)",
    );
    expect(soql("TODATE(Stamp) <= DATE(2026, 10, 25)")[0]).toBe("Stamp < 2026-10-25T23:00:00Z");
    expect(soql("Day >= TODAY() - 7")[0]).toBe("Day >= 2026-11-12");
    expect(soql('Stamp > DATEADD(NOW(), -1, "hour")')[0]).toBe("Stamp > 2026-11-19T09:00:00Z");
    expect(toSourceFilter("Day >= TODAY()", scope, soqlDialect).pushed).toBeNull();
  });
  it("leaves what the source cannot judge alike, and says why", () => {
    const reasons = (text: string) =>
      toSourceFilter(text, scope, soqlDialect, moment).notPushed.map(({ reason }) => reason);
    for (const text of [
      'Name <> "x"',
      'Name < "x"',
      'Notes = "x"',
      "Amount + 1 > 2",
      "SUM(Lines.Quantity) > 1",
      "Name = City",
      "LEN(Name) > 3",
      "Account.Rating <> 1",
      'EXISTS("A", "b", Name)',
      "Amount = 1234567890.1234567",
    ]) {
      expect([text, reasons(text).length]).toEqual([text, 1]);
      expect([text, soql(text)[0]]).toEqual([text, null]);
    }
    expect(soql("Closed AND LEN(Name) > 3 AND Amount > 1")).toEqual([
      "Closed = true AND Amount > 1",
      "LEN(Name) > 3",
    ]);
    expect(soql("Closed OR LEN(Name) > 3")[0]).toBeNull();
    expect(soql("Amount > ")).toEqual([null, "Amount > "]);
    expect(soql("Unknown = 1")).toEqual([null, "Unknown = 1"]);
  });
});

describe("OData", () => {
  it("takes what Business Central means alike", () => {
    expect(odata('Status = "Open" AND Amount > 5')).toEqual(["Status eq 'Open' and Amount gt 5", null]);
    expect(odata("ISBLANK(Name)")).toEqual(["Name eq ''", null]);
    expect(odata('Name <> ""')).toEqual(["Name ne ''", null]);
    expect(odata("Closed = FALSE AND NOT Flag")).toEqual(["Closed eq false and Flag ne true", null]);
    expect(odata("Day >= DATE(2026, 1, 31)")).toEqual(["Day ge 2026-01-31", null]);
    expect(odata('Id = "5d115c9c-44e3-ea11-bb43-000d3a2feca1"')).toEqual([
      "Id eq 5d115c9c-44e3-ea11-bb43-000d3a2feca1",
      null,
    ]);
    expect(odata('Name = "O\'Neil"')).toEqual(["Name eq 'O''Neil'", 'Name = "O\'Neil"']);
    expect(odata('BEGINSWITH(Name, "A")')).toEqual(["startswith(Name,'A')", 'BEGINSWITH(Name, "A")']);
  });
  it("evaluates early blank dates here again, and never filters by relations or blank numbers", () => {
    expect(odata("Day < DATE(2026, 1, 1)")).toEqual(["Day lt 2026-01-01", "Day < DATE(2026, 1, 1)"]);
    expect(odata("Stamp < NOW()")).toEqual(["Stamp lt 2026-11-19T10:00:00Z", null]);
    expect(odata("ISBLANK(Amount)")[0]).toBeNull();
    expect(odata('Account.Name = "x"')[0]).toBeNull();
    expect(odata('CONTAINS(Name, "x", TRUE)')[0]).toBeNull();
  });
  it("joins by OR on one field only, unless the server allows more", () => {
    expect(odata('Status = "Open" OR Status = "Done"')[0]).toBe("(Status eq 'Open' or Status eq 'Done')");
    expect(odata('Status = "Open" OR Amount > 5')[0]).toBeNull();
    const wide = { ...odataDialect, orAcrossFields: true };
    expect(toSourceFilter('Status = "Open" OR Amount > 5', scope, wide).pushed).toBe(
      "(Status eq 'Open' or Amount gt 5)",
    );
  });
});

/** Reads a SOQL string literal as Salesforce does; null when it does not end where the text ends. */
function readSoqlLiteral(literal: string): string | null {
  if (!literal.startsWith("'")) return null;
  let value = "";
  for (let index = 1; index < literal.length; index += 1) {
    const character = literal[index] ?? "";
    if (character === "'") return index === literal.length - 1 ? value : null;
    if (character !== "\\") {
      value += character;
      continue;
    }
    index += 1;
    const escape = literal[index] ?? "";
    const plain: Record<string, string> = {
      n: "\n",
      r: "\r",
      t: "\t",
      b: "\b",
      f: "\f",
      '"': '"',
      "'": "'",
      "\\": "\\",
    };
    if (escape === "u") {
      value += String.fromCharCode(Number.parseInt(literal.slice(index + 1, index + 5), 16));
      index += 4;
    } else if (Object.hasOwn(plain, escape)) value += plain[escape] ?? "";
    else return null;
  }
  return null;
}

function readOdataLiteral(literal: string): string | null {
  const match = /^'((?:[^']|'')*)'$/s.exec(literal);
  return match ? (match[1] ?? "").replaceAll("''", "'") : null;
}

const hostile = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        "'",
        "\\",
        "''",
        "\\'",
        " OR ",
        "--",
        "/*",
        "%",
        "_",
        "\n",
        "\u2028",
        "\u0000",
        "’",
        "＇",
        "\\u0027",
        ")",
        " or 1 eq 1",
        "😀",
        "\ud800",
      ),
      { minLength: 1, maxLength: 12 },
    )
    .map((parts) => parts.join("")),
);

describe("hostile values", () => {
  it("never change the meaning of a SOQL query", () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const formula = `Name = ${formatTextLiteral(value)}`;
        fc.pre(formula.length < 5000);
        const { pushed } = toSourceFilter(formula, scope, soqlDialect);
        if (pushed === null) return;
        expect(pushed.startsWith("Name = '")).toBe(true);
        expect(readSoqlLiteral(pushed.slice("Name = ".length))).toBe(value);
      }),
      { numRuns: 2500 },
    );
  });
  it("stay one LIKE pattern that means the text itself", () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const { pushed } = toSourceFilter(`CONTAINS(Name, ${formatTextLiteral(value)})`, scope, soqlDialect);
        if (pushed === null) return;
        const literal = pushed.slice("Name LIKE ".length);
        const inner = literal
          .slice(2, -2)
          .replaceAll("\\\\", "\u0001")
          .replaceAll("\\%", "%")
          .replaceAll("\\_", "_")
          .replaceAll("\u0001", "\\\\");
        expect(literal.startsWith("'%") && literal.endsWith("%'")).toBe(true);
        expect(readSoqlLiteral(`'${inner}'`)).toBe(value);
      }),
      { numRuns: 1500 },
    );
  });
  it("never change the meaning of an OData filter", () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const { pushed } = toSourceFilter(`Name = ${formatTextLiteral(value)}`, scope, odataDialect);
        if (pushed === null) return;
        expect(readOdataLiteral(pushed.slice("Name eq ".length))).toBe(value);
      }),
      { numRuns: 2500 },
    );
  });
});

describe("pushed and remaining conditions", () => {
  const condition = fc.constantFrom(
    'Status = "Open"',
    "Amount > 5",
    "NOT(Amount < 5)",
    "ISBLANK(Name)",
    "Closed",
    "NOT Flag",
    "Flag = FALSE",
    "LEN(Name) > 1",
    'Name = "x"',
    'IN(Status, "Open", BLANK)',
    'CONTAINS(City, "a")',
    "Day < DATE(2026, 1, 1)",
    "Day >= DATE(2026, 1, 1)",
    "NOT(Day < DATE(2026, 1, 1))",
    'Status <> "Open"',
    "Amount <> 5",
    'NOT IN(Status, "Open", "Done")',
    'SAMETEXT(Name, "x")',
    "Flag",
    "Flag = TRUE",
    "Flag <> TRUE",
    "NOT(Flag = FALSE)",
    "NOT(Closed AND Amount >= 5)",
  );
  const filter = fc
    .array(fc.tuple(condition, fc.constantFrom(" AND ", " OR "), condition), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.map(([a, joiner, b]) => `(${a}${joiner}${b})`).join(" AND "));
  const row = fc.record({
    Status: fc.constantFrom(null, "Open", "Done"),
    Amount: fc.constantFrom(null, "1", "5", "7.5"),
    Name: fc.constantFrom(null, "x", "X", "long"),
    City: fc.constantFrom(null, "Aarhus", "A"),
    Closed: fc.boolean(),
    Flag: fc.constantFrom(null, true, false),
    Day: fc.constantFrom(null, "2025-05-05", "2026-05-05"),
  });
  /** Business Central has no null numbers and check boxes. */
  const rowFor = (cells: Row, dialect: FilterDialect): Row =>
    dialect.name === "SOQL"
      ? cells
      : { ...cells, Amount: cells["Amount"] ?? "0", Flag: cells["Flag"] ?? false };

  function decide(text: string, cells: Row): boolean {
    const compiled = compileFormula(text, scope);
    if (!compiled.ok) throw new Error(`${text} does not compile`);
    const result = evaluateFormula(compiled.formula, cells, moment);
    return result.ok && result.value === true;
  }

  it("together let through exactly the records that the whole filter lets through", () => {
    fc.assert(
      fc.property(filter, row, fc.constantFrom(soqlDialect, odataDialect), (text, cells, dialect) => {
        const record = rowFor(cells, dialect);
        const { pushed, remainder } = toSourceFilter(text, scope, dialect, moment);
        const inSource =
          pushed === null || evaluatePushed(pushed, record, dialect.name === "SOQL" ? "SOQL" : "OData");
        const here = remainder === null || decide(remainder, record);
        expect([text, pushed, remainder, inSource && here]).toEqual([
          text,
          pushed,
          remainder,
          decide(text, record),
        ]);
      }),
      { numRuns: 2500 },
    );
  });
});

const fieldName = fc.constantFrom("Name", "Amount", "Billing City", "Not", "Ærø");
const filterValue = fc.oneof(
  fc.string({ maxLength: 8 }).map((value) => ({ type: "text" as const, value })),
  fc.constantFrom("0", "5", "-2.5").map((value) => ({ type: "number" as const, value })),
  fc.boolean().map((value) => ({ type: "boolean" as const, value })),
  fc.constant({ type: "date" as const, value: "2026-01-31" }),
  fc.constant({ type: "datetime" as const, value: "2026-01-31T10:00:00Z" }),
  fc.integer({ min: -400, max: 400 }).map((days) => ({ type: "today" as const, days })),
  fc
    .tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom("day" as const, "hour" as const))
    .map(([count, unit]) => ({ type: "now" as const, count: -count, unit })),
  fc.constant({ type: "field" as const, path: ["run", "StartedAt"] }),
);
const filterCondition: fc.Arbitrary<FilterCondition> = fc.oneof(
  fc.record({
    kind: fc.constant("condition" as const),
    field: fc.array(fieldName, { minLength: 1, maxLength: 2 }),
    operator: fc.constantFrom(
      "equals" as const,
      "notEquals" as const,
      "less" as const,
      "greaterOrEqual" as const,
      "contains" as const,
      "notContains" as const,
      "beginsWith" as const,
      "endsWith" as const,
      "sameText" as const,
    ),
    values: filterValue.map((value) => [value]),
  }),
  fc.record({
    kind: fc.constant("condition" as const),
    field: fc.array(fieldName, { minLength: 1, maxLength: 2 }),
    operator: fc.constantFrom("isOneOf" as const, "isNoneOf" as const),
    values: fc.array(filterValue, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    kind: fc.constant("condition" as const),
    field: fc.array(fieldName, { minLength: 1, maxLength: 2 }),
    operator: fc.constantFrom(
      "isBlank" as const,
      "isNotBlank" as const,
      "isTrue" as const,
      "isNotTrue" as const,
    ),
    values: fc.constant([]),
  }),
);
function groupOf(depth: number): fc.Arbitrary<FilterGroup> {
  const item =
    depth === 1
      ? filterCondition
      : fc.oneof({ weight: 3, arbitrary: filterCondition }, { weight: 1, arbitrary: groupOf(depth - 1) });
  return fc.record({
    kind: fc.constant("group" as const),
    join: fc.constantFrom("and" as const, "or" as const),
    items: fc.array(item, { minLength: 2, maxLength: 4 }),
  });
}

/** Groups inside a group of the same kind read back as one where they come first; their meaning is the same. */
function normalised(group: FilterGroup): FilterGroup {
  const items = group.items.map((item) => (item.kind === "group" ? normalised(item) : item));
  const [first, ...rest] = items;
  return first?.kind === "group" && first.join === group.join
    ? normalised({ ...group, items: [...first.items, ...rest] })
    : { ...group, items };
}

describe("condition rows", () => {
  it("survive the way to a formula and back", () => {
    fc.assert(
      fc.property(groupOf(3), (group) => {
        expect(toFilterRows(fromFilterRows(group))).toEqual(normalised(group));
      }),
      { numRuns: 1500 },
    );
  });
  it("are not offered for formulas that rows cannot show", () => {
    for (const text of [
      "LEN(Name) > 3",
      "Amount + 1 > 2",
      "NOT(a = 1 OR b = 2)",
      "((a AND (b OR (c AND (d OR e)))) OR f)",
      "a =",
      "5 < Amount",
      "TRUE AND 1 = 1",
    ]) {
      expect([text, toFilterRows(text)]).toEqual([text, null]);
    }
  });
  it("show a single condition and no condition at all", () => {
    expect(toFilterRows("TRUE")).toEqual({ kind: "group", join: "and", items: [] });
    expect(fromFilterRows({ kind: "group", join: "or", items: [] })).toBe("TRUE");
    expect(toFilterRows('Status = "Open"')?.items).toHaveLength(1);
    expect(toFilterRows('Stamp >= DATEADD(NOW(), -7, "day")')?.items).toEqual([
      {
        kind: "condition",
        field: ["Stamp"],
        operator: "greaterOrEqual",
        values: [{ type: "now", count: -7, unit: "day" }],
      },
    ]);
  });
});
