/** The built designer in a real Chromium, served with given answers instead of a product behind it. */
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type CDPSession, chromium, type Page } from "@playwright/test";
import type { Answer } from "./wide-transfer.ts";

const dist = fileURLToPath(new URL("../../apps/web/dist", import.meta.url));

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

/** A file of the build; the start page for every address of the designer. */
function readBuilt(url: string): { readonly type: string; readonly body: Buffer } {
  const asked = path.join(dist, path.normalize(url));
  const file =
    asked.startsWith(dist) && path.extname(asked) !== "" && existsSync(asked)
      ? asked
      : path.join(dist, "index.html");
  return { type: types[path.extname(file)] ?? "application/octet-stream", body: readFileSync(file) };
}

function createDesignerServer(answer: Answer): Server {
  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === "/api/events") {
      response.writeHead(200, { "content-type": "text/event-stream" }).write(": open\n\n");
    } else if (pathname.startsWith("/api/")) {
      const body = answer(request.method ?? "GET", pathname);
      response
        .writeHead(body === undefined ? 404 : 200, { "content-type": "application/json" })
        .end(JSON.stringify(body ?? {}));
    } else {
      const { type, body } = readBuilt(pathname);
      response.writeHead(200, { "content-type": type }).end(body);
    }
  });
}

export interface DesignerPage {
  readonly url: string;
  readonly page: Page;
  /** 1 is the machine as it is, 4 a quarter of its speed. */
  readonly slowDown: (times: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Throws where the designer was not built. */
export async function openDesignerPage(answer: Answer): Promise<DesignerPage> {
  if (!existsSync(path.join(dist, "index.html")))
    throw new Error("The designer is not built. npm run bench builds it first.");
  const server = createDesignerServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const executablePath = process.env["CHROMIUM_PATH"];
  const browser: Browser = await chromium.launch(executablePath ? { executablePath } : {});
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
  // What the loader of TypeScript adds to named functions is not known in the page that they are sent to.
  await page.addInitScript("globalThis.__name = (it) => it;");
  const session: CDPSession = await page.context().newCDPSession(page);
  return {
    url: `http://127.0.0.1:${port}`,
    page,
    slowDown: async (times) => void (await session.send("Emulation.setCPUThrottlingRate", { rate: times })),
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
