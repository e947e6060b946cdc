/** Values that value maps do not list: noted while a record is mapped, counted per page for the library. */
import type { Issue } from "@fieldbridge/model";
import type { UnknownValueCount } from "../ports.ts";
import type { RecordState } from "../record-state.ts";
import type { RunContext } from "../run-context.ts";

type UnknownValue = NonNullable<Issue["valueMap"]>;

const toId = ({ map, key }: UnknownValue): string => JSON.stringify([map, key]);

/** The same context, with what its value maps were asked for in vain. */
export function noteUnknownValues<C extends Pick<RunContext, "evaluation" | "valueMaps">>(
  context: C,
): { readonly context: C; readonly unknownValues: () => readonly UnknownValue[] } {
  const noted = new Map<string, UnknownValue>();
  const mapValue = context.valueMaps.readNoting((map, key) => noted.set(toId({ map, key }), { map, key }));
  return {
    context: { ...context, evaluation: { ...context.evaluation, mapValue } },
    unknownValues: () => [...noted.values()],
  };
}

/** Each record counts once per value, as held where one of its issues is about the value. */
export function countUnknownValues(page: readonly RecordState[]): UnknownValueCount[] {
  const counts = new Map<string, UnknownValueCount>();
  for (const state of page) {
    const failing = [...state.issues, ...state.writeBackIssues].flatMap((issue) => issue.valueMap ?? []);
    const held = new Set(failing.map(toId));
    const met = new Map([...state.unknownValues, ...failing].map((each) => [toId(each), each]));
    for (const [id, { map, key }] of met) {
      const before = counts.get(id) ?? { map, value: key, held: 0, defaulted: 0, example: state.label };
      counts.set(
        id,
        held.has(id) ? { ...before, held: before.held + 1 } : { ...before, defaulted: before.defaulted + 1 },
      );
    }
  }
  return [...counts.values()];
}
