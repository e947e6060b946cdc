import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestServer, recordsOf, type TestServer } from "./test-client.ts";

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
});
afterEach(() => server.close());

const BASIC = `Basic ${Buffer.from("fieldbridge-demo:fieldbridge-demo-secret").toString("base64")}`;
async function token(form: Record<string, string>, headers: Record<string, string> = {}) {
  return server.call("POST", "//services/oauth2/token", new URLSearchParams(form).toString(), {
    "content-type": "application/x-www-form-urlencoded",
    ...headers,
  });
}
const CLIENT = { client_id: "fieldbridge-demo", client_secret: "fieldbridge-demo-secret" };
const PERSON = { username: "demo@fieldbridge.example", password: "fieldbridge-demo" };

describe("sign-in", () => {
  it("gives a token for client credentials in the form or as HTTP Basic, never a refresh token", async () => {
    for (const answer of [
      await token({ grant_type: "client_credentials", ...CLIENT }),
      await token({ grant_type: "client_credentials" }, { authorization: BASIC }),
    ]) {
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({
        access_token: expect.stringMatching(/^00D\w{12,15}![.\w]+$/),
        instance_url: server.url,
        id: expect.stringContaining(`${server.url}/id/00D`),
        token_type: "Bearer",
        issued_at: "1793692800000",
      });
      expect(answer.body).not.toHaveProperty("refresh_token");
      expect(answer.headers.get("cache-control")).toBe("no-store");
    }
  });

  it("refuses wrong clients, users, grants and refresh tokens with the platform's bodies", async () => {
    const cases: [Record<string, string>, string][] = [
      [
        { grant_type: "client_credentials", client_id: "fieldbridge-demo", client_secret: "x" },
        "invalid_client",
      ],
      [{ grant_type: "client_credentials", client_id: "x", client_secret: "x" }, "invalid_client_id"],
      [{ grant_type: "password", ...CLIENT, ...PERSON, password: "x" }, "invalid_grant"],
      [{ grant_type: "refresh_token", ...CLIENT, refresh_token: "x" }, "invalid_grant"],
      [{ grant_type: "magic", ...CLIENT }, "unsupported_grant_type"],
      [{ grant_type: "client_credentials" }, "invalid_request"],
    ];
    for (const [form, error] of cases) {
      const answer = await token(form);
      expect([answer.status, answer.body]).toEqual([400, { error, error_description: expect.any(String) }]);
    }
  });

  it("renews by refresh token after every access token has expired", async () => {
    const first = await token({ grant_type: "password", scope: "api refresh_token", ...CLIENT, ...PERSON });
    const { refresh_token: refresh, access_token: old } = first.body as Record<string, string>;
    await server.call("POST", "//_sandbox/expire-tokens");
    const expired = await server.call("GET", "/limits", undefined, { authorization: `Bearer ${old}` });
    expect([expired.status, expired.body]).toEqual([
      401,
      [{ message: "Session expired or invalid", errorCode: "INVALID_SESSION_ID" }],
    ]);
    const renewed = await token({ grant_type: "refresh_token", refresh_token: refresh ?? "", ...CLIENT });
    const { access_token: fresh } = renewed.body as Record<string, string>;
    expect((await server.call("GET", "/limits", undefined, { authorization: `OAuth ${fresh}` })).status).toBe(
      200,
    );
    await server.call("POST", `//services/oauth2/revoke?token=${fresh}`);
    expect(
      (await server.call("GET", "/limits", undefined, { authorization: `Bearer ${fresh}` })).status,
    ).toBe(401);
    expect((await server.call("GET", "/limits", undefined, { authorization: "" })).body).toMatchObject([
      { errorCode: "INVALID_AUTH_HEADER" },
    ]);
  });
});

