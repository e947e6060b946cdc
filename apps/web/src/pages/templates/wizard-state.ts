/** What the wizard remembers while nothing is created yet: chosen connections and reviewed value maps. */
import type { Connection, Template, ValueMap } from "@fieldbridge/model";

export type WizardStep = "connect" | "check" | "preview";
export const wizardSteps: readonly { id: WizardStep; title: string }[] = [
  { id: "connect", title: "Connect" },
  { id: "check", title: "Check" },
  { id: "preview", title: "Preview" },
];

export const readStep = (text: string | undefined): WizardStep =>
  wizardSteps.find((step) => step.id === text)?.id ?? "connect";

/** Per role the built-in sandbox of the right system, else any connection to that system. */
export function proposeConnections(
  template: Template,
  connections: readonly Connection[],
): Record<string, string> {
  return Object.fromEntries(
    template.ends.flatMap((end) => {
      const usable = connections.filter((each) => each.config.system === end.system);
      const best = usable.find((each) => each.builtIn) ?? usable[0];
      return best === undefined ? [] : [[end.role, best.id]];
    }),
  );
}

export interface ReviewedMap {
  readonly map: ValueMap;
  /** The library has a map of this name already; that one is used as it is. */
  readonly inLibrary: boolean;
}

/** The maps the transfers will use: those of the library win over the template's answers. */
export const reviewMaps = (
  template: Template,
  edited: Readonly<Record<string, ValueMap>>,
  library: readonly ValueMap[],
): ReviewedMap[] =>
  template.valueMaps.map((map) => {
    const stored = library.find((each) => each.name === map.name);
    return stored === undefined
      ? { map: edited[map.name] ?? map, inLibrary: false }
      : { map: stored, inLibrary: true };
  });
