/** A named formula while it is edited: what is compared, renamed in tests, and sent. */
import type { LibraryFormula, NamedFormula } from "@fieldbridge/model";

/** `NETPRICE(gross, [rate])` */
export const signatureOf = ({ name, parameters }: Pick<NamedFormula, "name" | "parameters">): string =>
  `${name}(${parameters.map((each) => (each.optional ? `[${each.name}]` : each.name)).join(", ")})`;

export const emptyFormula: LibraryFormula = { name: "", parameters: [], body: "", tests: [] };

/** As it is stored: tests keep values of parameters that exist, and blanks are left out. */
export function toSaved({ name, parameters, body, description, tests }: LibraryFormula): LibraryFormula {
  const known = new Set(parameters.map((each) => each.name));
  return {
    name,
    parameters: parameters.map(({ optional, ...each }) => (optional ? { ...each, optional } : each)),
    body,
    ...(description ? { description } : {}),
    tests: tests.map(({ label, expected, ...test }) => ({
      ...(label ? { label } : {}),
      arguments: Object.fromEntries(
        Object.entries(test.arguments).filter(([key, value]) => known.has(key) && value !== ""),
      ),
      expected,
    })),
  };
}

export const isSameFormula = (left: LibraryFormula, right: LibraryFormula): boolean =>
  JSON.stringify(toSaved(left)) === JSON.stringify(toSaved(right));

/** The parameter under another name; the tests keep their values. */
export function renameParameter(formula: LibraryFormula, index: number, name: string): LibraryFormula {
  const before = formula.parameters[index]?.name ?? "";
  return {
    ...formula,
    parameters: formula.parameters.map((each, at) => (at === index ? { ...each, name } : each)),
    tests: formula.tests.map((test) => {
      const { [before]: value, ...rest } = test.arguments;
      return value === undefined ? test : { ...test, arguments: { ...rest, [name]: value } };
    }),
  };
}