describe("the organisation", () => {
  it("lists versions without sign-in, collapses double slashes and knows versions 31 to 68 only", async () => {
    const versions = await fetch(`${server.url}//services/data`);
    const list = (await versions.json()) as { version: string; label: string }[];
    expect([list[0]?.version, list.at(-1)?.version]).toEqual(["31.0", "68.0"]);
    expect(list.find((each) => each.version === "67.0")?.label).toBe("Summer '26");
    for (const [version, status] of [
      ["v31.0", 200],
      ["v68.0", 200],
      ["v69.0", 404],
      ["v30.0", 410],
    ])
      expect((await server.call("GET", `//services/data/${version}/limits`)).status).toBe(status);
    expect((await server.call("GET", "/nothing/here")).body).toMatchObject([{ errorCode: "NOT_FOUND" }]);
  });

  it("describes fields with everything a mapping needs", async () => {
    const { body } = await server.call("GET", "/sobjects/workorder/describe");
    const { fields, childRelationships } = body as {
      fields: Record<string, unknown>[];
      childRelationships: Record<string, unknown>[];
    };
    const field = (name: string) => fields.find((each) => each["name"] === name);
    expect(field("ERP_Id__c")).toMatchObject({
      type: "string",
      length: 80,
      externalId: true,
      unique: true,
      idLookup: true,
    });
    expect(field("AccountId")).toMatchObject({
      type: "reference",
      referenceTo: ["Account"],
      relationshipName: "Account",
    });
    expect(field("GrandTotal")).toMatchObject({
      type: "currency",
      precision: 18,
      scale: 2,
      updateable: false,
    });
    expect(field("WorkOrderNumber")).toMatchObject({ autoNumber: true, createable: false, idLookup: true });
    expect(field("ERP_Status__c")?.["picklistValues"]).toHaveLength(4);
    expect(field("ERP_Error__c")).toMatchObject({ type: "textarea", length: 2000, filterable: false });
    expect(childRelationships).toContainEqual(
      expect.objectContaining({
        relationshipName: "WorkOrderLineItems",
        field: "WorkOrderId",
        cascadeDelete: true,
      }),
    );
    const known =
      "id string textarea boolean int double currency percent date datetime reference picklist phone email url address";
    const all = (await server.call("GET", "/sobjects")).body as { sobjects: { name: string }[] };
    for (const { name } of all.sobjects) {
      const described = (await server.call("GET", `/sobjects/${name}/describe`)).body as {
        fields: { type: string }[];
      };
      for (const each of described.fields) expect(known.split(" ")).toContain(each.type);
    }
    const since = { "if-modified-since": "Mon, 02 Nov 2026 08:00:00 GMT" };
    expect((await server.call("GET", "/sobjects/WorkOrder/describe", undefined, since)).status).toBe(304);
  });

  it("counts calls, tells the usage in every answer and refuses calls over the daily limit", async () => {
    const answer = await server.call("GET", "/sobjects");
    expect(answer.headers.get("sforce-limit-info")).toBe("api-usage=1/5000000");
    const calls = await (await fetch(`${server.url}/_sandbox/calls`)).json();
    expect(calls).toMatchObject({
      total: 2,
      byRoute: { "POST /services/oauth2/token": 1, "GET /services/data/:version/sobjects": 1 },
    });
    await server.call("PUT", "//_sandbox/limits", { max: 10, used: 9 });
    expect((await server.call("GET", "/sobjects")).headers.get("sforce-limit-info")).toBe("api-usage=10/10");
    const over = await server.call("GET", "/sobjects");
    expect([over.status, over.body]).toMatchObject([403, [{ errorCode: "REQUEST_LIMIT_EXCEEDED" }]]);
  });

  it("tells which records changed or were deleted in whole minutes", async () => {
    const made = await server.call("POST", "/sobjects/Account", { Name: "Changed" });
    const { id } = made.body as { id: string };
    const window = (start: string, end: string) =>
      `start=${encodeURIComponent(start)}&end=${encodeURIComponent(end)}`;
    const wide = window("2026-11-03T07:58:40+00:00", "2026-11-03T08:01:00+00:00");
    expect((await server.call("GET", `/sobjects/Account/updated/?${wide}`)).body).toEqual({
      ids: [id],
      latestDateCovered: "2026-11-03T08:00:00.000+0000",
    });
    const narrow = window("2026-11-03T07:58:00Z", "2026-11-03T08:00:59Z");
    expect((await server.call("GET", `/sobjects/Account/updated?${narrow}`)).body).toMatchObject({ ids: [] });
    await server.call("DELETE", `/sobjects/Account/${id}`);
    expect((await server.call("GET", `/sobjects/Account/deleted?${wide}`)).body).toMatchObject({
      deletedRecords: [{ id, deletedDate: "2026-11-03T08:00:00.000+0000" }],
    });
    const wrong = window("2026-11-03T08:00:10Z", "2026-11-03T08:00:50Z");
    expect((await server.call("GET", `/sobjects/Account/updated?${wrong}`)).body).toMatchObject([
      { errorCode: "INVALID_REPLICATION_DATE" },
    ]);
  });
});

