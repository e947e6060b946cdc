/** The record, fields and answers that the examples of all functions are computed with. */
import type { EvalContext, LinkRequest, LookupAnswer, LookupRequest, Row, Scope } from "../types.ts";

const statuses = [
  { code: "New", label: "New" },
  { code: "Completed", label: "Work completed" },
];

export const exampleScope: Scope = {
  record: {
    name: "WorkOrder",
    fields: [
      { name: "Name", type: "text" },
      { name: "Email", type: "text" },
      { name: "City", type: "text" },
      { name: "PostalCode", type: "text" },
      { name: "Country", type: "text" },
      { name: "Status", type: "choice", choices: statuses },
      { name: "Active", type: "boolean" },
      { name: "Amount", type: "number" },
      { name: "Quantity", type: "number" },
      { name: "Discount", type: "number" },
      { name: "StartDate", type: "date" },
      { name: "CreatedAt", type: "datetime" },
    ],
    relations: [{ name: "Lines", kind: "many", object: "Line" }],
  },
  objects: {
    Line: {
      name: "Line",
      fields: [
        { name: "Quantity", type: "number" },
        { name: "UnitPrice", type: "number" },
        { name: "Discount", type: "number" },
        { name: "Unit", type: "text" },
      ],
      relations: [{ name: "Product", kind: "one", object: "Product" }],
    },
    Product: { name: "Product", fields: [{ name: "Code", type: "text" }], relations: [] },
  },
};

export const exampleRecord: Row = {
  Name: "Blue Lake Service",
  Email: null,
  City: "Århus",
  PostalCode: "8000",
  Country: "DK",
  Status: "Completed",
  Active: true,
  Amount: "1250.50",
  Quantity: "12",
  Discount: null,
  StartDate: "2026-03-15",
  CreatedAt: "2026-03-15T23:30:00Z",
  Lines: [
    { Quantity: "2", UnitPrice: "10.00", Discount: null, Unit: "PCS", Product: { Code: "P-1" } },
    { Quantity: "3", UnitPrice: "15.50", Discount: null, Unit: "PCS", Product: { Code: "P-2" } },
    { Quantity: "1", UnitPrice: "10", Discount: "10", Unit: "H", Product: null },
  ],
};

function answer(request: LookupRequest | LinkRequest): LookupAnswer {
  if (request.kind === "linked") {
    return request.recordId === "001A" ? { state: "found", value: "C-100" } : { state: "missing" };
  }
  const known = request.key === "C-100" || request.key === "Aarhus";
  return known ? { state: "found", value: "Blue Lake", type: "text" } : { state: "missing" };
}

/** The run starts on 19 November 2026 at 11:15:30 in Copenhagen. */
export const exampleContext: EvalContext = {
  now: "2026-11-19T10:15:30Z",
  timeZone: "Europe/Copenhagen",
  mapValue: (map, key) => (map === "Units" && key === "PCS" ? "STK" : undefined),
  lookup: answer,
  prior: { ...exampleRecord, Amount: "1000" },
  recordUrl: (object, id) => `https://crm.example/${object}/${id}`,
};
