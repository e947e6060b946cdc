import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordsIn, refusalOf, startForTest, textIn } from "../test-client.ts";
import type { TestAnswer, TestServer } from "../test-client.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startForTest();
});
afterAll(() => server.sandbox.close());

function find(set: string, filter: string, more = ""): Promise<TestAnswer> {
  return server.call("GET", `${set}?$filter=${encodeURIComponent(filter)}${more}`);
}

async function numbersOf(filter: string, more = ""): Promise<string[]> {
  const answer = await find("items", filter, more);
  expect(answer).toMatchObject({ status: 200 });
  return recordsIn(answer.json).map((record) => textIn(record, "number"));
}

describe("a filter", () => {
  it.each([
    ["number eq 'LAB-100'", ["LAB-100"]],
    ["number eq 'lab-100'", ["LAB-100"]],
    ["number eq 'LAB-100' or number eq 'TRV-300'", ["LAB-100", "TRV-300"]],
    ["(number eq 'LAB-100' or number eq 'TRV-300') and type eq 'Service'", ["LAB-100"]],
    ["number ge 'TRV-200' and number le 'TRV-300'", ["TRV-200", "TRV-300"]],
    ["startswith(number,'LAB') and unitPrice gt 100", ["LAB-110", "LAB-200"]],
    ["startswith(number, 'LAB') and unitPrice ge 89.50 and unitPrice le 89.5", ["LAB-100"]],
    ["unitPrice eq 8.95e1", ["LAB-100"]],
    ["endswith(number,'-300')", ["KIT-300", "LAB-300", "TRV-300"]],
    ["contains(displayName,'engineer')", ["LAB-200"]],
    ["contains(displayName,'Engineer')", []],
    ["contains(tolower(displayName),'ENGINEER')", []],
    ["toupper(displayName) eq 'SENIOR ENGINEER'", ["LAB-200"]],
    ["substring(number,0,3) eq 'KIT'", ["KIT-100", "KIT-200", "KIT-300"]],
    ["displayName eq 'senior engineer'", []],
    [
      "not startswith(number,'SP') and not contains(number,'CON') and startswith(number,'K')",
      ["KIT-100", "KIT-200", "KIT-300"],
    ],
    ["displayName eq null", []],
    ["type eq 'Non_x002D_Inventory' and number ne 'TRV-100' and number ne 'TRV-200'", ["TRV-300"]],
    ["blocked and number eq 'LAB-100'", []],
    ["blocked eq false and number eq 'LAB-100'", ["LAB-100"]],
    ["lastModifiedDateTime ge 2026-01-05T08:00:00Z and number eq 'LAB-100'", ["LAB-100"]],
    ["lastModifiedDateTime gt 2026-01-05T08:00:00.000Z and number eq 'LAB-100'", []],
    ["lastModifiedDateTime lt 2026-01-05T09:00:00.001+01:00 and number eq 'LAB-100'", ["LAB-100"]],
    ["lastModifiedDateTime gt 2026-01-05 and number eq 'LAB-100'", ["LAB-100"]],
  ])("%s finds what it says", async (filter, expected) => {
    expect((await numbersOf(filter)).sort()).toEqual(expected);
  });

  it("takes a GUID without quotes", async () => {
    const [id] = recordsIn((await find("items", "number eq 'LAB-100'")).json).map((record) =>
      textIn(record, "id"),
    );
    expect(await numbersOf(`id eq ${String(id).toUpperCase()}`)).toEqual(["LAB-100"]);
  });

  it("doubles a quote inside text", async () => {
    const answer = await find("customers", "displayName eq 'O''Neill'");
    expect(recordsIn(answer.json)).toEqual([]);
  });

  it("offers 'in' from schema version 2.1 on", async () => {
    const filter = "number in ('LAB-100','TRV-300')";
    expect(await numbersOf(filter, "&$schemaversion=2.1")).toEqual(["LAB-100", "TRV-300"]);
    expect(refusalOf(await find("items", filter))).toMatchObject({ code: "BadRequest_MethodNotImplemented" });
  });

  it("finds a hundred keys at once", async () => {
    const filter = Array.from({ length: 100 }, (_, index) => `number eq 'LAB-${100 + index}'`).join(" or ");
    expect(await numbersOf(filter)).toEqual(["LAB-100", "LAB-110"]);
  });
});

describe("a filter is refused", () => {
  it("for OR across distinct fields, in the product's words", async () => {
    expect(refusalOf(await find("items", "number eq 'LAB-100' or displayName eq 'x'"))).toEqual({
      status: 400,
      code: "BadRequest_MethodNotImplemented",
      message: "The 'OR' operator is not supported on distinct fields on an OData filter.",
    });
  });

  it.each([
    ["nope eq 1", "Could not find a property named 'nope' on type 'Microsoft.NAV.item'."],
    ["Number eq 'X'", "Could not find a property named 'Number' on type 'Microsoft.NAV.item'."],
    [
      "number eq 5",
      "A binary operator with incompatible types was detected. Found operand types 'Edm.String' and 'Edm.Decimal' for operator kind 'Equal'.",
    ],
    [
      "id eq 'LAB-100'",
      "A binary operator with incompatible types was detected. Found operand types 'Edm.Guid' and 'Edm.String' for operator kind 'Equal'.",
    ],
    ["number eq 'a' and", "Syntax error at position 17 in 'number eq 'a' and'."],
    ["number eqq 'a'", "Syntax error at position 7 in 'number eqq 'a''."],
    ["lastModifiedDateTime gt 2026-02-30", "Unrecognized 'Edm.Date' literal '2026-02-30'."],
    ["number", "The $filter expression must evaluate to a single boolean value."],
    [
      "contains(unitPrice,'1')",
      "No function signature for the function with name 'contains' matches the specified arguments.",
    ],
  ])("as a bad request: %s", async (filter, message) => {
    expect(refusalOf(await find("items", filter))).toEqual({ status: 400, code: "BadRequest", message });
  });

  it.each([
    "unitPrice add 1 gt 5",
    "unitPrice eq 1 sub 2",
    "itemCategory/code eq 'X'",
    "itemVariants/any(v: v/code eq 'X')",
    "type has 'Service'",
    "inventory gt 5",
    "not (number eq 'a' and number eq 'b')",
  ])("as not offered: %s", async (filter) => {
    expect(refusalOf(await find("items", filter))).toMatchObject({
      status: 400,
      code: "BadRequest_MethodNotImplemented",
    });
  });

  it("for a function the product does not know", async () => {
    expect(refusalOf(await find("items", "matchesPattern(number,'x')")).message).toContain(
      "An unknown function with name 'matchesPattern' was found.",
    );
  });

  it("for literals that can never be stored in the field", async () => {
    expect(refusalOf(await find("items", "number eq '123456789012345678901'"))).toMatchObject({
      code: "Application_FilterErrorException",
      message: expect.stringContaining(
        "The length of the string is 21, but it must be less than or equal to 20",
      ),
    });
    expect(refusalOf(await find("salesInvoices", "status eq 'Posted'")).code).toBe(
      "Application_FilterErrorException",
    );
  });
});
