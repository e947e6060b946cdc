/**
 * P3: the formulas of a 20-field map against the same map in JSONata and against hand-written closures over the
 * same exact decimals. Prints the ratios last and fails when a goal is missed.
 */
import jsonata from "jsonata";
import {
  add,
  compare,
  compileFormula,
  type CompiledFormula,
  type Decimal,
  div,
  type EvalContext,
  evaluateFormula,
  formatDecimal,
  fromCell,
  mul,
  parseDecimal,
  round,
  type Row,
  type Scope,
  showResult,
  sub,
  toCell,
} from "../packages/formula/src/index.ts";

const GOAL_JSONATA = 15;
const GOAL_CLOSURES = 0.5;
const RECORDS = 2000;
const ROUNDS = 7;

const text = (name: string) => ({ name, type: "text" as const });
const number = (name: string) => ({ name, type: "number" as const });
const scope: Scope = {
  record: {
    name: "WorkOrder",
    fields: [
      text("Number"),
      text("Status"),
      text("Subject"),
      text("Country"),
      text("Currency"),
      text("Unit"),
      number("Amount"),
      number("Discount"),
      number("TaxPercent"),
      number("Quantity"),
      number("Price"),
      number("Freight"),
      { name: "Closed", type: "boolean" },
      { name: "StartDate", type: "date" },
    ],
    relations: [
      { name: "Account", kind: "one", object: "Account" },
      { name: "Lines", kind: "many", object: "Line" },
    ],
  },
  objects: {
    Account: {
      name: "Account",
      fields: [text("Name"), text("City"), text("PostalCode"), text("ErpNo")],
      relations: [],
    },
    Line: { name: "Line", fields: [number("Quantity"), number("Price"), number("Discount")], relations: [] },
  },
};

/** Target field, our formula, JSONata, hand-written. */
interface MapEntry {
  readonly target: string;
  readonly formula: string;
  readonly jsonata: string;
  readonly closure: (row: Row) => string | boolean | null;
}

type Cells = Record<string, string | null>;

function read(row: Row, name: string): string | null {
  const cell = Object.hasOwn(row, name) ? row[name] : null;
  return typeof cell === "string" ? cell : null;
}
function amount(row: Row, name: string): Decimal | null {
  const cell = read(row, name);
  return cell === null ? null : parseDecimal(cell);
}
function account(row: Row): Row {
  return row["Account"] as Row;
}
function lines(row: Row): readonly Row[] {
  return row["Lines"] as readonly Row[];
}
function both(
  a: Decimal | null,
  b: Decimal | null,
  compute: (x: Decimal, y: Decimal) => Decimal,
): Decimal | null {
  return a === null || b === null ? null : compute(a, b);
}
function out(value: Decimal | null): string | null {
  return value === null ? null : formatDecimal(value);
}

const ZERO = parseDecimal("0") as Decimal;
const ONE = parseDecimal("1") as Decimal;
const HUNDRED = parseDecimal("100") as Decimal;
const THOUSAND = parseDecimal("1000") as Decimal;

