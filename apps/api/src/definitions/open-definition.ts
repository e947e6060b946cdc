/** A definition made ready to be tried: compiled against the known schemas, with both ports and a clock of its own. */
import { compileTransfer, type Clock, type SystemPort, type TransferPlan } from "@fieldbridge/engine";
import {
  resolveParameters,
  type RunParameters,
  type TransferDefinition,
  type ValueMap,
} from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { notReady, wrongParameters } from "../problem.ts";
import { chooseCompanies } from "../runs/choose-companies.ts";
import { mergeValueMaps } from "./check-definition.ts";
import { loadTransferContext } from "./load-transfer-context.ts";

export interface OpenDefinition {
  readonly plan: TransferPlan;
  readonly source: SystemPort;
  readonly target: SystemPort;
  readonly valueMaps: readonly ValueMap[];
  readonly clock: Clock;
  readonly runStartedAt: string;
  /** With defaults filled in. */
  readonly parameters: RunParameters;
}

/** Throws a problem with the issues where the definition cannot run; `before` says what it is opened for. */
export async function openDefinition(
  context: AppContext,
  definition: TransferDefinition,
  given: {
    readonly before: string;
    readonly parameters: RunParameters;
    readonly valueMaps?: readonly ValueMap[] | undefined;
  },
): Promise<OpenDefinition> {
  const [schemas, valueMaps] = await Promise.all([
    loadTransferContext(context, definition),
    mergeValueMaps(context, given.valueMaps),
  ]);
  if (schemas.source === null || schemas.target === null)
    throw notReady(`Choose a source and a target object before ${given.before}.`);
  const { values: parameters, issues } = resolveParameters(definition.parameters, given.parameters);
  if (issues.length > 0) throw wrongParameters(`Give the parameters before ${given.before}.`, issues);
  const clock = {
    now: () => new Date().toISOString(),
    sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  };
  const runStartedAt = clock.now();
  const { source: from, target: to } = chooseCompanies(definition, parameters, runStartedAt);
  const [source, target] = await Promise.all([
    context.systems.openPort(definition.source.connection, from),
    context.systems.openPort(definition.target.connection, to),
  ]);
  const compiled = compileTransfer(definition, {
    ...schemas,
    valueMaps,
    sourceDialect: source.filterDialect,
  });
  if (!compiled.ok)
    throw notReady(
      `The transfer has errors; they have to be solved before ${given.before}.`,
      compiled.issues,
    );
  return { plan: compiled.plan, source, target, valueMaps, clock, runStartedAt, parameters };
}