describe("faults over the wire", () => {
  const ids = async (name: string) =>
    recordsOf(await server.query(`SELECT Id FROM Account WHERE Name = '${name}'`));

  it("lose the answer after the work is stored, or cut before any work", async () => {
    await server.setFaults([
      { match: { method: "POST" }, times: 1, effect: { type: "dropAnswerAfterCommit" } },
    ]);
    await expect(server.call("POST", "/sobjects/Account", { Name: "Stored" })).rejects.toThrow(
      "fetch failed",
    );
    expect(await ids("Stored")).toHaveLength(1);
    await server.setFaults([{ match: { method: "POST" }, times: 1, effect: { type: "cutBeforeWork" } }]);
    await expect(server.call("POST", "/sobjects/Account", { Name: "Not stored" })).rejects.toThrow(
      "fetch failed",
    );
    expect(await ids("Not stored")).toHaveLength(0);
  });

  it("answer with a status, its code and Retry-After, without doing the work", async () => {
    const match = { path: "/services/data" };
    await server.setFaults([
      { match, times: 1, effect: { type: "status", status: 429, retryAfterSeconds: 7 } },
      { match, times: 1, after: 1, effect: { type: "status", status: 403 } },
      { match, times: 1, after: 2, effect: { type: "status", status: 503 } },
    ]);
    const answers = [];
    for (let turn = 0; turn < 3; turn += 1)
      answers.push(await server.call("POST", "/sobjects/Account", { Name: "F" }));
    expect(answers.map((answer) => answer.status)).toEqual([429, 403, 503]);
    expect(answers[0]?.headers.get("retry-after")).toBe("7");
    expect(answers[1]?.body).toEqual([
      { message: "TotalRequests Limit exceeded.", errorCode: "REQUEST_LIMIT_EXCEEDED" },
    ]);
    expect(await ids("F")).toHaveLength(0);
  });

  it("shuffle or shorten the answers of a collection that was written whole", async () => {
    const records = Array.from({ length: 12 }, (_none, index) => ({
      attributes: { type: "Account" },
      Name: "Mixed",
      ...(index === 0 ? { Phone: "x".repeat(41) } : {}),
    }));
    await server.setFaults([{ match: {}, effect: { type: "shuffledAnswers" } }]);
    const shuffled = (await server.call("POST", "/composite/sobjects", { records })).body as {
      success: boolean;
    }[];
    expect([shuffled.length, shuffled[0]?.success]).toEqual([12, true]);
    await server.setFaults([{ match: {}, effect: { type: "shortAnswers", missing: 5 } }]);
    expect((await server.call("POST", "/composite/sobjects", { records })).body).toHaveLength(7);
    expect(await ids("Mixed")).toHaveLength(22);
  });

  it("lock rows, and the order of a line with it", async () => {
    const [line] = recordsOf(await server.query("SELECT Id, WorkOrderId FROM WorkOrderLineItem LIMIT 1"));
    await server.setFaults([{ match: {}, effect: { type: "lockedRows", keys: [line?.["WorkOrderId"]] } }]);
    const path = `/sobjects/WorkOrderLineItem/${String(line?.["Id"])}`;
    expect((await server.call("PATCH", path, { Quantity: 2 })).body).toMatchObject([
      { errorCode: "UNABLE_TO_LOCK_ROW" },
    ]);
  });

  it("stamp now and publish later, holding latestDateCovered back and the row locked until then", async () => {
    const [row] = recordsOf(await server.query("SELECT Id FROM Account LIMIT 1"));
    const path = `/sobjects/Account/${String(row?.["Id"])}`;
    const phone = async () => (await server.call("GET", `${path}?fields=Phone,SystemModstamp`)).body;
    await server.setFaults([
      { match: { method: "PATCH" }, times: 1, effect: { type: "lateCommit", seconds: 240 } },
    ]);
    const slow = server.call("PATCH", path, { Phone: "late" });
    const covered = async () => {
      const query = "start=2026-11-03T07:58:00Z&end=2026-11-03T09:00:00Z";
      return (
        (await server.call("GET", `/sobjects/Account/updated?${query}`)).body as Record<string, string>
      )["latestDateCovered"];
    };
    const struck = async () =>
      ((await server.call("GET", "//_sandbox/faults")).body as { struck: number }[])[0]?.struck;
    await expect.poll(struck).toBe(1);
    const otherWrite = async () => (await server.call("PATCH", path, { Fax: "1" })).body;
    await expect.poll(otherWrite).toMatchObject([{ errorCode: "UNABLE_TO_LOCK_ROW" }]);
    server.clock.setOffset(60_000);
    expect(await covered()).toBe("2026-11-03T08:00:00.000+0000");
    expect(await phone()).not.toMatchObject({ Phone: "late" });
    server.clock.setOffset(240_000);
    expect((await slow).status).toBe(204);
    expect(await phone()).toMatchObject({ Phone: "late", SystemModstamp: "2026-11-03T08:00:00.000+0000" });
    expect(await covered()).toBe("2026-11-03T08:04:00.000+0000");
  });

  it("give every change the same second", async () => {
    const at = "2026-11-01T12:00:00Z";
    await server.setFaults([{ match: {}, effect: { type: "sameSecondStamps", at } }]);
    for (const Name of ["S1", "S2"]) {
      server.clock.setOffset(server.clock.offsetMs() + 5000);
      await server.call("POST", "/sobjects/Account", { Name });
    }
    const same = await server.query("SELECT Name FROM Account WHERE SystemModstamp = 2026-11-01T12:00:00Z");
    expect(recordsOf(same)).toMatchObject([{ Name: "S1" }, { Name: "S2" }]);
  });

  it("are refused when they make no sense, and only the sandbox's own page may set them from a browser", async () => {
    await expect(
      server.setFaults([{ match: { path: "^(" }, effect: { type: "cutBeforeWork" } }]),
    ).rejects.toThrow("Not a pattern");
    const foreign = await fetch(`${server.url}/_sandbox/reset`, {
      method: "POST",
      headers: { "sec-fetch-site": "cross-site" },
    });
    expect(foreign.status).toBe(403);
  });

  it("are gone after a reset, and so is everything written", async () => {
    await server.call("POST", "/sobjects/Account", { Name: "Gone" });
    await server.setFaults([{ match: { path: "/services" }, effect: { type: "status", status: 503 } }]);
    expect((await server.call("POST", "//_sandbox/reset")).status).toBe(204);
    expect(await ids("Gone")).toHaveLength(0);
    const created = await server.call("POST", "/sobjects/Account", { Name: "First again" });
    expect(created.body).toMatchObject({ id: "001Fb000000000fIAA" });
  });
});
