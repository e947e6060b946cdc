/** The ports in memory, for scenario tests here and in packages that build on the engine. */
export * from "./fault-points.ts";
export * from "./memory-clock.ts";
export * from "./memory-store.ts";
export * from "./memory-system.ts";
export * from "./schema-builders.ts";
