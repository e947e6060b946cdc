/** The parameters of a run in one line: "Company CRONUS, Rate 1.5"; blank values are left out. */
import type { RunParameters } from "@fieldbridge/model";

export const describeParameters = (values: RunParameters): string =>
  Object.entries(values)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
