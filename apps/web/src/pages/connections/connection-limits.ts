/** The limits of a connection as fields of a form, and back into its settings. */
import { connectionConfig, type ConnectionConfig, type SystemName } from "@fieldbridge/model";

export type LimitValues = Readonly<Record<string, number | undefined>>;

export interface LimitField {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly suffix?: string;
  readonly min: number;
  readonly max: number;
  /** What holds where nothing is entered. */
  readonly usual: number;
}

const parallelCalls: LimitField = {
  name: "parallelCalls",
  label: "Calls at once",
  hint: "More is faster until the system refuses.",
  min: 1,
  max: 25,
  usual: 5,
};

export const limitFields: Readonly<Record<SystemName, readonly LimitField[]>> = {
  salesforce: [
    {
      name: "dailyPercent",
      label: "Use at most this share of the daily calls",
      hint: "Counts the calls of everybody in the org. At this share Fieldbridge waits and leaves the rest to others.",
      suffix: " %",
      min: 1,
      max: 100,
      usual: 90,
    },
    parallelCalls,
  ],
  "business-central": [
    {
      name: "callsPerFiveMinutes",
      label: "Calls in five minutes",
      hint: "Business Central takes 6,000 from one user.",
      min: 10,
      max: 6_000,
      usual: 6_000,
    },
    parallelCalls,
  ],
};

export const toLimits = (config: ConnectionConfig): LimitValues => ({ ...config.limits });

/** Empty fields are left out. */
export function withLimits(config: ConnectionConfig, values: LimitValues): ConnectionConfig {
  const limits = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  return connectionConfig.parse({ ...config, limits });
}
