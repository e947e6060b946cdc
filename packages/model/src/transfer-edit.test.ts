/** Edits are pure values: applying one never touches its input, and its opposite brings the definition back. */
import { expect, test } from "vitest";
import {
  applyTransferEdit,
  compareDefinitions,
  type TransferDefinition,
  type TransferEdit,
} from "./index.ts";

const definition: TransferDefinition = {
  kind: "transfer",
  version: 1,
  id: "tr_test",
  name: "Orders",
  source: { connection: "crm", object: "Order" },
  target: { connection: "erp", object: "salesOrders" },
  changes: { by: "watermark", field: "SystemModstamp" },
  mappings: { number: { value: "Name" }, city: { value: "Account.City" } },
  lines: [{ source: "Items", target: "salesOrderLines", mappings: { quantity: { value: "Quantity" } } }],
};

const edits: readonly (readonly [string, TransferEdit, TransferEdit])[] = [
  ["a new name", { type: "rename", name: "Sales" }, { type: "rename", name: "Orders" }],
  ["a filter", { type: "set-filter", filter: 'Status = "Open"' }, { type: "set-filter", filter: null }],
  [
    "a mapping of the header",
    { type: "set-mappings", mappings: { zip: { value: "Account.Zip" } } },
    { type: "set-mappings", mappings: { zip: null } },
  ],
  [
    "a mapping of the lines",
    { type: "set-mappings", lines: "salesOrderLines", mappings: { price: { value: "Price" } } },
    { type: "set-mappings", lines: "salesOrderLines", mappings: { price: null } },
  ],
  [
    "a second list of lines",
    { type: "set-lines", target: "notes", lines: { source: "Notes", target: "notes", mappings: {} } },
    { type: "set-lines", target: "notes", lines: null },
  ],
  ["a match", { type: "set-match", match: { by: "never" } }, { type: "set-match", match: null }],
  [
    "a time zone",
    { type: "set-time-zone", timeZone: "Europe/Berlin" },
    { type: "set-time-zone", timeZone: null },
  ],
];

test.each(edits)("%s and its opposite give the same definition back", (_words, edit, opposite) => {
  const before: unknown = JSON.parse(JSON.stringify(definition));
  const edited = applyTransferEdit(definition, edit);
  expect(definition).toEqual(before);
  expect(edited).not.toEqual(definition);
  expect(applyTransferEdit(edited, opposite)).toEqual(definition);
});

test("an edit of lines that do not exist changes nothing", () => {
  const edit: TransferEdit = { type: "set-mappings", lines: "gone", mappings: { a: { value: "B" } } };
  expect(applyTransferEdit(definition, edit)).toEqual(definition);
});

test("changes are told in words, with the values before and after", () => {
  const after = applyTransferEdit(
    applyTransferEdit(definition, {
      type: "set-mappings",
      mappings: { city: { value: "TRIM(Account.City)" }, number: null },
    }),
    {
      type: "set-mappings",
      lines: "salesOrderLines",
      mappings: { quantity: { value: "Quantity", whenBlank: "hold" } },
    },
  );
  expect(compareDefinitions(definition, after)).toEqual([
    { path: "mappings.number", words: "Mapping number: removed", before: "Name", after: null },
    {
      path: "mappings.city",
      words: "Mapping city: formula changed",
      before: "Account.City",
      after: "TRIM(Account.City)",
    },
    {
      path: "lines.salesOrderLines.mappings.quantity",
      words: "Line mapping salesOrderLines quantity: rule changed",
      before: '{"value":"Quantity"}',
      after: '{"value":"Quantity","whenBlank":"hold"}',
    },
  ]);
  expect(compareDefinitions(after, after)).toEqual([]);
});
