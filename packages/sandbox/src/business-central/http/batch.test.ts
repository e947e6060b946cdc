import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { onlyRecordIn, recordsIn, refusalOf, startForTest, textIn } from "../test-client.ts";
import type { JsonRecord, TestAnswer, TestServer } from "../test-client.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startForTest();
});
afterAll(() => server.sandbox.close());

function batch(requests: readonly JsonRecord[], headers: Record<string, string> = {}): Promise<TestAnswer> {
  return server.call("POST", `${server.root}/$batch`, { absolute: true, body: { requests }, headers });
}

function newInvoice(id: string, externalDocumentNumber: string, more: JsonRecord = {}): JsonRecord {
  return {
    id,
    method: "POST",
    url: "companies(CRONUS)/salesInvoices",
    headers: { "Content-Type": "application/json" },
    body: {
      customerNumber: "C-10020",
      externalDocumentNumber,
      salesInvoiceLines: [{ lineType: "Item", lineObjectNumber: "LAB-100", quantity: 1 }],
    },
    ...more,
  };
}

const bad = (id: string) => newInvoice(id, "BAD", { body: { customerNumber: "NOBODY" } });
const statuses = (answer: TestAnswer) =>
  recordsIn(answer.json, "responses").map(({ id, status }) => [id, status]);

async function countOf(externalDocumentNumber: string): Promise<string> {
  const filter = `externalDocumentNumber eq '${externalDocumentNumber}'`;
  return (await server.call("GET", `salesInvoices/$count?$filter=${filter}`)).text;
}

