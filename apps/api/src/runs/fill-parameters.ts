/**
 * Values of a transfer's parameters as its published revision wants them (its draft, where there is none), for runs and
 * for what they remember.
 */
import { resolveParameters, runParameters, type RunParameters, type Transfer } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { notValid, orNotFound, wrongParameters } from "../problem.ts";
import { findRevision } from "../stores/transfers.store.ts";

/** With defaults filled in; refused with 422 and an issue for each that is missing, wrong or unknown. */
export async function fillParameters(
  { db }: Pick<AppContext, "db">,
  transfer: Pick<Transfer, "id" | "name" | "published" | "definition">,
  given: RunParameters,
): Promise<RunParameters> {
  const { id, name, published } = transfer;
  const { definition } =
    published === null
      ? transfer
      : orNotFound(await findRevision(db, id, published), `Revision ${published}`);
  const { values, issues } = resolveParameters(definition.parameters, given);
  if (issues.length === 0) return values;
  throw wrongParameters(
    `"${name}" cannot do this with these parameters: ${issues.map(({ message }) => message).join(" ")}`,
    issues,
  );
}

/** The values of a query, which carries them as one JSON text. */
export function readParametersText(text: string | undefined): RunParameters {
  if (text === undefined) return {};
  try {
    return runParameters.parse(JSON.parse(text));
  } catch {
    throw notValid('The parameters are no JSON object of texts such as {"Company":"CRONUS"}.');
  }
}
