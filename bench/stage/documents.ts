/**
 * Random documents with amounts of up to ten decimals in four currencies, as a source and a target in memory, and the
 * transfer between them. The target judges every document with an oracle of its own instead of storing it.
 */
import type { ReadRequest, SystemPort, WriteAnswer, WriteRequest } from "@fieldbridge/engine";
import { compileTransfer, type TransferPlan } from "@fieldbridge/engine";
import { field, object, ownField, toMany } from "@fieldbridge/engine/testing";
import type { Row, TransferDefinition } from "@fieldbridge/model";
import { addMoney, isSameMoney, toLineAmount, toMoney } from "./money.ts";
import { createRandom, type Random } from "./random.ts";

/** Digits of an amount in each currency. */
const currencies: Readonly<Record<string, number>> = { EUR: 2, USD: 2, JPY: 0, KWD: 3 };

interface Line {
  readonly quantity: string;
  readonly price: string;
  readonly discount: string | null;
}
interface Document {
  readonly number: string;
  readonly currency: string;
  readonly lines: readonly Line[];
}

const toDecimal = (random: Random, whole: number, mostDigits: number): string => {
  const digits = random.between(0, mostDigits);
  const head = String(random.between(0, whole));
  const tail = Array.from({ length: digits }, () => random.between(0, 9)).join("");
  return digits === 0 ? head : `${head}.${tail}`;
};

/** The document with this number; the same on every call. */
export function toDocument(index: number): Document {
  const random = createRandom(index * 7 + 3);
  return {
    number: `D${String(index).padStart(8, "0")}`,
    currency: random.pick(Object.keys(currencies)),
    lines: Array.from({ length: random.between(1, 5) }, () => ({
      // Some credits among them: halves must round away from zero on both sides of it.
      quantity: (random.between(0, 9) === 0 ? "-" : "") + toDecimal(random, 500, 5),
      price: toDecimal(random, 90_000, 10),
      discount: random.between(0, 2) === 0 ? toDecimal(random, 99, 2) : null,
    })),
  };
}

const sourceDocument = object(
  "Document",
  [ownField("Number", "text", { nullable: false }), field("Currency", "choice")],
  { relations: [toMany("Lines", "Line")] },
);
const sourceLine = object("Line", [
  ownField("Id"),
  field("Quantity", "number"),
  field("Price", "number"),
  field("Discount", "number"),
]);
const targetDocument = object(
  "invoices",
  [ownField("id"), field("number"), field("currency"), field("total", "number", { precision: 30, scale: 3 })],
  { relations: [toMany("lines", "invoiceLines", true)] },
);
const targetLine = object("invoiceLines", [
  ownField("id"),
  field("quantity", "number", { precision: 30, scale: 10 }),
  field("price", "number", { precision: 30, scale: 10 }),
  field("amount", "number", { precision: 30, scale: 3 }),
]);

const digitsOf = (currency: string): string => `CASE(${currency}, "JPY", 0, "KWD", 3, 2)`;

const definition: TransferDefinition = {
  kind: "transfer",
  version: 1,
  id: "tr_documents",
  name: "Documents",
  source: { connection: "here", object: "Document" },
  target: { connection: "there", object: "invoices" },
  changes: { by: "all" },
  match: { by: "never" },
  mappings: {
    number: { value: "Number" },
    currency: { value: "Currency" },
    total: {
      value: `SUM(ROUND(Lines.Quantity * Lines.Price * (1 - ZEROIFBLANK(Lines.Discount)%), ${digitsOf("Currency")}))`,
    },
  },
  lines: [
    {
      source: "Lines",
      target: "lines",
      mappings: {
        quantity: { value: "Quantity" },
        price: { value: "Price" },
        amount: {
          value: `ROUND(Quantity * Price * (1 - ZEROIFBLANK(Discount)%), ${digitsOf("header.Currency")})`,
        },
      },
    },
  ],
};

export function planDocuments(): TransferPlan {
  const compiled = compileTransfer(definition, {
    source: sourceDocument,
    target: targetDocument,
    sourceObjects: { Document: sourceDocument, Line: sourceLine },
    targetObjects: { invoices: targetDocument, invoiceLines: targetLine },
  });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues));
  return compiled.plan;
}

const toRow = (document: Document): Row => ({
  Number: document.number,
  Currency: document.currency,
  Lines: document.lines.map((line, place) => ({
    Id: `${document.number}-${place}`,
    Quantity: line.quantity,
    Price: line.price,
    Discount: line.discount,
  })),
});

const unused = (): never => {
  throw new Error("not part of this proof");
};

const emptyPort: SystemPort = {
  limits: { readPage: 2_000, writeBatch: 500, findBatch: 500, parallelWrites: 1, settleMs: 0 },
  filterDialect: null,
  checkConnection: unused,
  discoverObjects: unused,
  discoverObject: unused,
  readUpperBound: async () => null,
  countRows: async () => null,
  readPage: unused,
  readByKeys: unused,
  find: unused,
  write: unused,
  recordUrl: () => undefined,
  callCount: () => 0,
};

export const createDocumentSource = (count: number): SystemPort => ({
  ...emptyPort,
  readPage: async ({ after, limit }: ReadRequest) => {
    const start = after === null ? 0 : Number(after.key.slice(1)) + 1;
    const length = Math.min(limit, count - start);
    const rows = Array.from({ length }, (_none, place) => toRow(toDocument(start + place)));
    const last = rows.at(-1);
    const key = typeof last?.["Number"] === "string" ? last["Number"] : "";
    return { rows, next: start + length < count ? { stamp: null, key } : null };
  },
});

export interface MoneyTally {
  documents: number;
  lines: number;
  /** Documents whose total is not the sum of their lines, or whose amounts differ from the oracle's. */
  different: number;
  /** Quantities and prices that did not arrive with every digit. */
  changed: number;
}

const textIn = (row: Row, name: string): string => {
  const cell = row[name];
  return typeof cell === "string" ? cell : "NaN";
};

function judge({ values, lines }: WriteRequest, tally: MoneyTally): void {
  const document = toDocument(Number(textIn(values, "number").slice(1)));
  const digits = currencies[document.currency] ?? 2;
  const rows = lines.flatMap((each) => each.rows.map((row) => row.values));
  const wanted = document.lines.map((line) => toLineAmount(line, digits));
  const total = toMoney(textIn(values, "total"));
  const sumOfLines = rows.map((row) => toMoney(textIn(row, "amount"))).reduce(addMoney, toMoney("0"));
  const isEqual =
    rows.length === wanted.length &&
    isSameMoney(total, sumOfLines) &&
    isSameMoney(total, wanted.reduce(addMoney, toMoney("0"))) &&
    wanted.every((amount, place) => isSameMoney(amount, toMoney(textIn(rows[place] ?? {}, "amount"))));
  tally.documents += 1;
  tally.lines += rows.length;
  if (!isEqual) tally.different += 1;
  tally.changed += document.lines.filter((line, place) => {
    const row = rows[place] ?? {};
    return (
      !isSameMoney(toMoney(line.quantity), toMoney(textIn(row, "quantity"))) ||
      !isSameMoney(toMoney(line.price), toMoney(textIn(row, "price")))
    );
  }).length;
}

export const createJudgingTarget = (tally: MoneyTally): SystemPort => ({
  ...emptyPort,
  write: async ({ requests }) =>
    requests.map((request): WriteAnswer => {
      judge(request, tally);
      return { ref: request.ref, state: "done", key: request.ref, row: {} };
    }),
});
