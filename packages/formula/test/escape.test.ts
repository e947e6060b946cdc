/** Nothing a formula says reaches outside the record, and no formula runs long. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exampleContext, exampleRecord, exampleScope } from "../src/functions/example-record.ts";
import {
  checkFormula,
  compileFormula,
  evaluateFormula,
  functions,
  listFields,
  type Row,
  type Scope,
  showResult,
} from "../src/index.ts";
import { showOne } from "./evaluate-one.ts";

const HOST_NAMES = [
  "constructor",
  "__proto__",
  "prototype",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "__defineGetter__",
  "__lookupSetter__",
  "process",
  "require",
  "globalThis",
  "global",
  "window",
  "self",
  "this",
  "module",
  "exports",
  "eval",
  "Function",
  "import",
  "Reflect",
  "Proxy",
  "Object",
  "Symbol",
  "arguments",
  "caller",
  "callee",
  "fetch",
  "Buffer",
  "Deno",
  "Bun",
  "document",
];

/** Shapes of public escapes from n8n expressions, Flowise, JSONata and vm2. */
const ESCAPES = [
  "{{ $json.constructor.constructor('return process')().mainModule.require('child_process').execSync('id') }}",
  "={{ (function(){ return this.process.env })() }}",
  "={{ $jmespath({}, '__proto__') }}",
  "{{$jsonpath}}",
  "{{ [].constructor.constructor('return 1')() }}",
  "${process.env}",
  "`${this.constructor.constructor('return process')()}`",
  "$eval('1')",
  "$lookup($, '__proto__').polluted",
  "$merge([{}, {'__proto__': {'x': 1}}])",
  "(λ($x){$x})(1)",
  "function($x){ $x.constructor }",
  "import('node:child_process')",
  "require('fs').readFileSync('/etc/passwd')",
  "process.binding('spawn_sync')",
  "new Function('return process')()",
  "(async () => { await import('fs') })()",
  "Error.prepareStackTrace = (_, c) => c.map(c => c.getThis())",
  "const err = new Error(); err.name = { toString: new Proxy(() => '', {}) }",
  "WebAssembly.instantiate",
  "a?.b?.['constructor']",
  "Object.getOwnPropertyDescriptor(x, 'y')",
  "<%= global.process %>",
  "#{7*7}",
  "*{T(java.lang.Runtime).getRuntime()}",
  "=cmd|' /C calc'!A0",
  '=WEBSERVICE("http://example.com")',
  '=HYPERLINK("http://example.com")',
  'INDIRECT("A1")',
];

describe("escape attempts", () => {
  it("do not compile", () => {
    for (const text of ESCAPES) expect([text, compileFormula(text, exampleScope).ok]).toEqual([text, false]);
  });
  it("find no host name as a field, a part of a field, a list or a function", () => {
    for (const name of HOST_NAMES) {
      for (const text of [
        name,
        `[${name}]`,
        `Name.${name}`,
        `SUM(Lines.${name})`,
        `Lines.[${name}]`,
        `${name}.${name}`,
        `${name}("x")`,
        `${name}()`,
      ]) {
        expect([text, checkFormula(text, exampleScope).ok]).toEqual([text, false]);
      }
    }
  });
  it("are plain text as constants, keys and values", () => {
    for (const text of [...ESCAPES, ...HOST_NAMES]) {
      const literal = `"${text.replaceAll('"', '""')}"`;
      expect(showOne(`LEN(${literal}) > 0`)).toBe("TRUE");
      expect(showOne(`MAPVALUE(${literal}, ${literal}, "none")`)).toBe('"none"');
      expect(showOne(`LOOKUP(${literal}, ${literal}, ${literal}, ${literal}, "none")`)).toBe('"none"');
      expect(showOne("Name", { record: { Name: text } })).toBe(`${literal}`);
    }
  });
  it("read only own cells, even for fields that the schema really calls so", () => {
    const fields = HOST_NAMES.map((name) => ({ name, type: "text" as const }));
    const scope: Scope = { record: { name: "Odd", fields, relations: [] }, roots: {} };
    for (const name of HOST_NAMES) {
      expect(showOne(`[${name}]`, { scope, record: {} })).toBe("BLANK");
      const record = JSON.parse(`{ "${name}": "own" }`) as Row;
      expect(showOne(`[${name}]`, { scope, record })).toBe('"own"');
    }
  });
});

