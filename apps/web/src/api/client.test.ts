/** What goes over the wire, and what a refused or lost request becomes. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { callApi, toRequest } from "./client.ts";
import { ApiProblem } from "./problem.ts";

const answer = (status: number, body: string): void => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(body, { status })));
};

const failure = async (promise: Promise<unknown>): Promise<ApiProblem> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiProblem)) throw new Error("expected an ApiProblem");
  return error;
};

afterEach(() => vi.unstubAllGlobals());

describe("toRequest", () => {
  test("parameters cannot leave their place in the path", () => {
    expect(toRequest("getValueMap", { params: { name: "a/b ?ö" } })).toEqual({
      method: "GET",
      url: "/api/value-maps/a%2Fb%20%3F%C3%B6",
    });
  });

  test("blank query values are left out", () => {
    expect(toRequest("listRuns", { query: { limit: 50, state: undefined, transferId: "" } }).url).toBe(
      "/api/runs?limit=50",
    );
  });
});

describe("callApi", () => {
  test("sends a body as JSON and gives the answer back", async () => {
    const calls: RequestInit[] = [];
    vi.stubGlobal("fetch", (_url: string, init: RequestInit) => {
      calls.push(init);
      return Promise.resolve(Response.json({ name: "Units", entries: [] }));
    });
    await expect(
      callApi("addValueMapEntry", { params: { name: "Units" }, body: { from: "PCS.", to: "PCS" } }),
    ).resolves.toEqual({ name: "Units", entries: [] });
    expect(calls[0]).toMatchObject({ method: "POST", body: '{"from":"PCS.","to":"PCS"}' });
  });

  test("a refusal carries the server's code, sentence and request id", async () => {
    answer(
      409,
      JSON.stringify({ code: "API-903", message: "Changed by somebody else", issues: [], requestId: "r1" }),
    );
    const problem = await failure(callApi("getHome"));
    expect(problem).toMatchObject({
      status: 409,
      code: "API-903",
      message: "Changed by somebody else",
      requestId: "r1",
    });
  });

  test("an answer that is no problem body still becomes a sentence", async () => {
    answer(502, "<html>bad gateway</html>");
    expect(await failure(callApi("getHome"))).toMatchObject({ status: 502, code: "CON-607" });
  });

  test("a lost connection says that the server cannot be reached", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("fetch failed")));
    const problem = await failure(callApi("getHome"));
    expect(problem.status).toBe(0);
    expect(problem.message).toContain("cannot be reached");
  });
});
