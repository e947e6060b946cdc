import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordsIn, startForTest, textIn } from "../test-client.ts";
import type { TestServer } from "../test-client.ts";

let server: TestServer;
let xml: string;
let contentType: string | null;
beforeAll(async () => {
  server = await startForTest();
  const answer = await server.call("GET", `${server.root}/$metadata`, { absolute: true });
  contentType = answer.headers.get("content-type");
  xml = answer.text;
});
afterAll(() => server.sandbox.close());

/** The element with that name, its content included. */
function elementOf(tag: string, name: string): string {
  const found = new RegExp(`<${tag} Name="${name}"[^]*?</${tag}>`).exec(xml);
  if (found === null) throw new Error(`no ${tag} ${name}`);
  return found[0];
}

const all = (pattern: RegExp, text = xml): string[] =>
  [...text.matchAll(pattern)].map((found) => found[1] ?? "");

describe("$metadata", () => {
  it("is XML that closes every element it opens", () => {
    expect(contentType).toContain("application/xml");
    const open: string[] = [];
    const misplaced: string[] = [];
    for (const [, slash, name = "", selfClosing] of xml.matchAll(/<(\/)?([\w:]+)(?:\s[^<>]*?)?(\/)?>/g)) {
      if (selfClosing) continue;
      if (!slash) open.push(name);
      else if (open.pop() !== name) misplaced.push(name);
    }
    expect([...open, ...misplaced]).toEqual([]);
  });

  it("resolves every type and every bound set", () => {
    const types = all(/<EntityType Name="(\w+)"/g);
    const sets = all(/<EntitySet Name="(\w+)"/g);
    expect(types).toEqual(expect.arrayContaining(all(/Type="(?:Collection\()?Microsoft\.NAV\.(\w+)/g)));
    expect(sets).toEqual(expect.arrayContaining(all(/<NavigationPropertyBinding [^>]*Target="(\w+)"/g)));
    expect(all(/<EntityType Name="(\w+)">\n<Key><PropertyRef Name="id"/g)).toEqual(types);
  });

  it("tells lengths, numbers and what may be written", () => {
    const invoice = elementOf("EntityType", "salesInvoice");
    expect(invoice).toContain('<Property Name="externalDocumentNumber" Type="Edm.String" MaxLength="35">');
    expect(invoice).toContain('<Property Name="id" Type="Edm.Guid" Nullable="false">');
    expect(invoice).toMatch(
      /<Property Name="totalAmountIncludingTax" Type="Edm.Decimal"[^>]*>(?:\n[^\n]*)*?Computed/,
    );
    expect(invoice).toContain(
      '<NavigationProperty Name="salesInvoiceLines" Type="Collection(Microsoft.NAV.salesInvoiceLine)" ContainsTarget="true"/>',
    );
    const status = /<Property Name="status"[^]*?<\/Property>/.exec(invoice)?.[0] ?? "";
    expect(all(/PropertyValue Property="Value" String="(\w+)"/g, status)).toContain("In_x0020_Review");
  });

  it("declares the bound actions", () => {
    expect(all(/<Action Name="(\w+)" IsBound="true">/g).sort()).toEqual(["cancel", "post", "shipAndInvoice"]);
  });

  it("describes exactly the fields that records have", async () => {
    for (const set of ["customers", "items", "salesInvoices", "currencies", "companyInformation"]) {
      const type = /EntityType="Microsoft\.NAV\.(\w+)"/.exec(elementOf("EntitySet", set))?.[1] ?? "";
      if (set === "salesInvoices") await server.call("POST", set, { body: { customerNumber: "C-10020" } });
      const [record] = recordsIn((await server.call("GET", `${set}?$top=1`)).json);
      const fields = Object.keys(record ?? {}).filter((name) => !name.startsWith("@"));
      expect(all(/<Property Name="(\w+)"/g, elementOf("EntityType", type))).toEqual(fields);
    }
  });

  it("lists the sets of the service document", async () => {
    const answer = await server.call("GET", `${server.root}/`, { absolute: true });
    const listed = recordsIn(answer.json).map((set) => textIn(set, "name"));
    expect(all(/<EntitySet Name="(\w+)"/g)).toEqual(listed);
  });
});
