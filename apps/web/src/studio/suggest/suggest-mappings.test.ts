import { describe, expect, it } from "vitest";
import { object, field, transfer } from "../testing/schemas.ts";
import { toGraph } from "../graph/to-graph.ts";
import { assignPairs } from "./assign.ts";
import { suggestMappings } from "./suggest-mappings.ts";
import { toWords } from "./words.ts";

const account = object("Account", {
  fields: [
    field("Id", { type: "id" }),
    field("Name", { label: "Account Name" }),
    field("AccountNumber", { label: "Account Number" }),
    field("BillingStreet", { label: "Billing Street" }),
    field("BillingCity", { label: "Billing City" }),
    field("BillingPostalCode", { label: "Billing Zip/Postal Code" }),
    field("BillingCountry", { label: "Billing Country" }),
    field("Phone"),
    field("Website"),
    field("CreatedDate", { label: "Created Date", type: "datetime" }),
    field("SystemModstamp", { label: "System Modstamp", type: "datetime" }),
    field("AnnualRevenue", { label: "Annual Revenue", type: "number" }),
    field("Email__c", { label: "E-mail", custom: true }),
  ],
});
const customer = object("customer", {
  fields: [
    field("id", { type: "id", creatable: false, updatable: false }),
    field("number", { label: "No." }),
    field("displayName", { label: "Name" }),
    field("addressLine1", { label: "Address" }),
    field("city", { label: "City" }),
    field("postalCode", { label: "Post Code" }),
    field("country", { label: "Country/Region" }),
    field("phoneNumber", { label: "Phone No." }),
    field("email", { label: "Email" }),
    field("website", { label: "Home Page" }),
    field("balance", { label: "Balance", type: "number", creatable: false, updatable: false }),
    field("lastModifiedDateTime", {
      label: "Last Modified",
      type: "datetime",
      creatable: false,
      updatable: false,
    }),
    field("taxLiable", { label: "Tax Liable", type: "boolean" }),
  ],
});

/** The pairs an analyst would draw between these two objects. */
const right: Record<string, string> = {
  number: "AccountNumber",
  displayName: "Name",
  addressLine1: "BillingStreet",
  city: "BillingCity",
  postalCode: "BillingPostalCode",
  country: "BillingCountry",
  phoneNumber: "Phone",
  email: "Email__c",
  website: "Website",
};

const suggest = (
  rejected: string[] = [],
  mapped: Record<string, { value: string }> = {},
  writtenBack: string[] = [],
) => {
  const definition = transfer({
    source: { connection: "a", object: "Account" },
    target: { connection: "b", object: "customer" },
    mappings: mapped,
  });
  const graph = toGraph({
    definition,
    scope: null,
    sourceSchemas: { Account: account },
    targetSchemas: { customer },
    expanded: new Set(),
    issues: [],
  });
  return suggestMappings({
    source: graph.source,
    target: graph.target,
    rejected: new Set(rejected),
    writtenBack: new Set(writtenBack),
  });
};

describe("suggested mappings", () => {
  it("finds at least eight of the nine pairs of account and customer and no wrong one", () => {
    const found = suggest();
    const correct = found.filter((each) => right[each.target.name] === each.source.name);
    expect(
      found
        .filter((each) => !correct.includes(each))
        .map((each) => `${each.source.name}>${each.target.name}`),
    ).toEqual([]);
    expect(correct.length).toBeGreaterThanOrEqual(8);
  });

  it("gives the same answer every time, best first, with a reason", () => {
    expect(suggest()).toEqual(suggest());
    const scores = suggest().map((each) => each.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(suggest().find((each) => each.target.name === "website")?.reason).toBe(
      "same meaning: Website / Home Page; both text",
    );
  });

  it("never offers a pair that was turned down, nor a field that is mapped already", () => {
    const found = suggest(["Phone>phoneNumber"], { city: { value: "Name" } });
    expect(found.map((each) => each.target.name)).not.toContain("phoneNumber");
    expect(found.map((each) => each.target.name)).not.toContain("city");
  });

  it("never offers a field that the transfer itself writes back", () => {
    expect(suggest([], {}, ["AccountNumber"]).map((each) => each.source.name)).not.toContain("AccountNumber");
  });

  it("leaves out ids, system fields and read-only targets", () => {
    const names = suggest().flatMap((each) => [each.source.name, each.target.name]);
    for (const name of ["Id", "SystemModstamp", "CreatedDate", "balance", "lastModifiedDateTime"])
      expect(names).not.toContain(name);
  });
});

describe("pairing", () => {
  it("takes the best total, not the best for the first row", () => {
    const pairs = assignPairs([
      { row: 0, column: 0, score: 0.9 },
      { row: 0, column: 1, score: 0.8 },
      { row: 1, column: 0, score: 0.85 },
    ]);
    expect(pairs.map((each) => [each.row, each.column])).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  it("uses no row and no column twice", () => {
    const candidates = Array.from({ length: 60 }, (_, index) => ({
      row: index % 8,
      column: (index * 7) % 9,
      score: 0.65 + ((index * 13) % 30) / 100,
    }));
    const pairs = assignPairs(candidates);
    expect(new Set(pairs.map((each) => each.row)).size).toBe(pairs.length);
    expect(new Set(pairs.map((each) => each.column)).size).toBe(pairs.length);
  });
});

describe("words of a name", () => {
  it("reads names, labels and synonyms as the same words", () => {
    expect(toWords("BillingPostalCode")).toEqual(toWords("ZIP code"));
    expect(toWords("Phone No.")).toEqual(toWords("TelephoneNumber"));
    expect(toWords("ERP_No__c")).toEqual(toWords("Number"));
  });
});