const entries: readonly MapEntry[] = [
  { target: "number", formula: "Number", jsonata: "Number", closure: (row) => read(row, "Number") },
  {
    target: "customerName",
    formula: "Account.Name",
    jsonata: "Account.Name",
    closure: (row) => read(account(row), "Name"),
  },
  {
    target: "customerNo",
    formula: 'BLANKVALUE(Account.ErpNo, "NEW")',
    jsonata: 'Account.ErpNo ? Account.ErpNo : "NEW"',
    closure: (row) => read(account(row), "ErpNo") || "NEW",
  },
  {
    target: "city",
    formula: "UPPER(Account.City)",
    jsonata: "$uppercase(Account.City)",
    closure: (row) => read(account(row), "City")?.toUpperCase() ?? null,
  },
  {
    target: "address",
    formula: 'Account.PostalCode & " " & Account.City',
    jsonata: 'Account.PostalCode & " " & Account.City',
    closure: (row) => `${read(account(row), "PostalCode") ?? ""} ${read(account(row), "City") ?? ""}`,
  },
  {
    target: "subject",
    formula: "LEFT(TRIM(Subject), 20)",
    jsonata: "$substring($trim(Subject), 0, 20)",
    closure: (row) => read(row, "Subject")?.trim().slice(0, 20) ?? null,
  },
  {
    target: "status",
    formula: 'IF(Status = "Completed", "Closed", "Open")',
    jsonata: 'Status = "Completed" ? "Closed" : "Open"',
    closure: (row) => (read(row, "Status") === "Completed" ? "Closed" : "Open"),
  },
  {
    target: "country",
    formula: 'CASE(Country, "DK", "Denmark", "SE", "Sweden", "Other")',
    jsonata: 'Country = "DK" ? "Denmark" : Country = "SE" ? "Sweden" : "Other"',
    closure: (row) => {
      const country = read(row, "Country");
      return country === "DK" ? "Denmark" : country === "SE" ? "Sweden" : "Other";
    },
  },
  { target: "closed", formula: "Closed", jsonata: "Closed", closure: (row) => row["Closed"] === true },
  {
    target: "amount",
    formula: "Amount",
    jsonata: "$number(Amount)",
    closure: (row) => out(amount(row, "Amount")),
  },
  {
    target: "net",
    formula: "Amount - ZEROIFBLANK(Discount)",
    jsonata: "$number(Amount) - (Discount ? $number(Discount) : 0)",
    closure: (row) => out(both(amount(row, "Amount"), amount(row, "Discount") ?? ZERO, sub)),
  },
  {
    target: "tax",
    formula: "ROUND(Amount * TaxPercent / 100, 2)",
    jsonata: "$round($number(Amount) * $number(TaxPercent) / 100, 2)",
    closure: (row) => {
      const tax = both(amount(row, "Amount"), amount(row, "TaxPercent"), mul);
      return tax === null ? null : formatDecimal(round(div(tax, HUNDRED), 2));
    },
  },
  {
    target: "gross",
    formula: "ROUND(Amount * (1 + TaxPercent%), 2)",
    jsonata: "$round($number(Amount) * (1 + $number(TaxPercent) / 100), 2)",
    closure: (row) => {
      const tax = amount(row, "TaxPercent");
      const net = amount(row, "Amount");
      return net === null || tax === null
        ? null
        : formatDecimal(round(mul(net, add(ONE, div(tax, HUNDRED))), 2));
    },
  },
  {
    target: "total",
    formula: "Quantity * Price + Freight",
    jsonata: "$number(Quantity) * $number(Price) + $number(Freight)",
    closure: (row) =>
      out(both(both(amount(row, "Quantity"), amount(row, "Price"), mul), amount(row, "Freight"), add)),
  },
  {
    target: "large",
    formula: "Amount > 1000",
    jsonata: "$number(Amount) > 1000",
    closure: (row) => {
      const value = amount(row, "Amount");
      return value !== null && compare(value, THOUSAND) > 0;
    },
  },
  {
    target: "lineTotal",
    formula: "SUM(Lines.Quantity * Lines.Price)",
    jsonata: "$sum(Lines.($number(Quantity) * $number(Price)))",
    closure: (row) => {
      let total = ZERO;
      for (const line of lines(row)) {
        const value = both(amount(line, "Quantity"), amount(line, "Price"), mul);
        if (value) total = add(total, value);
      }
      return formatDecimal(total);
    },
  },
  {
    target: "lineCount",
    formula: "COUNT(Lines)",
    jsonata: "$count(Lines)",
    closure: (row) => formatDecimal(parseDecimal(String(lines(row).length)) ?? ZERO),
  },
  {
    target: "reference",
    formula: '"WO-" & RIGHT(Number, 5)',
    jsonata: '"WO-" & $substring(Number, -5)',
    closure: (row) => `WO-${(read(row, "Number") ?? "").slice(-5)}`,
  },
  {
    target: "unit",
    formula: 'IF(ISBLANK(Unit), "PCS", Unit)',
    jsonata: 'Unit ? Unit : "PCS"',
    closure: (row) => read(row, "Unit") || "PCS",
  },
  {
    target: "start",
    formula: "StartDate",
    jsonata: "StartDate",
    closure: (row) => {
      const date = fromCell(read(row, "StartDate"), "date");
      return date === null ? null : (toCell(date) as string);
    },
  },
];

