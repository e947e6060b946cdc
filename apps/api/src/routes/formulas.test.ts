/** Formulas by HTTP, as other programs use them. */
import { problem } from "@fieldbridge/model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestProduct, type TestProduct } from "../testing/test-product.ts";

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
  const map = { name: "Units", entries: [{ from: "Each", to: "PCS" }] };
  await product.call("saveValueMap", { params: { name: "Units" }, body: map });
});
afterAll(() => product.stop());

/** The body as text: a number must not pass through a binary float on its way. */
const evaluate = async (body: string) => {
  const answer = await product.app.inject({
    method: "POST",
    url: "/api/formulas/evaluate",
    headers: { host: "localhost:4400", "content-type": "application/json" },
    payload: body,
  });
  return { status: answer.statusCode, body: answer.json<unknown>() };
};
const ask = async (formula: string, record = "{}", more = "") =>
  (await evaluate(`{"formula":${JSON.stringify(formula)},"record":${record}${more}}`)).body;

test.each([
  ["Amount * 3", '{"Amount":12345678901234567890.105}', "37037036703703703670.315", "number"],
  ["0.1 + 0.2", "{}", "0.3", "number"],
  ["Price", '{"Price":1e2}', "100", "number"],
  ["UPPER(Name)", '{"Name":"abc"}', "ABC", "text"],
  ["Account.Name", '{"Account":{"Name":"Acme"}}', "Acme", "text"],
  ["SUM(Lines.Quantity)", '{"Lines":[{"Quantity":1.10},{"Quantity":2.20}]}', "3.3", "number"],
  ["TODATE(Ended)", '{"Ended":"2026-11-19T23:30:00Z"}', "2026-11-19", "date"],
  ['MAPVALUE("Units", Unit)', '{"Unit":"Each"}', "PCS", "text"],
  ["A > 1", '{"A":2}', true, "boolean"],
])("%s on %s is %s", async (formula, record, value, type) => {
  expect(await ask(formula, record)).toEqual({ ok: true, value, type });
});

test("dates are taken in the zone and at the moment that was given", async () => {
  const more = ',"timeZone":"Europe/Copenhagen","now":"2026-11-19T23:30:00Z"';
  expect(await ask("TODAY()", "{}", more)).toMatchObject({ value: "2026-11-20" });
  const offset = ',"now":"2026-11-19T23:30:00+05:00"';
  expect(await ask("TODAY()", "{}", offset)).toMatchObject({ value: "2026-11-19" });
});

test("given fields decide the types, also of related objects", async () => {
  const fields = ',"fields":[{"name":"Code","type":"text"},{"name":"Account.Since","type":"date"}]';
  const record = '{"Code":7,"Account":{"Since":"2026-01-31"}}';
  expect(await ask('Code & "!"', record, fields)).toMatchObject({ value: "7!", type: "text" });
  expect(await ask("Account.Since", record, fields)).toMatchObject({ type: "date" });
});

test("a mistake comes back as issues with their place", async () => {
  const answer = await ask("Amount +", '{"Amount":1}');
  expect(answer).toMatchObject({ ok: false, issues: [{ path: "formula", severity: "error" }] });
  expect(await ask("1 / 0")).toMatchObject({ ok: false });
  expect(await ask('FAIL("not this one")')).toMatchObject({
    ok: false,
    issues: [{ message: "not this one" }],
  });
  expect(await ask('MAPVALUE("Units", "Box")')).toMatchObject({
    ok: false,
    issues: [{ valueMap: { map: "Units", key: "Box" } }],
  });
});

test("the check gives the type without a record", async () => {
  const { body } = await product.call("checkFormula", {
    body: { formula: "Amount > 1", fields: [{ name: "Amount", type: "number" }] },
  });
  expect(body).toMatchObject({ ok: true, type: "boolean", issues: [] });
  const unknown = await product.call("checkFormula", { body: { formula: "Amont", record: { Amount: "1" } } });
  expect(unknown.body).toMatchObject({ ok: false, issues: [{ code: "MAP-104" }] });
});

test("fields, zones and moments that make no sense are refused with 400", async () => {
  for (const more of ['"fields":[{"name":"A"}]', '"timeZone":"Mars/Base"', '"now":"yesterday"']) {
    const answer = await evaluate(`{"formula":"1",${more}}`);
    expect([answer.status, problem.parse(answer.body).code]).toEqual([400, "API-902"]);
  }
});

test("names that reach into JavaScript are refused or are plain unknown fields", async () => {
  expect((await evaluate('{"formula":"A","record":{"__proto__":{"A":"x"}}}')).status).toBe(400);
  for (const formula of ["constructor", "__proto__.polluted", "toString"])
    expect(await ask(formula, '{"A":1}')).toMatchObject({ ok: false });
});
