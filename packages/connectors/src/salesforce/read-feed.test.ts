/** The change feed made of the replication calls. */
import type { FeedAnswer } from "@fieldbridge/engine";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startSalesforceBench, toRequest, type Bench } from "../testing/sandbox-bench.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await startSalesforceBench();
});
afterEach(() => bench.reset());
afterAll(() => bench.close());

const ask = async (token: string | null): Promise<FeedAnswer> => {
  const answer = await bench.port.readFeed?.(bench.object, token);
  if (answer === undefined) throw new Error("Salesforce has a change feed.");
  return answer;
};

const tokenOfNow = async (): Promise<string> => {
  const answer = await ask(null);
  if (answer.state !== "listed") throw new Error("The token of now is always known.");
  return answer.token;
};

/** Two records of the bench's object, the second of which is deleted again. */
const writeTwo = async (): Promise<readonly [string, string]> => {
  const schema = await bench.schema();
  const send = (requests: readonly ReturnType<typeof toRequest>[]) =>
    bench.port.write({ schema, lineSchemas: {}, answerFields: [], requests });
  const values = (number: string) => ({ [bench.name]: `Feed ${number}`, [bench.number]: number });
  const answers = await send([
    toRequest("a", "create", null, values("F-1")),
    toRequest("b", "create", null, values("F-2")),
  ]);
  const keys = answers.map((answer) => (answer.state === "done" ? answer.key : ""));
  await send([toRequest("c", "delete", keys[1] ?? "", {})]);
  return [keys[0] ?? "", keys[1] ?? ""];
};

test("the schema says that the object has a feed", async () => {
  expect(await bench.schema()).toMatchObject({ feed: true });
});

test("lists what changed and what was deleted since its token", async () => {
  const token = await tokenOfNow();
  const [kept, deleted] = await writeTwo();
  const answer = await ask(token);
  expect(answer).toMatchObject({ state: "listed" });
  expect(answer.state === "listed" && answer.changedKeys).toContain(kept);
  expect(answer.state === "listed" && answer.removedKeys).toContain(deleted);
});

test("a span with more ids than one answer takes is asked in halves", async () => {
  const [kept] = await writeTwo();
  await bench.fault([
    {
      match: { method: "GET", path: "/updated" },
      times: 1,
      effect: { type: "status", status: 400, code: "EXCEEDED_ID_LIMIT", message: "Too many ids." },
    },
  ]);
  const answer = await ask(new Date(Date.parse(await tokenOfNow()) - 3_600_000).toISOString());
  expect(answer.state === "listed" && answer.changedKeys).toContain(kept);
});

test.each([
  ["older than the list of deletions reaches", () => new Date(Date.now() - 16 * 86_400_000).toISOString()],
  ["from the future", () => new Date(Date.now() + 86_400_000).toISOString()],
  ["that is no token", () => "garbage"],
])("R13: a token %s has expired", async (_, token) => {
  expect(await ask(token())).toMatchObject({ state: "expired" });
});
