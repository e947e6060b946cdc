/** Connectors: the outside systems behind the engine's `SystemPort`. */
export { createSystemPort, type SystemPortOptions } from "./create-system-port.ts";
export { createSalesforcePort, type SalesforcePortOptions } from "./salesforce/create-salesforce-port.ts";
export {
  createBusinessCentralPort,
  type BusinessCentralPortOptions,
} from "./business-central/create-business-central-port.ts";
export type { PortEnvironment } from "./port-environment.ts";
export type { ResilienceOptions } from "./http/resilience.ts";
export { toShareLimits } from "./gate-limits.ts";
export { createGate, toTestGate, type Gate, type GateOptions } from "./http/gate.ts";
export type { Closure, DailyUsage, GateShare, ShareLimits } from "./http/gate-share.ts";
export { createTokenStore, type TokenShare, type TokenStore } from "./oauth/token-store.ts";
export type { HttpOptions } from "./http/http-client.ts";
export type { AllowAddress } from "./http/guarded-connector.ts";
