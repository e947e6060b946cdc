/** A person finds a function by its name, by what another tool calls it, and by what it does. */
import { functions, otherNames } from "@fieldbridge/formula";
import { describe, expect, it } from "vitest";
import { findFunction, findFunctions, groupFunctions } from "./find-functions.ts";

const namesFor = (search: string) => findFunctions(search).map(({ name }) => name);

describe("the search of the function reference", () => {
  it("lists every function once while nothing is searched", () => {
    expect(namesFor(" ")).toEqual(functions.map(({ name }) => name));
    expect(groupFunctions(findFunctions("")).flatMap((part) => part.functions).length).toBe(functions.length);
  });

  it("puts the function of this name first, whatever the case and the bracket behind it", () => {
    expect(namesFor("round(")[0]).toBe("ROUND");
    expect(namesFor("Text")[0]).toBe("TEXT");
  });

  it("knows what Excel and others call it", () => {
    expect(namesFor("VLOOKUP")).toContain("LOOKUP");
    expect(namesFor("concatenate")).toContain("CONCAT");
    expect(namesFor("substr")[0]).toBe("MID");
  });

  it("finds by words of the summary and of the group, and needs all of them", () => {
    expect(namesFor("money")).toContain("SPLITAMOUNT");
    expect(namesFor("money zzz")).toEqual([]);
  });

  it("names other tools' words only for functions that exist", () => {
    expect(Object.keys(otherNames).filter((name) => findFunction(name) === undefined)).toEqual([]);
  });
});
