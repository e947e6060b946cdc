/** The server's manners: who may call, what errors look like, what the contract promises. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { problem, routes } from "@fieldbridge/model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestProduct, type TestProduct } from "../testing/test-product.ts";

let product: TestProduct;
let webFolder: string;

beforeAll(async () => {
  webFolder = mkdtempSync(path.join(tmpdir(), "fieldbridge-web-"));
  mkdirSync(path.join(webFolder, "assets"));
  writeFileSync(
    path.join(webFolder, "index.html"),
    "<!doctype html><script>theme()</script><div id=root></div>",
  );
  writeFileSync(path.join(webFolder, "assets", "main-abc.js"), "export {}");
  product = await startTestProduct({ webFolder });
});
afterAll(async () => {
  await product.stop();
  rmSync(webFolder, { recursive: true });
});

const own = { host: "127.0.0.1:4400" };

test("every route of the contract is served and no other route below /api", async () => {
  const document = (await product.app.inject({ url: "/api/openapi.json", headers: own })).json<{
    paths: Record<string, Record<string, { operationId: string }>>;
  }>();
  const served = Object.entries(document.paths).flatMap(([url, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => `${operationId} ${method} ${url}`),
  );
  const declared = Object.entries(routes).map(
    ([name, route]) =>
      `${name} ${route.method.toLowerCase()} /api${route.path.replaceAll(/:(\w+)/g, "{$1}")}`,
  );
  expect(served.sort()).toEqual(declared.sort());
});

test("the OpenAPI document describes bodies, answers and the one error body", async () => {
  const { paths } = (await product.app.inject({ url: "/api/openapi.json", headers: own })).json<{
    paths: Record<string, Record<string, Record<string, unknown>>>;
  }>();
  const save = JSON.stringify(paths["/api/transfers/{id}/draft"]?.["put"]);
  expect(save).toContain("draftRevision");
  expect(save).toContain("requestId");
});

test.each([
  ["a name that was bound to this machine", { host: "evil.example" }],
  ["a name that only starts like ours", { host: "127.0.0.1.evil.example:4400" }],
  ["another site's page", { ...own, origin: "https://evil.example" }],
  ["another program's page on this machine", { ...own, origin: "http://127.0.0.1:4401" }],
  ["a page without an origin", { ...own, origin: "null" }],
  ["another site, as the browser tells", { ...own, "sec-fetch-site": "cross-site" }],
])("a request from %s is refused with 403", async (_who, headers) => {
  for (const method of ["GET", "POST"] as const) {
    const answer = await product.app.inject({ method, url: "/api/held/rerun", headers, payload: {} });
    expect(answer.statusCode).toBe(403);
    expect(problem.parse(answer.json()).code).toBe("API-907");
  }
});

test.each([
  ["127.0.0.1", "127.0.0.1:4400"],
  ["localhost", "localhost:4400"],
  ["the IPv6 loopback", "[::1]:4400"],
])("our own page is served under %s", async (_name, host) => {
  const headers = { host, origin: `http://${host}`, "sec-fetch-site": "same-origin" };
  expect((await product.app.inject({ url: "/api/health", headers })).statusCode).toBe(200);
});

test.each(["v1.2", "a%2Fb", "50%20%25", "gr%C3%B6%C3%9Fe", "a..b.css"])(
  "the page of a value map survives a reload with the name %s",
  async (name) => {
    const answer = await product.app.inject({ url: `/library/value-maps/${name}`, headers: own });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-type"]).toContain("text/html");
  },
);

test.each(["/assets/gone.js", "/robots.txt", "/assets/a/b.css"])(
  "no page answers for the file %s",
  async (url) => {
    expect((await product.app.inject({ url, headers: own })).statusCode).toBe(404);
  },
);

test("a form or a text body, which another site could send, is refused with 415", async () => {
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
    const answer = await product.app.inject({
      method: "POST",
      url: "/api/transfers",
      headers: { ...own, "content-type": type },
      payload: '{"definition":{}}',
    });
    expect(answer.statusCode).toBe(415);
    expect(problem.parse(answer.json()).code).toBe("API-902");
  }
});

test("a body that is not JSON is refused with 400", async () => {
  const answer = await product.app.inject({
    method: "POST",
    url: "/api/transfers",
    headers: { ...own, "content-type": "application/json" },
    payload: "{definition",
  });
  expect(answer.statusCode).toBe(400);
  expect(problem.parse(answer.json()).code).toBe("API-902");
});

test("a body that does not fit names each field with its path", async () => {
  const answer = await product.call("rerunHeld", { body: { ids: [7], extra: true } });
  expect(answer.status).toBe(400);
  const { issues, requestId } = problem.parse(answer.body);
  expect(issues.map((issue) => issue.path)).toContain("body.ids.0");
  expect(requestId).toBe(answer.headers["x-request-id"]);
});

test("a body above the limit is refused with 413", async () => {
  const answer = await product.call("createTransfer", { body: { definition: "x".repeat(17 * 1024 * 1024) } });
  expect(answer.status).toBe(413);
});

test("an address below /api that does not exist is a 404 problem", async () => {
  const answer = await product.app.inject({ url: "/api/nothing", headers: own });
  expect(answer.statusCode).toBe(404);
  expect(problem.parse(answer.json()).code).toBe("API-901");
});

test("what goes wrong inside is a 500 problem that tells nothing of the inside", async () => {
  const log: string[] = [];
  const broken = await startTestProduct({ logLine: (line) => log.push(line) });
  await broken.context.db.pool.query("drop table value_maps");
  const answer = await broken.call("listValueMaps");
  expect(answer.status).toBe(500);
  const { code, requestId } = problem.parse(answer.body);
  expect(code).toBe("API-999");
  expect(log.join("")).toContain(requestId);
  expect(JSON.stringify(answer.body)).not.toContain("value_maps");
  await broken.stop();
});

test("pages carry a policy that allows our own scripts only, the inline one by its hash", async () => {
  const answer = await product.app.inject({ url: "/transfers/tr_x", headers: own });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers["content-type"]).toContain("text/html");
  expect(answer.headers["cache-control"]).toBe("no-cache");
  const policy = String(answer.headers["content-security-policy"]);
  expect(policy).toMatch(/script-src 'self' 'sha256-[\w+/=]+'/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(answer.headers["x-content-type-options"]).toBe("nosniff");
});

test("files with hashed names are cached for ever, answers of the API never", async () => {
  const file = await product.app.inject({ url: "/assets/main-abc.js", headers: own });
  expect(file.headers["cache-control"]).toContain("immutable");
  const answer = await product.app.inject({ url: "/api/health", headers: own });
  expect(answer.headers["cache-control"]).toBe("no-store");
});

test("a file that does not exist is a 404, not the designer's page", async () => {
  expect((await product.app.inject({ url: "/assets/gone.js", headers: own })).statusCode).toBe(404);
});

test("a link from elsewhere may open a page but not call the API", async () => {
  const headers = { ...own, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
  expect((await product.app.inject({ url: "/runs", headers })).statusCode).toBe(200);
  expect((await product.app.inject({ url: "/api/runs", headers })).statusCode).toBe(403);
});
