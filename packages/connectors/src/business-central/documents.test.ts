/** Invoices with their lines as one document: created, changed line by line, refused with the line named. */
import { etagField, type LineWrite, type WriteAnswer, type WriteRequest } from "@fieldbridge/engine";
import type { ObjectSchema, Row } from "@fieldbridge/model";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { textIn } from "../testing/contract-steps.ts";
import { startBusinessCentralBench, type Bench } from "../testing/sandbox-bench.ts";

let bench: Bench;
let header: ObjectSchema;
let line: ObjectSchema;
beforeAll(async () => {
  bench = await startBusinessCentralBench();
  header = await bench.port.discoverObject("salesInvoices");
  line = await bench.port.discoverObject("salesInvoiceLines");
});
afterEach(() => bench.reset());
afterAll(() => bench.close());

const item = (more: Row = {}): LineWrite["rows"][number] => ({
  op: "create",
  key: null,
  values: { lineType: "Item", lineObjectNumber: "LAB-100", quantity: "1.5", unitPrice: "10.10", ...more },
});

const lines = (...rows: LineWrite["rows"]): LineWrite[] => [
  { relation: "salesInvoiceLines", object: "salesInvoiceLines", rows },
];

const invoice = (ref: string, values: Row, ...rows: LineWrite["rows"]): WriteRequest => ({
  ref,
  op: "create",
  key: null,
  etag: null,
  values: { customerNumber: "C-10020", externalDocumentNumber: ref, invoiceDate: "2026-11-01", ...values },
  lines: lines(...rows),
});

const write = (...requests: WriteRequest[]): Promise<readonly WriteAnswer[]> =>
  bench.port.write({
    schema: header,
    lineSchemas: { salesInvoiceLines: line },
    requests,
    answerFields: ["number", "totalAmountExcludingTax"],
  });

async function makeInvoice(...rows: LineWrite["rows"]): Promise<{ key: string; etag: string }> {
  const [answer] = await write(invoice("DOC-1", {}, ...rows));
  if (answer?.state !== "done") throw new Error(`The invoice was not made: ${JSON.stringify(answer)}`);
  return { key: answer.key, etag: textIn(answer.row, etagField) };
}

async function readInvoice(key: string): Promise<Row> {
  const shape = {
    object: "salesInvoices",
    fields: [
      "id",
      "number",
      "totalAmountExcludingTax",
      "dueDate",
      "orderId",
      "status",
      "customerPurchaseOrderReference",
    ],
    one: { customer: { object: "customers", fields: ["number"], one: {}, many: {} } },
    many: {
      salesInvoiceLines: {
        object: "salesInvoiceLines",
        fields: ["id", "quantity", "lineType", "description"],
        one: {},
        many: {},
      },
    },
  };
  const [row] = await bench.port.readByKeys(shape, "id", [key]);
  if (row === undefined) throw new Error("The invoice is not there.");
  return row;
}

function linesOf(row: Row): readonly Row[] {
  const cell = row["salesInvoiceLines"];
  return Array.isArray(cell) ? cell : [];
}

describe("discovering", () => {
  test("an invoice needs a customer, takes its lines along and cannot be told its totals", () => {
    const field = (name: string) => header.fields.find((each) => each.name === name);
    expect(field("customerNumber")).toMatchObject({ required: true });
    expect(field("totalAmountIncludingTax")).toMatchObject({ creatable: false, updatable: false });
    expect(field("status")?.choices?.map((choice) => choice.code)).toContain("In Review");
    expect(header.relations.find((each) => each.name === "salesInvoiceLines")).toMatchObject({
      kind: "many",
      object: "salesInvoiceLines",
      writable: true,
    });
    expect(header.relations.find((each) => each.name === "customer")).toMatchObject({
      kind: "one",
      object: "customers",
      keyField: "customerId",
      writable: false,
    });
    expect(field("customerId")).toMatchObject({ type: "id", refersTo: "customers" });
  });
});

