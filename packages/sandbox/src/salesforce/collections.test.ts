import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestServer, recordsOf, type TestServer } from "./test-client.ts";

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.close());

const account = (values: object): object => ({ attributes: { type: "Account" }, ...values });
type Item = {
  id?: string;
  success: boolean;
  created?: boolean;
  errors: { statusCode: string; fields: string[] }[];
};

async function send(method: string, path: string, records: object[], allOrNone = false): Promise<Item[]> {
  const answer = await server.call(method, path, { allOrNone, records });
  expect(answer.status).toBe(200);
  return answer.body as Item[];
}
const codes = (items: Item[]) => items.map((item) => item.errors[0]?.statusCode ?? "ok");
async function exists(name: string): Promise<boolean> {
  return recordsOf(await server.query(`SELECT Id FROM Account WHERE Name = '${name}'`)).length === 1;
}

describe("sObject collections", () => {
  it("answer each record in the order of the request, status 200 whatever failed", async () => {
    const items = await send("POST", "/composite/sobjects", [
      account({ Name: "Good" }),
      account({ Phone: "no name" }),
      { attributes: { type: "Nope" } },
      { attributes: { type: "Contact" }, LastName: "Holm", Account: { ERP_Id__c: "none" } },
    ]);
    expect(codes(items)).toEqual(["ok", "REQUIRED_FIELD_MISSING", "INVALID_TYPE", "INVALID_FIELD"]);
    expect(items[1]?.errors[0]?.fields).toEqual(["Name"]);
    expect(items[1]).not.toHaveProperty("id");
    expect(await exists("Good")).toBe(true);
  });

  it("take everything back with allOrNone", async () => {
    const items = await send("POST", "/composite/sobjects", [account({ Name: "Undone" }), account({})], true);
    expect(codes(items)).toEqual(["ALL_OR_NONE_OPERATION_ROLLED_BACK", "REQUIRED_FIELD_MISSING"]);
    expect(await exists("Undone")).toBe(false);
  });

  it("upsert by external id: created, updated, twice the same key, no key", async () => {
    const path = "/composite/sobjects/Account/ERP_Id__c";
    const [first] = await send("PATCH", path, [account({ ERP_Id__c: "U-1", Name: "One" })]);
    expect(first).toMatchObject({ success: true, created: true });
    const items = await send("PATCH", path, [
      account({ ERP_Id__c: "u-1", Phone: "2" }),
      account({ ERP_Id__c: "U-2", Name: "Two" }),
      account({ ERP_Id__c: "U-3", Name: "Three" }),
      account({ ERP_Id__c: "u-3", Name: "Three again" }),
      account({ Name: "Keyless" }),
    ]);
    expect(codes(items)).toEqual(["ok", "ok", "DUPLICATE_VALUE", "DUPLICATE_VALUE", "MISSING_ARGUMENT"]);
    expect(items.slice(0, 2).map((item) => [item.id === first?.id, item.created])).toEqual([
      [true, false],
      [false, true],
    ]);
    const unknown = await server.call("PATCH", "/composite/sobjects/Account/Phone", { records: [] });
    expect(unknown.status).toBe(404);
  });

  it("update by id and see what earlier records of the same call wrote", async () => {
    const [a, b] = await send("POST", "/composite/sobjects", [
      account({ Name: "A" }),
      account({ Name: "B" }),
    ]);
    const items = await send("PATCH", "/composite/sobjects", [
      account({ id: a?.id, ERP_Id__c: "same" }),
      account({ id: b?.id, ERP_Id__c: "SAME" }),
      account({ id: "001Fb0zzzzzzzzz" }),
      account({ id: "123" }),
      account({ Name: "no id" }),
    ]);
    expect(codes(items)).toEqual([
      "ok",
      "DUPLICATE_VALUE",
      "INVALID_CROSS_REFERENCE_KEY",
      "MALFORMED_ID",
      "MISSING_ARGUMENT",
    ]);
  });

  it("delete and retrieve by id", async () => {
    const items = await send("POST", "/composite/sobjects", [
      account({ Name: "D1" }),
      account({ Name: "D2" }),
    ]);
    const ids = items.map((item) => item.id).join(",");
    const gone = await server.call(
      "DELETE",
      `/composite/sobjects?ids=${ids},001Fb0zzzzzzzzz&allOrNone=false`,
    );
    expect(codes(gone.body as Item[])).toEqual(["ok", "ok", "INVALID_CROSS_REFERENCE_KEY"]);
    const read = await server.call("POST", "/composite/sobjects/Account", {
      ids: ["001Fb0000000001", items[0]?.id],
      fields: ["Id", "Name"],
    });
    expect(read.body).toMatchObject([{ Id: "001Fb0000000001IAA", Name: expect.any(String) }, null]);
  });

  it("take at most 200 records", async () => {
    const records = Array.from({ length: 201 }, (_none, index) => account({ Name: `N${index}` }));
    const answer = await server.call("POST", "/composite/sobjects", { records });
    expect([answer.status, answer.body]).toMatchObject([400, [{ errorCode: "EXCEEDED_ID_LIMIT" }]]);
    expect(
      (await send("POST", "/composite/sobjects", records.slice(0, 200))).every((item) => item.success),
    ).toBe(true);
  });
});

