import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createClock } from "../../core/clock.ts";
import { CRONUS, CRONUS_NORDIC } from "../identity.ts";
import { onlyRecordIn, recordsIn, refusalOf, startForTest, textIn } from "../test-client.ts";
import type { JsonRecord, TestAnswer, TestServer } from "../test-client.ts";

const clock = createClock();
let server: TestServer;
let url: string;
/** What the receiver has been told, and how it behaves. */
let told: JsonRecord[] = [];
let calls = 0;
let answerWith = 200;
let repeatsToken = true;

const receiver = createServer((request, response) => {
  const token = new URL(request.url ?? "/", "http://receiver").searchParams.get("validationToken");
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    if (token !== null) return response.writeHead(200).end(repeatsToken ? token : "something else");
    calls += 1;
    told.push(...recordsIn(JSON.parse(Buffer.concat(chunks).toString("utf8"))));
    return response.writeHead(answerWith).end();
  });
});

beforeAll(async () => {
  server = await startForTest({ clock, notificationDelayMs: 150 });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
beforeEach(() => {
  told = [];
  calls = 0;
  answerWith = 200;
  repeatsToken = true;
});
afterAll(async () => {
  await server.sandbox.close();
  receiver.close();
});

function subscribe(set: string, change: JsonRecord = {}): Promise<TestAnswer> {
  return server.call("POST", `${server.root}/subscriptions`, {
    absolute: true,
    body: {
      notificationUrl: url,
      resource: `/api/v2.0/companies(${CRONUS.id})/${set}`,
      clientState: "shared secret",
      ...change,
    },
  });
}

const at = (subscription: JsonRecord): string =>
  `${server.root}/subscriptions('${textIn(subscription, "subscriptionId")}')`;
const remove = (subscription: JsonRecord) => server.call("DELETE", at(subscription), { absolute: true });
const newCustomer = (displayName: string) => server.call("POST", "customers", { body: { displayName } });

describe("a subscription", () => {
  it("is made after the handshake and lasts three days", async () => {
    const answer = await subscribe("customers");
    expect(answer.status).toBe(201);
    const days = (Date.parse(textIn(answer.json, "expirationDateTime")) - clock.now()) / 86_400_000;
    expect(days).toBeCloseTo(3, 2);
    expect(answer.json["clientState"]).toBe("shared secret");
    await remove(answer.json);
  });

  it("is refused when the receiver does not repeat the token", async () => {
    repeatsToken = false;
    expect(refusalOf(await subscribe("customers")).status).toBe(400);
  });

  it("is refused for sets that have no webhooks and for foreign companies", async () => {
    expect(refusalOf(await subscribe("contacts")).status).toBe(400);
    expect(refusalOf(await subscribe("", { resource: "/api/v2.0/companies(other)/customers" })).status).toBe(
      400,
    );
  });

  it("is renewed with its etag", async () => {
    const { json } = await subscribe("customers");
    clock.setOffset(600_000);
    const renew = (headers: Record<string, string>) =>
      server.call("PATCH", at(json), { absolute: true, body: {}, headers });
    expect((await renew({})).status).toBe(400);
    const renewed = await renew({ "if-match": textIn(json, "@odata.etag") });
    expect(textIn(renewed.json, "expirationDateTime") > textIn(json, "expirationDateTime")).toBe(true);
    clock.setOffset(0);
    await remove(json);
    const left = await server.call("GET", `${server.root}/subscriptions`, { absolute: true });
    expect(recordsIn(left.json)).toEqual([]);
  });
});

describe("a notification", () => {
  it("tells in one call what was created, changed and deleted meanwhile", async () => {
    const { json } = await subscribe("customers");
    const seeded = onlyRecordIn((await server.call("GET", "customers?$filter=number eq 'C-10060'")).json);
    const created = await newCustomer("Told");
    const id = textIn(seeded, "id");
    await server.call("PATCH", `customers(${id})`, { body: { city: "X" }, headers: { "if-match": "*" } });
    await expect.poll(() => told.length).toBe(2);
    expect(calls).toBe(1);
    const base = `api/v2.0/companies(${CRONUS.id})/customers`;
    expect(told).toMatchObject([
      {
        resource: `${base}(${textIn(created.json, "id")})`,
        changeType: "created",
        clientState: "shared secret",
      },
      { resource: `${base}(${id})`, changeType: "updated", subscriptionId: json["subscriptionId"] },
    ]);
    await server.call("DELETE", `customers(${textIn(created.json, "id")})`);
    await expect.poll(() => told.length).toBe(3);
    expect(told[2]).toMatchObject({ changeType: "deleted" });
    await remove(json);
  });

  it("is told only to those who listen to the company", async () => {
    const here = await subscribe("customers");
    const there = await subscribe("", {
      resource: `/api/v2.0/companies(${CRONUS_NORDIC.id})/customers`,
      clientState: "Nordic",
    });
    const nordic = `${server.root}/companies(${CRONUS_NORDIC.id})/customers`;
    const created = await server.call("POST", nordic, { absolute: true, body: { displayName: "Aava Oy" } });
    await newCustomer("Told");
    await expect.poll(() => told.length).toBe(2);
    expect(told.find((each) => each["clientState"] === "Nordic")).toMatchObject({
      resource: `api/v2.0/companies(${CRONUS_NORDIC.id})/customers(${textIn(created.json, "id")})`,
    });
    for (const { json } of [here, there]) await remove(json);
  });

  it("about a line names its header", async () => {
    const invoice = await server.call("POST", "salesInvoices", { body: { customerNumber: "C-10020" } });
    const { json } = await subscribe("salesInvoices");
    const id = textIn(invoice.json, "id");
    await server.call("POST", `salesInvoices(${id})/salesInvoiceLines`, { body: { description: "x" } });
    await expect.poll(() => told.length).toBe(1);
    expect(textIn(told[0] ?? {}, "resource")).toMatch(new RegExp(`/salesInvoices\\(${id}\\)$`));
    await remove(json);
  });

  it("that is refused ends the subscription", async () => {
    await subscribe("customers");
    answerWith = 410;
    await newCustomer("Refused");
    const left = () => server.call("GET", `${server.root}/subscriptions`, { absolute: true });
    await expect.poll(async () => recordsIn((await left()).json).length).toBe(0);
  });
});
