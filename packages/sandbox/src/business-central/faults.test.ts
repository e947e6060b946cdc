import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createClock } from "../core/clock.ts";
import { recordsIn, refusalOf, startForTest, textIn } from "./test-client.ts";
import type { JsonRecord, TestAnswer, TestServer } from "./test-client.ts";

const clock = createClock();
let server: TestServer;
beforeAll(async () => {
  server = await startForTest({ clock });
});
afterEach(() => server.setFaults([]));
afterAll(() => server.sandbox.close());

const createCustomer = (number: string): Promise<TestAnswer> =>
  server.call("POST", "customers", { body: { number, displayName: number } });

async function exists(number: string): Promise<boolean> {
  return recordsIn((await server.call("GET", `customers?$filter=number eq '${number}'`)).json).length === 1;
}

const readCustomer = (id: string): JsonRecord => ({
  id,
  method: "GET",
  url: "companies(CRONUS)/customers?$top=1",
});
const batch = (requests: readonly JsonRecord[]) =>
  server.call("POST", `${server.root}/$batch`, { absolute: true, body: { requests } });
const idsOf = (answer: TestAnswer) => recordsIn(answer.json, "responses").map(({ id }) => id);

describe("a fault", () => {
  it("drops the answer after the record is stored", async () => {
    await server.setFaults([
      { match: { method: "POST" }, times: 1, effect: { type: "dropAnswerAfterCommit" } },
    ]);
    await expect(createCustomer("LOST")).rejects.toThrow("fetch failed");
    expect(await exists("LOST")).toBe(true);
  });

  it("cuts the connection before anything is stored", async () => {
    await server.setFaults([{ match: { method: "POST" }, times: 1, effect: { type: "cutBeforeWork" } }]);
    await expect(createCustomer("NEVER")).rejects.toThrow("fetch failed");
    expect(await exists("NEVER")).toBe(false);
  });

  it("answers a storm of 429 in the product's words, then works again", async () => {
    await server.setFaults([
      { match: { path: "/v2.0/" }, times: 2, effect: { type: "status", status: 429, retryAfterSeconds: 3 } },
    ]);
    const answer = await server.call("GET", "items");
    expect(answer.headers.get("retry-after")).toBe("3");
    expect(refusalOf(answer)).toMatchObject({ status: 429, code: "Application_TooManyRequests" });
    expect((await server.call("GET", "items")).status).toBe(429);
    expect((await server.call("GET", "items")).status).toBe(200);
  });

  it("shuffles or shortens the answers of a batch", async () => {
    const requests = ["1", "2", "3", "4", "5"].map(readCustomer);
    await server.setFaults([{ match: {}, effect: { type: "shuffledAnswers" } }]);
    const shuffled = idsOf(await batch(requests));
    expect(shuffled).not.toEqual(["1", "2", "3", "4", "5"]);
    expect(new Set(shuffled)).toEqual(new Set(["1", "2", "3", "4", "5"]));
    await server.setFaults([{ match: {}, effect: { type: "shortAnswers", missing: 2 } }]);
    expect(idsOf(await batch(requests))).toEqual(["1", "2", "3"]);
  });

  it("locks rows by their number", async () => {
    await server.setFaults([{ match: {}, effect: { type: "lockedRows", keys: ["LOCKED"] } }]);
    expect(refusalOf(await createCustomer("LOCKED"))).toMatchObject({
      status: 503,
      message: expect.stringContaining("was locked by another user"),
    });
    expect((await createCustomer("FREE")).status).toBe(201);
  });

  it("stamps many records with the same instant", async () => {
    const at = "2026-05-05T05:05:05Z";
    await server.setFaults([{ match: {}, effect: { type: "sameSecondStamps", at } }]);
    const stamps = [await createCustomer("S1"), await createCustomer("S2")].map((answer) =>
      textIn(answer.json, "lastModifiedDateTime"),
    );
    expect(new Set(stamps)).toEqual(new Set([at]));
  });

  it("commits late: stamped early, visible only when the time has come", async () => {
    await server.setFaults([
      { match: { method: "POST" }, times: 1, effect: { type: "lateCommit", seconds: 600 } },
    ]);
    const pending = createCustomer("LATE");
    await expect.poll(() => calls()).toBeGreaterThan(0);
    expect(await exists("LATE")).toBe(false);
    clock.setOffset(601_000);
    const answer = await pending;
    clock.setOffset(0);
    expect(answer.status).toBe(201);
    expect(await exists("LATE")).toBe(true);
    expect(Date.parse(textIn(answer.json, "lastModifiedDateTime"))).toBeLessThan(Date.now() + 1000);
  });
});

/** How often the rule in force has struck. */
async function calls(): Promise<number> {
  const rules: unknown = await (await fetch(`${server.sandbox.url}/_sandbox/faults`)).json();
  const [first] = recordsIn({ value: rules });
  return Number(first?.["struck"]);
}

it("calls are counted by what they address", async () => {
  await fetch(`${server.sandbox.url}/_sandbox/calls`, { method: "DELETE" });
  await server.call("GET", "items?$top=1");
  await server.call("GET", "salesInvoices(11111111-1111-1111-1111-111111111111)/salesInvoiceLines");
  expect(await (await fetch(`${server.sandbox.url}/_sandbox/calls`)).json()).toEqual({
    total: 2,
    byRoute: { "GET companies()/items": 1, "GET companies()/salesInvoices()/salesInvoiceLines": 1 },
  });
});

describe("the state", () => {
  it("survives a restart, numbers and etags included, and one command brings the seed back", async () => {
    const folder = await mkdtemp(join(tmpdir(), "business-central-"));
    const dataFile = join(folder, "data.jsonl");
    const first = await startForTest({ dataFile });
    const created = await first.call("POST", "salesInvoices?$expand=salesInvoiceLines", {
      body: `{"customerNumber":"C-10020","salesInvoiceLines":[{"lineType":"Item","lineObjectNumber":"LAB-100","quantity":1.50,"unitPrice":0.123456789012345}]}`,
    });
    await first.sandbox.close();

    const second = await startForTest({ dataFile });
    const id = textIn(created.json, "id");
    const read = await second.call("GET", `salesInvoices(${id})?$expand=salesInvoiceLines`);
    expect(read.text.replaceAll(second.root, "")).toBe(created.text.replaceAll(first.root, ""));
    expect(read.text).toContain('"unitPrice":0.123456789012345,');
    const next = await second.call("POST", "salesInvoices", { body: { customerNumber: "C-10020" } });
    expect(next.json["number"]).toBe("SI-100002");

    await fetch(`${second.sandbox.url}/_sandbox/reset`, { method: "POST" });
    const count = await second.call("GET", "salesInvoices/$count");
    expect(count.text).toBe("0");
    await second.sandbox.close();
    await rm(folder, { recursive: true });
  });
});