describe("writing", () => {
  test("a document and its lines are created together, in one call for all documents", async () => {
    await bench.port.countRows("customers", null);
    await bench.clearCalls();
    const answers = await write(invoice("A", {}, item(), item({ quantity: "2" })), invoice("B", {}, item()));
    expect((await bench.calls()).total).toBe(1);
    expect(answers).toMatchObject([
      { state: "done", row: { totalAmountExcludingTax: "35.35" } },
      { state: "done", row: { totalAmountExcludingTax: "15.15" } },
    ]);
  });

  test("unset dates and ids are read as blank, choices in plain words, and rows carry their version", async () => {
    const { key, etag } = await makeInvoice(item());
    expect(await readInvoice(key)).toMatchObject({
      orderId: null,
      status: "Draft",
      customer: { number: "C-10020" },
      [etagField]: etag,
      salesInvoiceLines: [{ lineType: "Item", quantity: "1.5" }],
    });
  });

  test("lines are changed, added and removed in place, and the answer shows the new total and version", async () => {
    const { key, etag } = await makeInvoice(item(), item({ quantity: "4" }));
    const before = linesOf(await readInvoice(key));
    const [answer] = await write({
      ref: "u",
      op: "update",
      key,
      etag,
      values: { customerPurchaseOrderReference: "PO 7" },
      lines: lines(
        { op: "update", key: textIn(before[0], "id"), values: { quantity: "3" } },
        { op: "delete", key: textIn(before[1], "id"), values: {} },
        { op: "create", key: null, values: { lineType: "Comment", description: "Thank you" } },
      ),
    });
    const after = await readInvoice(key);
    expect(answer).toMatchObject({
      state: "done",
      key,
      row: { totalAmountExcludingTax: "30.3", [etagField]: after[etagField] },
    });
    expect(after).toMatchObject({ customerPurchaseOrderReference: "PO 7" });
    expect(linesOf(after).map((each) => [each["lineType"], each["quantity"], each["description"]])).toEqual([
      ["Item", "3", expect.any(String)],
      ["Comment", "0", "Thank you"],
    ]);
  });

  test("a version that is not the current one is a conflict, and no line is touched", async () => {
    const { key, etag } = await makeInvoice(item());
    const change = (reference: string): WriteRequest => ({
      ref: reference,
      op: "update",
      key,
      etag,
      values: { customerPurchaseOrderReference: reference },
      lines: lines(item()),
    });
    expect(await write(change("first"))).toMatchObject([{ state: "done" }]);
    expect(await write(change("second"))).toMatchObject([
      { state: "refused", issues: [{ code: "WRT-308", class: "conflict" }] },
    ]);
    expect(linesOf(await readInvoice(key))).toHaveLength(2);
  });

  test("a document with more lines than a batch takes is changed in several calls", async () => {
    const { key, etag } = await makeInvoice(item());
    const more = Array.from({ length: 130 }, (_none, index) => item({ description: `Line ${index}` }));
    const [answer] = await write({ ref: "u", op: "update", key, etag, values: {}, lines: lines(...more) });
    expect(answer).toMatchObject({ state: "done" });
    expect(linesOf(await readInvoice(key))).toHaveLength(131);
  });
});

describe("refusals", () => {
  test.each([
    [{ customerNumber: "NOBODY" }, {}, "WRT-304", "customerNumber", /"NOBODY" does not exist/],
    [{ customerNumber: "C-19990" }, {}, "WRT-305", "customerNumber", /blocked/],
    [{ currencyCode: "ZZZ" }, {}, "WRT-304", "currencyCode", /"ZZZ" does not exist.*Currency/],
    [{ customerNumber: null }, {}, "WRT-301", "customerNumber", /must be provided/],
    [
      { customerPurchaseOrderReference: "x".repeat(36) },
      {},
      "WRT-302",
      "customerPurchaseOrderReference",
      /takes 35 characters; .* has 36/,
    ],
    [
      {},
      { lineObjectNumber: "NOTHING" },
      "WRT-304",
      "salesInvoiceLines.1.lineObjectNumber",
      /^Line 2: .*"NOTHING"/,
    ],
    [
      {},
      { unitOfMeasureCode: "BARREL" },
      "WRT-304",
      "salesInvoiceLines.1.unitOfMeasureCode",
      /^Line 2: .*"BARREL"/,
    ],
    [
      {},
      { description: "y".repeat(101) },
      "WRT-302",
      "salesInvoiceLines.1.description",
      /^Line 2: .*100 characters/,
    ],
    [{}, { lineType: "Nonsense" }, "WRT-303", "salesInvoiceLines.1.lineType", /Nonsense/],
    [
      {},
      { discountPercent: "120" },
      "WRT-303",
      "salesInvoiceLines.1.discountPercent",
      /less than or equal to 100/,
    ],
  ])("values %j and line %j give %s at %s", async (values, lineValues, code, path, message) => {
    const [answer] = await write(invoice("BAD", values, item(), item(lineValues)));
    expect(answer).toMatchObject({
      state: "refused",
      issues: [{ code, path, message: expect.stringMatching(message) }],
      answer: expect.stringContaining("CorrelationId"),
    });
    expect(JSON.stringify(answer?.state === "refused" && answer.issues)).not.toContain("CorrelationId");
  });

  test("a refused document leaves nothing behind and does not stop its neighbours", async () => {
    const answers = await write(
      invoice("OK-1", {}, item()),
      invoice("BAD", {}, item(), item({ lineObjectNumber: "NOTHING" })),
      invoice("OK-2", {}, item()),
    );
    expect(answers.map((answer) => answer.state)).toEqual(["done", "refused", "done"]);
    expect(await bench.port.countRows("salesInvoices", "externalDocumentNumber eq 'BAD'")).toBe(0);
  });

  test("lines of a relation that takes none are refused before a call", async () => {
    const request = invoice("X", {}, item());
    const [answer] = await write({
      ...request,
      lines: [{ relation: "customer", object: "customers", rows: request.lines[0]?.rows ?? [] }],
    });
    expect(answer).toMatchObject({ state: "refused", issues: [{ code: "LIN-401" }] });
  });
});

describe("conditions", () => {
  test.each([
    ["status eq 'In Review'", 0],
    ["status eq 'Draft'", 1],
    ["orderId eq null", 1],
    ["promisedPayDate eq null", 1],
    ["customerPurchaseOrderReference eq null", 1],
    ["customerPurchaseOrderReference ne null", 0],
    ["externalDocumentNumber eq 'status eq ''Draft'''", 0],
  ])("%s is understood as people mean it", async (filter, count) => {
    await makeInvoice(item());
    expect(await bench.port.countRows("salesInvoices", filter)).toBe(count);
  });
});
