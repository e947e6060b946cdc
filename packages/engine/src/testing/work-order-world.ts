/** Both systems, the store and a clock around the work-order scenario, ready to run again and again. */
import type { Preview, PreviewSelection, TransferDefinition, ValueMap } from "@fieldbridge/model";
import type { TransferPlan } from "../plan/transfer-plan.ts";
import { previewTransfer } from "../preview-transfer.ts";
import { runTransfer, type RunRequest, type RunSummary } from "../run-transfer.ts";
import { createFaultPoints, type FaultPoint, type FaultRule } from "./fault-points.ts";
import { createMemoryClock } from "./memory-clock.ts";
import { createMemoryStore } from "./memory-store.ts";
import { createMemorySystem, type MemorySystemOptions } from "./memory-system.ts";
import {
  planWorkOrders,
  units,
  workOrderRows,
  workOrderSchemas,
  type WorkOrderInput,
} from "./work-orders.ts";

export interface WorldOptions {
  readonly transfer?: Partial<TransferDefinition>;
  readonly source?: Partial<MemorySystemOptions>;
  readonly target?: Partial<MemorySystemOptions>;
  readonly valueMaps?: readonly ValueMap[];
  readonly linked?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export function openWorld(orders: readonly WorkOrderInput[], options: WorldOptions = {}) {
  const clock = createMemoryClock();
  let rule: FaultRule = () => undefined;
  let passed: FaultPoint[] = [];
  const points = createFaultPoints((point) => {
    const own = { ...point, index: passed.length };
    passed.push(own);
    rule(own);
  });
  const source = createMemorySystem({
    name: "source",
    objects: workOrderSchemas.source,
    rows: workOrderRows(orders),
    clock,
    faultPoints: points,
    ...options.source,
  });
  const target = createMemorySystem({
    name: "target",
    objects: workOrderSchemas.target,
    clock,
    faultPoints: points,
    assign: (object, _values, count) => (object === "salesInvoices" ? { number: `INV-${count}` } : {}),
    ...options.target,
  });
  const store = createMemoryStore({ linked: options.linked ?? {} });
  const plan: TransferPlan = planWorkOrders(options.transfer);
  let runs = 0;

  /** One run a minute after the last one. */
  const run = (more: Partial<RunRequest> & { readonly rule?: FaultRule } = {}): Promise<RunSummary> => {
    runs += 1;
    clock.advance(60_000);
    rule = more.rule ?? (() => undefined);
    passed = [];
    return runTransfer({
      plan,
      source,
      target,
      store: store.forRun(`run-${runs}`, points),
      clock,
      valueMaps: options.valueMaps ?? [units],
      runStartedAt: clock.now(),
      scope: { kind: "changes" },
      ...more,
    });
  };
  const preview = (selection: PreviewSelection): Promise<Preview> =>
    previewTransfer({
      plan,
      source,
      target,
      clock,
      valueMaps: options.valueMaps ?? [units],
      store: store.forRun("preview"),
      selection,
    });
  return {
    preview,
    clock,
    source,
    target,
    store,
    plan,
    run,
    /** Fault points the last run passed. */
    passed: (): readonly FaultPoint[] => passed,
    invoices: () => target.list("salesInvoices"),
    invoiceLines: () => target.list("salesInvoiceLine"),
    workOrder: (number: string) => source.list("WorkOrder").find((row) => row["WorkOrderNumber"] === number),
    outcomesOf: (runId: string) =>
      Object.fromEntries(store.outcomes(runId).map((each) => [each.label, each.action])),
  };
}

export type WorkOrderWorld = ReturnType<typeof openWorld>;
