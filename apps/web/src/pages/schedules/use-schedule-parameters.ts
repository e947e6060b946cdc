/** Values a schedule gives to the parameters of its transfer with every run: kept in it, else their defaults. */
import { resolveParameters, type RunParameters, type Transfer } from "@fieldbridge/model";
import { usePublishedParameters, type ParameterValues } from "../../parameters/use-parameter-values.ts";

export function useScheduleParameters(
  transfer: Pick<Transfer, "id" | "published"> | undefined,
  given: RunParameters,
  onChange: (values: RunParameters) => void,
): ParameterValues {
  const defined = usePublishedParameters(transfer?.id ?? "", transfer?.published ?? null);
  const values = Object.fromEntries(
    Object.entries(defined).map(([name, parameter]) => [name, given[name] ?? parameter.default ?? ""]),
  );
  const { issues } = resolveParameters(defined, values);
  return {
    defined,
    values,
    setValue: (name, value) => onChange({ ...values, [name]: value }),
    problems: Object.fromEntries(
      issues.map(({ path, message }) => [path.replace(/^parameters\./, ""), message]),
    ),
    isAsked: Object.keys(defined).length > 0,
    // A schedule keeps its own values; what a person gives by hand is remembered elsewhere.
    remember: () => undefined,
  };
}
