import { describe, expect, it } from "vitest";
import { ApiError } from "../errors.ts";
import { parseQuery } from "./parse.ts";
import { toBounds, toDateRange } from "./date-ranges.ts";

function refusal(query: string): string {
  try {
    parseQuery(query);
  } catch (error) {
    if (error instanceof ApiError) return `${error.errors[0]?.code} ${error.errors[0]?.message}`;
  }
  return "accepted";
}

describe("the query parser", () => {
  it("reads names, relationships, child queries and every clause", () => {
    const query = parseQuery(
      `select Id, Account.Owner.Name, (SELECT Id FROM WorkOrderLineItems WHERE Quantity > 1.5 ORDER BY Id DESC NULLS LAST LIMIT 3)
       FROM WorkOrder w WHERE (w.Status = 'It\\'s' OR Status LIKE 'a\\_%') AND EndDate >= 2026-11-03T08:00:00.123+01:00
       AND Id NOT IN (SELECT WorkOrderId FROM WorkOrderLineItem) ORDER BY SystemModstamp, Id LIMIT 5 OFFSET 2 ALL ROWS`,
    );
    expect(query.select.map((item) => item.kind)).toEqual(["path", "path", "child"]);
    expect(query.where?.kind).toBe("and");
    expect([query.limit, query.offset, query.allRows, query.orderBy.length]).toEqual([5, 2, true, 2]);
    expect(query.aliases.get("w")).toEqual([]);
  });

  it("refuses what it does not know instead of ignoring it, and says where", () => {
    expect(refusal("SELECT Id FORM Account")).toMatch(
      /^MALFORMED_QUERY [^]*ERROR at Row:1:Column:16\nunexpected token: 'Account'$/,
    );
    expect(refusal("SELECT Id FROM Account\nWHERE Name = 'a' AND Name = 'b' OR Name = 'c'")).toContain(
      "Row:2:Column:33",
    );
    for (const query of [
      "SELECT FROM Account",
      "SELECT Id FROM Account WHERE",
      "SELECT Id FROM Account WHERE Name = 'open",
      "SELECT Id FROM Account WHERE Name = 'bad \\q escape'",
      "SELECT Id FROM Account WHERE Name ~ 'a'",
      "SELECT Id FROM Account LIMIT ten",
      "SELECT Id FROM Account WHERE Name = :name",
      "SELECT Id FROM Account WHERE DISTANCE(A, B, 'km') < 5",
      "SELECT Id FROM Account LIMIT 5 WHERE Name = 'late'",
      "SELECT Id FROM Account; DELETE",
    ])
      expect(`${query}: ${refusal(query)}`).toContain(": MALFORMED_QUERY");
  });

  it("takes date literals as ranges of whole days", () => {
    const now = Date.UTC(2026, 10, 18, 15); // a Wednesday
    const bounds = (name: string, count: number | null = null) => {
      const range = toDateRange(name, count, now);
      return range && toBounds(range, "date");
    };
    expect(bounds("TODAY")).toEqual(["2026-11-18", "2026-11-19"]);
    expect(bounds("THIS_WEEK")).toEqual(["2026-11-15", "2026-11-22"]);
    expect(bounds("LAST_MONTH")).toEqual(["2026-10-01", "2026-11-01"]);
    expect(bounds("THIS_QUARTER")).toEqual(["2026-10-01", "2027-01-01"]);
    expect(bounds("LAST_N_DAYS", 3)).toEqual(["2026-11-15", "2026-11-19"]);
    expect(bounds("LAST_N_MONTHS", 2)).toEqual(["2026-09-01", "2026-11-01"]);
    expect(bounds("N_DAYS_AGO", 2)).toEqual(["2026-11-16", "2026-11-17"]);
    expect(bounds("LAST_N_DAYS")).toBeNull();
  });
});
