import { describe, expect, it } from "vitest";
import { makeId, readId, toId18 } from "./ids.ts";

describe("record ids", () => {
  it("get the check characters of the vendor's examples", () => {
    const examples = {
      "001D000000IqhSL": "IAZ",
      "001Wk00000A1b2C": "IAR",
      "0WOWk0000001aBc": "OAI",
      "00DWk0000007Lmn": "MAE",
      a0PWk00000InvAA: "MAZ",
    };
    for (const [id, check] of Object.entries(examples)) expect(toId18(id)).toBe(id + check);
  });

  it("are accepted with 15 or 18 characters, and with lost case where the check characters tell it", () => {
    expect(readId("001Wk00000A1b2C")).toBe("001Wk00000A1b2CIAR");
    expect(readId("001WK00000A1B2CIAR")).toBe("001Wk00000A1b2CIAR");
    for (const text of ["123", "001Wk00000A1b2C!", ""]) expect(readId(text)).toBeNull();
  });

  it("sort by their characters in the order in which they were made", () => {
    const ids = [1, 9, 10, 35, 36, 61, 62, 4000].map((number) => makeId("0WO", number));
    expect([...ids].sort()).toEqual(ids);
  });
});
