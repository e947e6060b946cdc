/**
 * The values a person gives to a run's parameters: what was given last time on this computer, else the default. Which
 * parameters there are is said by the published revision, because that is what runs.
 */
import { resolveParameters, runParameters, type Parameters, type RunParameters } from "@fieldbridge/model";
import { useState } from "react";
import { useApi } from "../api/index.ts";

const noParameters: Parameters = {};

const placeOf = (transferId: string): string => `fieldbridge.parameters.${transferId}`;

function readRemembered(transferId: string): RunParameters {
  try {
    return runParameters.parse(JSON.parse(localStorage.getItem(placeOf(transferId)) ?? "{}"));
  } catch {
    return {};
  }
}

/** For previews that nobody is asked for: remembered values, defaults, else the first choice. */
export const readTrialParameters = (transferId: string, defined: Parameters = {}): RunParameters => {
  const remembered = readRemembered(transferId);
  return Object.fromEntries(
    Object.entries(defined).map(([name, { default: preset, choices = [] }]) => [
      name,
      remembered[name] ?? preset ?? choices[0] ?? "",
    ]),
  );
};

/** Parameters of the published revision; none until they are known. */
export function usePublishedParameters(transferId: string, published: number | null): Parameters {
  const revisions = useApi(
    "listRevisions",
    { params: { id: transferId } },
    { enabled: published !== null, staleTime: 30_000 },
  );
  return (
    revisions.data?.items.find((each) => each.number === published)?.definition.parameters ?? noParameters
  );
}

export interface ParameterValues {
  readonly defined: Parameters;
  /** What the fields show; a parameter without value has its default when the run starts. */
  readonly values: RunParameters;
  readonly setValue: (name: string, value: string) => void;
  /** Words for each value that is missing or wrong, by name. */
  readonly problems: Readonly<Record<string, string>>;
  readonly isAsked: boolean;
  /** Keeps the values for the next time. */
  readonly remember: () => void;
}

export function useParameterValues(transferId: string, defined: Parameters): ParameterValues {
  const [given, setGiven] = useState<RunParameters>({});
  const remembered = readRemembered(transferId);
  const values = Object.fromEntries(
    Object.entries(defined).map(([name, each]) => [
      name,
      given[name] ?? remembered[name] ?? each.default ?? "",
    ]),
  );
  const { issues } = resolveParameters(defined, values);
  return {
    defined,
    values,
    setValue: (name, value) => setGiven((before) => ({ ...before, [name]: value })),
    problems: Object.fromEntries(
      issues.map(({ path, message }) => [path.replace(/^parameters\./, ""), message]),
    ),
    isAsked: Object.keys(defined).length > 0,
    remember: () => localStorage.setItem(placeOf(transferId), JSON.stringify(values)),
  };
}