const atom = fc.constantFrom(
  "1",
  "0",
  "-3",
  "2.5",
  "1e9",
  '"a"',
  '""',
  '"2026-01-31"',
  "TRUE",
  "BLANK",
  "Amount",
  "Discount",
  "Quantity",
  "Name",
  "Email",
  "Status",
  "Active",
  "StartDate",
  "CreatedAt",
  "SUM(Lines.Quantity)",
  "FIRST(Lines.Unit)",
  "TODAY()",
  "NOW()",
  "Lines.Quantity",
  "Lines.Product.Code",
  "9999999999999999999999999999999999",
  'REPT("ab", 400000)',
  '"day"',
  '"#*@?*"',
);
const formula = fc.letrec<{ expr: string }>((tie) => ({
  expr: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    atom,
    fc
      .tuple(tie("expr"), fc.constantFrom("+", "-", "*", "/", "^", "&", "=", "<", "AND", "OR"), tie("expr"))
      .map((parts) => `(${parts.join(" ")})`),
    fc
      .tuple(
        fc.constantFrom(...functions.map((entry) => entry.name)),
        fc.array(tie("expr"), { maxLength: 4 }),
      )
      .map(([name, args]) => `${name}(${args.join(", ")})`),
  ),
})).expr;

describe("generated formulas", () => {
  it("never throw, and each gives a value, a special result, an issue or a wait", () => {
    let evaluated = 0;
    fc.assert(
      fc.property(formula, (text) => {
        const compiled = compileFormula(text, exampleScope);
        expect(compiled.ok || compiled.issues.length > 0).toBe(true);
        if (!compiled.ok) return;
        evaluated += 1;
        expect(typeof showResult(evaluateFormula(compiled.formula, exampleRecord, exampleContext))).toBe(
          "string",
        );
        expect(Array.isArray(listFields(text))).toBe(true);
      }),
      { numRuns: 4000 },
    );
    expect(evaluated).toBeGreaterThan(100);
  });

  it("stop after a million steps instead of running long", () => {
    const row: Row = {
      ...exampleRecord,
      Lines: Array.from({ length: 10_000 }, () => ({ Quantity: "1", UnitPrice: "1" })),
    };
    const heavy = `SUM(${Array.from({ length: 200 }, () => "Lines.Quantity").join(" + ")})`;
    expect(showOne(heavy, { record: row })).toBe("Error FML-313");
    expect(showOne(`IFERROR(${heavy}, 0)`, { record: row })).toBe("Error FML-313");
    const texts = `LEN(${"SUBSTITUTE(".repeat(20)}REPT(Name, 50000)${', "a", "b")'.repeat(20)})`;
    expect(showOne(texts)).toBe("Error FML-313");
    expect(showOne(`MATCHES(REPT("a", 1000000), "*" & REPT("a", 150) & "b")`)).toBe("Error FML-313");
    expect(showOne(`MATCHES(REPT("a", 100000), "${"*a".repeat(90)}b")`)).toBe("FALSE");
    expect(showOne(`EXTRACT(REPT("a", 100000), "${"a*".repeat(90)}b")`)).toBe("Error FML-313");
  });

  it("refuse lists over 10,000 rows", () => {
    const row: Row = { Lines: Array.from({ length: 10_001 }, () => ({})) };
    expect(showOne("COUNT(Lines)", { record: row })).toBe("Error FML-312");
    expect(showOne("COUNT(Lines)", { record: { Lines: Array.from({ length: 10_000 }, () => ({})) } })).toBe(
      "10000",
    );
  });
});

describe("formulas with mistakes", () => {
  it("are never run, not even to compute their constants", () => {
    for (const text of [
      "WORKDAY(0, 100000)",
      "NETWORKDAYS(1, 2)",
      'EDATE("x", 1)',
      "REPT(1, TRUE)",
      'DATEADD(1, 2, "day")',
    ]) {
      expect([text, checkFormula(text, exampleScope, { name: "Day", type: "date" }).ok]).toEqual([
        text,
        false,
      ]);
      expect([text, compileFormula(text, exampleScope).ok]).toEqual([text, false]);
    }
  });
});
