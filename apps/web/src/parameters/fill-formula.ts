/** A formula with the values of the parameters in their places, for questions that know no run. */
import { formatTextLiteral, parseFormula, walkExpr } from "@fieldbridge/formula";
import type { Parameters, RunParameters } from "@fieldbridge/model";

/** Undefined where a parameter has no value: then the formula cannot be asked. */
export function fillFormula(
  formula: string | undefined,
  parameters: Parameters = {},
  values: RunParameters = {},
): string | undefined {
  const { tree } = parseFormula(formula ?? "");
  if (formula === undefined || !tree) return formula;
  const places: { start: number; end: number; text: string | null }[] = [];
  walkExpr(tree, (expr) => {
    if (expr.kind !== "path") return;
    const [root, name] = expr.segments.map((segment) => segment.name);
    const parameter = root?.toLowerCase() === "param" && name !== undefined ? parameters[name] : undefined;
    if (parameter === undefined || name === undefined) return;
    const value = values[name] ?? "";
    const quoted = formatTextLiteral(value);
    const literals = { text: quoted, number: value, date: `DATEVALUE(${quoted})` };
    places.push({ ...expr.span, text: value === "" ? null : literals[parameter.type] });
  });
  if (places.some(({ text }) => text === null)) return undefined;
  return places
    .toSorted((left, right) => right.start - left.start)
    .reduce(
      (text, place) => text.slice(0, place.start) + (place.text ?? "") + text.slice(place.end),
      formula,
    );
}
