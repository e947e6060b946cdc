/** Connectors: the outside systems behind the engine's `SystemPort`. */
export { createSystemPort, type SystemPortOptions } from "./create-system-port.ts";
export { createSalesforcePort, type SalesforcePortOptions } from "./salesforce/create-salesforce-port.ts";
export {
  createBusinessCentralPort,
  type BusinessCentralPortOptions,
} from "./business-central/create-business-central-port.ts";
export type { PortEnvironment } from "./port-environment.ts";
export type { ResilienceOptions } from "./http/resilience.ts";
export { gateLimits, type GateLimits } from "./gate-limits.ts";
export { createGate, type Gate, type GateOptions } from "./http/gate.ts";
export { createTokenStore, type TokenStore } from "./oauth/token-store.ts";
export type { HttpOptions } from "./http/http-client.ts";
export type { AllowAddress } from "./http/guarded-connector.ts";
