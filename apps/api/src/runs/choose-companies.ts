/** The companies both ends of a transfer work in; a formula that gives none refuses the run in words. */
import { chooseCompany } from "@fieldbridge/engine";
import type { RunParameters, TransferDefinition } from "@fieldbridge/model";
import { notReady } from "../problem.ts";

export function chooseCompanies(
  definition: TransferDefinition,
  parameters: RunParameters,
  runStartedAt: string,
): Record<"source" | "target", { readonly company: string | undefined }> {
  const choose = (side: "source" | "target") => {
    const chosen = chooseCompany(definition, side, parameters, runStartedAt);
    if (chosen.ok) return { company: chosen.company };
    throw notReady(`The company of the ${side} is not known.`, chosen.issues);
  };
  return { source: choose("source"), target: choose("target") };
}
