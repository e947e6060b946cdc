/** Which part of a filter the source evaluates itself, and which is left to the engine. */
import {
  odataDialect,
  soqlDialect,
  toSourceFilter,
  type FilterMoment,
  type Scope,
  type SourceFilter,
} from "@fieldbridge/formula";
import type { FilterDialect } from "../ports.ts";

/** `moment` fixes NOW() and TODAY(); without it such conditions are left to the engine. */
export function splitFilter(
  text: string,
  scope: Scope,
  dialect: FilterDialect,
  moment?: FilterMoment,
): SourceFilter {
  switch (dialect.name) {
    case "soql":
      return toSourceFilter(text, scope, soqlDialect, moment);
    case "odata":
      return toSourceFilter(text, scope, { ...odataDialect, orAcrossFields: dialect.orAcrossFields }, moment);
  }
}