describe("a batch", () => {
  it("answers every request in order, with its status, headers and body", async () => {
    const answer = await batch([
      newInvoice("a", "B-1"),
      { id: "b", method: "GET", url: "companies(CRONUS)/items?$top=1&$select=number" },
    ]);
    expect(answer.status).toBe(200);
    const [created, read] = recordsIn(answer.json, "responses");
    expect(created).toMatchObject({
      id: "a",
      status: 201,
      headers: {
        "content-type": "application/json; odata.metadata=minimal; odata.streaming=true",
        "odata-version": "4.0",
      },
      body: { externalDocumentNumber: "B-1" },
    });
    expect(read).toMatchObject({ id: "b", status: 200, body: { value: [{ number: "CON-100" }] } });
    expect(textIn(created?.["headers"] as JsonRecord, "location")).toContain("/salesInvoices(");
  });

  it("stops at the first failure unless told to go on", async () => {
    expect(statuses(await batch([newInvoice("1", "B-2"), bad("2"), newInvoice("3", "B-3")]))).toEqual([
      ["1", 201],
      ["2", 400],
    ]);
    expect([await countOf("B-2"), await countOf("B-3")]).toEqual(["1", "0"]);
    const goOn = { prefer: "odata.continue-on-error" };
    expect(statuses(await batch([newInvoice("1", "B-4"), bad("2"), newInvoice("3", "B-5")], goOn))).toEqual([
      ["1", 201],
      ["2", 400],
      ["3", 201],
    ]);
    expect(await countOf("B-5")).toBe("1");
  });

  it("keeps nothing of a failed snapshot, although the first answer looks well", async () => {
    const answer = await batch([newInvoice("1", "B-6"), bad("2")], { isolation: "snapshot" });
    expect(statuses(answer)).toEqual([
      ["1", 201],
      ["2", 400],
    ]);
    expect(await countOf("B-6")).toBe("0");
    await batch([newInvoice("1", "B-7"), newInvoice("2", "B-7")], { isolation: "snapshot" });
    expect(await countOf("B-7")).toBe("2");
  });

  it("reads its own writes inside a snapshot, each record once", async () => {
    const items = await server.call("GET", "items?$filter=number eq 'SP-1010'");
    const change = {
      id: "1",
      method: "PATCH",
      url: `companies(CRONUS)/items(${textIn(onlyRecordIn(items.json), "id")})`,
      headers: { "If-Match": "*" },
      body: { displayName: "Renamed" },
    };
    const read = {
      id: "2",
      method: "GET",
      url: "companies(CRONUS)/items?$filter=startswith(number,'SP-1010')",
    };
    const answer = await batch([change, read], { isolation: "snapshot" });
    expect(recordsIn(answer.json, "responses")[1]).toMatchObject({
      body: { value: [{ number: "SP-1010", displayName: "Renamed" }] },
    });
  });

  it("skips what depends on a failure and follows $id to what was created", async () => {
    const goOn = { prefer: "odata.continue-on-error" };
    const dependent = await batch([bad("1"), newInvoice("2", "B-8", { dependsOn: ["1"] })], goOn);
    expect(statuses(dependent)).toEqual([
      ["1", 400],
      ["2", 424],
    ]);
    const chained = await batch([
      newInvoice("1", "B-9"),
      { id: "2", method: "POST", url: "$1/Microsoft.NAV.post", dependsOn: ["1"] },
      { id: "3", method: "GET", url: "$1?$select=status", dependsOn: ["2"] },
    ]);
    expect(statuses(chained).map(([, status]) => status)).toEqual([201, 204, 200]);
    expect(recordsIn(chained.json, "responses")[2]).toMatchObject({ body: { status: "Open" } });
  });

  it("obeys If-Match and Company of each request", async () => {
    const [item] = recordsIn((await server.call("GET", "items?$top=1")).json);
    const url = `items(${textIn(item ?? {}, "id")})`;
    const patch = (id: string, etag: unknown) => ({
      id,
      method: "PATCH",
      url,
      headers: { Company: "CRONUS", "If-Match": etag },
      body: { unitPrice: 12.5 },
    });
    const answer = await batch([patch("1", item?.["@odata.etag"]), patch("2", item?.["@odata.etag"])]);
    expect(statuses(answer)).toEqual([
      ["1", 200],
      ["2", 409],
    ]);
  });

  it("reads addresses from the server's root and absolute ones", async () => {
    const path = new URL(server.root).pathname;
    const answer = await batch([
      { id: "1", method: "GET", url: `${path}/companies` },
      { id: "2", method: "GET", url: `${server.root}/companies` },
      { id: "3", method: "GET", url: "/companies" },
    ]);
    expect(statuses(answer).map(([, status]) => status)).toEqual([200, 200, 200]);
  });

  it("keeps every digit of every request", async () => {
    const body = `{"requests":[{"id":"1","method":"POST","url":"companies(CRONUS)/items","body":{"number":"DIGITS","unitPrice":1234567890123.123456789012}}]}`;
    const answer = await server.call("POST", `${server.root}/$batch`, { absolute: true, body });
    expect(answer.text).toContain('"unitPrice":1234567890123.123456789012');
  });

  it("takes a hundred requests and not one more", async () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ id: String(index), method: "GET", url: "companies" }));
    expect(statuses(await batch(many(100)))).toHaveLength(100);
    expect(refusalOf(await batch(many(101)))).toMatchObject({ status: 400, code: "BadRequest" });
  });

  it("does not run a batch inside a batch", async () => {
    expect(
      statuses(await batch([{ id: "1", method: "POST", url: "$batch", body: { requests: [] } }])),
    ).toEqual([["1", 400]]);
  });

  it.each([
    ["without a list", {}],
    ["with a request that lacks its id", { requests: [{ method: "GET", url: "companies" }] }],
    [
      "with one id twice",
      {
        requests: [
          { id: "1", method: "GET", url: "companies" },
          { id: "1", method: "GET", url: "companies" },
        ],
      },
    ],
    [
      "with atomicity groups",
      { requests: [{ id: "1", method: "GET", url: "companies", atomicityGroup: "g" }] },
    ],
  ])("is refused %s", async (_what, body) => {
    const answer = await server.call("POST", `${server.root}/$batch`, { absolute: true, body });
    expect(refusalOf(answer).status).toBe(400);
  });
});