describe("composite calls", () => {
  const sub = (referenceId: string, method: string, url: string, body?: object) => ({
    referenceId,
    method,
    url: `/services/data/v66.0${url}`,
    ...(body ? { body } : {}),
  });
  type Composite = { compositeResponse: { httpStatusCode: number; referenceId: string; body: unknown }[] };

  it("pass results on by reference and keep parts that succeeded unless all-or-none is asked", async () => {
    const answer = await server.call("POST", "/composite", {
      compositeRequest: [
        sub("acc", "POST", "/sobjects/Account", { Name: "Head" }),
        sub("con", "POST", "/sobjects/Contact", { LastName: "Part", AccountId: "@{acc.id}" }),
        sub("bad", "POST", "/sobjects/Contact", {}),
        sub("lost", "GET", "/sobjects/Contact/@{bad.id}"),
        sub("q", "GET", "/query?q=SELECT+Name+FROM+Contact+WHERE+AccountId='@{acc.id}'"),
      ],
    });
    const parts = (answer.body as Composite).compositeResponse;
    expect(parts.map((part) => part.httpStatusCode)).toEqual([201, 201, 400, 400, 200]);
    expect(parts[3]?.body).toMatchObject([{ errorCode: "PROCESSING_HALTED" }]);
    expect(parts[4]?.body).toMatchObject({ records: [{ Name: "Part" }] });
    expect(await exists("Head")).toBe(true);
  });

  it("write nothing when one part of an all-or-none call or graph fails", async () => {
    const compositeRequest = [
      sub("a", "POST", "/sobjects/Account", { Name: "Never" }),
      sub("b", "POST", "/sobjects/Contact", {}),
      sub("c", "POST", "/sobjects/Account", { Name: "Never either" }),
    ];
    const all = await server.call("POST", "/composite", { allOrNone: true, compositeRequest });
    expect((all.body as Composite).compositeResponse.map((part) => part.httpStatusCode)).toEqual([
      400, 400, 400,
    ]);
    const good = [sub("a", "POST", "/sobjects/Account", { Name: "Graph" })];
    const graphs = await server.call("POST", "/composite/graph", {
      graphs: [
        { graphId: "1", compositeRequest },
        { graphId: "2", compositeRequest: good },
      ],
    });
    expect(graphs.body).toMatchObject({ graphs: [{ isSuccessful: false }, { isSuccessful: true }] });
    expect([await exists("Never"), await exists("Never either"), await exists("Graph")]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it("run a batch of independent calls and stop it at the first error when told", async () => {
    const batchRequests = [
      { method: "GET", url: "v66.0/limits" },
      { method: "GET", url: "v66.0/sobjects/Nope" },
      { method: "GET", url: "v66.0/sobjects" },
    ];
    const run = async (haltOnError: boolean) => {
      const { body } = await server.call("POST", "/composite/batch", { haltOnError, batchRequests });
      return (body as { results: { statusCode: number }[] }).results.map((result) => result.statusCode);
    };
    expect(await run(false)).toEqual([200, 404, 200]);
    expect(await run(true)).toEqual([200, 404, 412]);
  });
});
