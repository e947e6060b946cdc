// The sandboxes: servers that speak the wire protocols of the systems we connect, over one shared, believable set of
// data. They import nothing of the product, so that a mistake of ours cannot agree with itself.
export { createClock, type Clock } from "./core/clock.ts";
export type { FaultEffect, FaultRule } from "./core/faults.ts";
export type { SandboxStore } from "./core/store.ts";
export {
  startBusinessCentralSandbox,
  type BusinessCentralSandbox,
  type BusinessCentralSandboxOptions,
} from "./business-central/start-business-central-sandbox.ts";
export { startSalesforceSandbox, type RunningSandbox } from "./salesforce/start.ts";