function createRow(index: number): Row {
  const cells: Cells = {
    Number: `WO-${String(index).padStart(6, "0")}`,
    Status: index % 3 === 0 ? "Completed" : "New",
    Subject: `  Repair of pump number ${index} in hall B `,
    Country: ["DK", "SE", "NO"][index % 3] ?? null,
    Currency: "EUR",
    Unit: index % 4 === 0 ? null : "H",
    Amount: `${(index * 37) % 5000}.${String(index % 100).padStart(2, "0")}`,
    Discount: index % 2 === 0 ? null : "12.50",
    TaxPercent: "25",
    Quantity: `${(index % 20) + 1}.5`,
    Price: `${(index * 13) % 400}.99`,
    Freight: "49.00",
    StartDate: `2026-0${(index % 9) + 1}-15`,
  };
  const line = (offset: number): Row => ({
    Quantity: `${offset + (index % 5)}`,
    Price: `${offset * 10}.25`,
    Discount: null,
  });
  return {
    ...cells,
    Closed: index % 2 === 0,
    Account: {
      Name: `Customer ${index}`,
      City: "Aarhus",
      PostalCode: "8000",
      ErpNo: index % 5 === 0 ? null : `C-${index}`,
    },
    Lines: [line(1), line(2), line(3)],
  };
}

function compileAll(): CompiledFormula[] {
  return entries.map(({ formula }) => {
    const compiled = compileFormula(formula, scope);
    if (!compiled.ok)
      throw new Error(`${formula}: ${compiled.issues.map((issue) => issue.message).join("; ")}`);
    return compiled.formula;
  });
}

const context: EvalContext = { now: "2026-11-19T10:00:00Z", timeZone: "Europe/Copenhagen" };

function runOurs(formulas: readonly CompiledFormula[], rows: readonly Row[]): unknown[] {
  let last: unknown[] = [];
  for (const row of rows) {
    last = formulas.map((formula) => {
      const result = evaluateFormula(formula, row, context);
      if (!result.ok) throw new Error(`${formula.text}: ${showResult(result)}`);
      return toCell(result.value);
    });
  }
  return last;
}

function runClosures(rows: readonly Row[]): unknown[] {
  let last: unknown[] = [];
  for (const row of rows) last = entries.map((entry) => entry.closure(row));
  return last;
}

const wholeMap = jsonata(`{ ${entries.map((entry) => `"${entry.target}": (${entry.jsonata})`).join(", ")} }`);

async function runJsonata(rows: readonly Row[]): Promise<void> {
  for (const row of rows) await wholeMap.evaluate(row);
}

async function measure(work: () => unknown, count: number): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / count;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const rows = Array.from({ length: RECORDS }, (_, index) => createRow(index));
const formulas = compileAll();
for (const [index, row] of rows.entries()) {
  const [ours, closures] = [runOurs(formulas, [row]), runClosures([row])];
  if (JSON.stringify(ours) !== JSON.stringify(closures)) {
    throw new Error(`Record ${index} differs: ${JSON.stringify(ours)} and ${JSON.stringify(closures)}`);
  }
}
const someRows = rows.slice(0, RECORDS / 10);
const times = { ours: [] as number[], closures: [] as number[], jsonata: [] as number[] };
for (let round = 0; round < ROUNDS; round += 1) {
  times.ours.push(await measure(() => runOurs(formulas, rows), rows.length));
  times.closures.push(await measure(() => runClosures(rows), rows.length));
  times.jsonata.push(await measure(() => runJsonata(someRows), someRows.length));
}
const ours = median(times.ours);
const closures = median(times.closures);
const other = median(times.jsonata);
console.log(
  `records/s: ours ${Math.round(1000 / ours)}, closures ${Math.round(1000 / closures)}, JSONata ${Math.round(1000 / other)}`,
);
const versusJsonata = other / ours;
const versusClosures = closures / ours;
console.log(
  `P3: ${versusJsonata.toFixed(1)} x JSONata (goal ${GOAL_JSONATA}), ${versusClosures.toFixed(2)} of hand-written closures (goal ${GOAL_CLOSURES})`,
);
process.exitCode = versusJsonata >= GOAL_JSONATA && versusClosures >= GOAL_CLOSURES ? 0 : 1;
