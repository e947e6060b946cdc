/** Signing in with a refresh token, and keeping the new one where Salesforce rotates them. */
import { createServer, type Server } from "node:http";
import { startSalesforceSandbox } from "@fieldbridge/sandbox";
import { afterAll, expect, test } from "vitest";
import { textOf, tryParseJson } from "../http/json.ts";
import { createSalesforcePort } from "./create-salesforce-port.ts";

const servers: Server[] = [];
afterAll(() => servers.forEach((server) => server.close()));

const configFor = (instanceUrl: string) =>
  ({
    system: "salesforce",
    instanceUrl,
    apiVersion: "66.0",
    clientId: "fieldbridge-demo",
    grant: "refresh_token",
  }) as const;

test("a refresh token signs in and goes on signing in", async () => {
  const sandbox = await startSalesforceSandbox({ port: 0 });
  const given = await fetch(`${sandbox.url}/services/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "password",
      client_id: "fieldbridge-demo",
      client_secret: "fieldbridge-demo-secret",
      username: "demo@fieldbridge.example",
      password: "fieldbridge-demo",
      scope: "api refresh_token",
    }),
  });
  const refreshToken = textOf(tryParseJson(await given.text()), "refresh_token") ?? "none";
  const port = createSalesforcePort({
    config: configFor(sandbox.url),
    secrets: { clientSecret: "fieldbridge-demo-secret", refreshToken },
  });
  expect(await port.countRows("Account", null)).toBe(40);
  await fetch(`${sandbox.url}/_sandbox/expire-tokens`, { method: "POST" });
  expect(await port.countRows("Account", null)).toBe(40);
  await sandbox.close();
});

test("a rotated refresh token is stored before it is used, and the old one is never sent again", async () => {
  const sent: string[] = [];
  let isExpired = true;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => {
      body += part.toString();
    });
    request.on("end", () => {
      response.setHeader("content-type", "application/json");
      if (request.url === "/services/oauth2/token") {
        sent.push(new URLSearchParams(body).get("refresh_token") ?? "");
        isExpired = sent.length === 1;
        response.end(
          JSON.stringify({ access_token: `A${sent.length}`, refresh_token: `R${sent.length + 1}` }),
        );
      } else if (isExpired) {
        response.writeHead(401).end('[{"errorCode":"INVALID_SESSION_ID","message":"Session expired"}]');
      } else response.end('{"totalSize":7,"done":true,"records":[]}');
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const stored: string[] = [];
  const port = createSalesforcePort({
    config: configFor(url),
    secrets: { refreshToken: "R1" },
    environment: {
      async onRefreshToken(refreshToken) {
        stored.push(refreshToken);
      },
    },
  });
  expect(await port.countRows("Account", null)).toBe(7);
  expect(sent).toEqual(["R1", "R2"]);
  expect(stored).toEqual(["R2", "R3"]);
});

test("a missing refresh token is named as the missing setting", async () => {
  const port = createSalesforcePort({ config: configFor("http://127.0.0.1:1"), secrets: {} });
  await expect(port.countRows("Account", null)).rejects.toMatchObject({
    retryable: false,
    issue: { code: "CON-609", path: "secrets.refreshToken" },
  });
});
