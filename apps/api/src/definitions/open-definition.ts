/** A definition made ready to be tried: compiled against the known schemas, with both ports and a clock of its own. */
import { compileTransfer, type Clock, type SystemPort, type TransferPlan } from "@fieldbridge/engine";
import type { TransferDefinition, ValueMap } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { notReady } from "../problem.ts";
import { mergeValueMaps } from "./check-definition.ts";
import { loadTransferContext } from "./load-transfer-context.ts";

export interface OpenDefinition {
  readonly plan: TransferPlan;
  readonly source: SystemPort;
  readonly target: SystemPort;
  readonly valueMaps: readonly ValueMap[];
  readonly clock: Clock;
}

/** Throws a 409 problem with the issues where the definition cannot run; `what` says what it was opened for. */
export async function openDefinition(
  context: AppContext,
  definition: TransferDefinition,
  what: string,
  givenMaps?: readonly ValueMap[],
): Promise<OpenDefinition> {
  const [schemas, valueMaps] = await Promise.all([
    loadTransferContext(context, definition),
    mergeValueMaps(context, givenMaps),
  ]);
  if (schemas.source === null || schemas.target === null)
    throw notReady(`Choose a source and a target object before ${what}.`);
  const [source, target] = await Promise.all([
    context.systems.openPort(definition.source.connection),
    context.systems.openPort(definition.target.connection),
  ]);
  const compiled = compileTransfer(definition, {
    ...schemas,
    valueMaps,
    sourceDialect: source.filterDialect,
  });
  if (!compiled.ok)
    throw notReady(`The transfer has errors; they have to be solved before ${what}.`, compiled.issues);
  const clock = {
    now: () => new Date().toISOString(),
    sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  };
  return { plan: compiled.plan, source, target, valueMaps, clock };
}
