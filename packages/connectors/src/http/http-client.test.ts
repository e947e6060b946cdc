/** The client keeps credentials at home, says whether a request left, and takes no answer on trust. */
import { createServer, type RequestListener, type Server } from "node:http";
import { gzipSync } from "node:zlib";
import { Fault } from "@fieldbridge/engine";
import { afterEach, describe, expect, test } from "vitest";
import { createHttpClient } from "./http-client.ts";

const servers: Server[] = [];

async function listen(handle: RequestListener): Promise<{ url: string; port: number; seen: string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? ""}`.trim());
    handle(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, port, seen };
}

async function faultOf(call: () => Promise<unknown>): Promise<Fault> {
  try {
    await call();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error("A fault was expected.");
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const get = { method: "GET", path: "/a?b=c" } as const;

describe("where requests go", () => {
  test("a redirect is an answer, never followed, so the credential stays at its origin", async () => {
    const other = await listen((_request, response) => response.end("caught"));
    const own = await listen((_request, response) =>
      response.writeHead(302, { location: `${other.url}/steal` }).end(),
    );
    const answer = await createHttpClient(own.url).send({
      ...get,
      headers: { authorization: "Bearer secret" },
    });
    expect(answer.status).toBe(302);
    expect(other.seen).toEqual([]);
    expect(own.seen).toEqual(["GET /a?b=c Bearer secret"]);
  });

  test.each([
    ["http://evil.example/next?page=2", "/next?page=2"],
    ["//evil.example/next", "/next"],
    ["/services/data/query/01g-2000", "/services/data/query/01g-2000"],
    ["https://user:pw@evil.example:444/x?y", "/x?y"],
  ])("the link %s is followed at the bound origin", async (link, path) => {
    expect(createHttpClient("https://own.example/root").toPath(link)).toBe(path);
  });

  test.each([
    "file:///etc/passwd",
    "ftp://own.example",
    "javascript:alert(1)",
    "not an address",
    "gopher://x",
    "",
  ])("%s is refused before anything is sent", async (address) => {
    const fault = await faultOf(async () => createHttpClient(address));
    expect(fault).toMatchObject({ retryable: false, sent: false, issue: { code: "CON-609" } });
  });

  test("an address with a password in it is refused", async () => {
    const fault = await faultOf(async () => createHttpClient("https://me:secret@own.example"));
    expect(fault.message).not.toContain("secret");
  });
});

describe("the address policy", () => {
  test.each([
    "127.0.0.1",
    "0x7f000001",
    "2130706433",
    "0177.0.0.1",
    "127.1",
    "localhost",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[0:0:0:0:0:ffff:7f00:1]",
    "127.0.0.1.",
    "LOCALHOST",
    "%31%32%37.0.0.1",
  ])("%s is checked by the address it leads to, before a socket is opened", async (host) => {
    const server = await listen((_request, response) => response.end("reached"));
    const asked: string[] = [];
    const client = createHttpClient(`http://${host}:${server.port}`, {
      allowAddress(address) {
        asked.push(address);
        return false;
      },
    });
    const fault = await faultOf(() => client.send(get));
    expect(fault).toMatchObject({ retryable: false, sent: false, issue: { code: "CON-609" } });
    expect(asked[0]).toMatch(/^(127\.0\.0\.1|::1|::ffff:7f00:1|::ffff:127\.0\.0\.1)$/);
    expect(server.seen).toEqual([]);
  });

  test("an allowed name is connected to at the very address that was checked", async () => {
    const server = await listen((_request, response) => response.end("reached"));
    const client = createHttpClient(`http://localhost:${server.port}`, {
      allowAddress: (address) => address === "127.0.0.1" || address === "::1",
    });
    expect((await client.send(get)).body).toBe("reached");
  });
});

describe("whether a request was sent", () => {
  test("a refused connection means not sent", async () => {
    const server = await listen((_request, response) => response.end());
    const { url } = server;
    await new Promise<void>((resolve) => {
      servers.pop()?.close(() => resolve());
    });
    expect(await faultOf(() => createHttpClient(url).send(get))).toMatchObject({
      retryable: true,
      sent: false,
      issue: { code: "CON-602" },
    });
  });

  test("an unknown name means not sent", async () => {
    const client = createHttpClient("http://nobody.invalid");
    const fault = await faultOf(() => client.send(get));
    expect(fault).toMatchObject({ retryable: true, sent: false });
    expect(fault.message).toMatch(/No server is known/);
  });

  test("a connection that breaks before the answer means sent", async () => {
    const { url } = await listen((request) => request.socket.destroy());
    expect(
      await faultOf(() => createHttpClient(url).send({ ...get, method: "POST", body: "{}" })),
    ).toMatchObject({
      retryable: true,
      sent: true,
    });
  });

  test("an answer that breaks off in its middle means sent", async () => {
    const { url } = await listen((request, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("half", () => request.socket.destroy());
    });
    expect(await faultOf(() => createHttpClient(url).send(get))).toMatchObject({
      retryable: true,
      sent: true,
    });
  });

  test("silence for too long means sent, and says that no answer came in time", async () => {
    const { url } = await listen(() => undefined);
    expect(await faultOf(() => createHttpClient(url, { timeoutMs: 40 }).send(get))).toMatchObject({
      retryable: true,
      sent: true,
      issue: { code: "CON-604" },
    });
  });
});

describe("what comes back", () => {
  test("packed answers are unpacked", async () => {
    const { url } = await listen((_request, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("Grüße")),
    );
    expect((await createHttpClient(url).send(get)).body).toBe("Grüße");
  });

  test.each([
    ["plain", {}, Buffer.alloc(5_000, "x")],
    ["packed", { "content-encoding": "gzip" }, gzipSync(Buffer.alloc(5_000_000, "x"))],
  ])("a %s answer above the limit is not taken", async (_how, headers, body) => {
    const { url } = await listen((_request, response) => response.writeHead(200, headers).end(body));
    const fault = await faultOf(() => createHttpClient(url, { maxAnswerBytes: 4_999 }).send(get));
    expect(fault).toMatchObject({ retryable: false, sent: true, issue: { code: "CON-607" } });
  });

  test("every attempt counts as a call", async () => {
    const { url } = await listen((_request, response) => response.end());
    const client = createHttpClient(url);
    await Promise.all([client.send(get), client.send(get), client.send(get)]);
    expect(client.callCount()).toBe(3);
  });
});
