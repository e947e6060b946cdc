/**
 * The order that transfers themselves ask for: what one looks up, refers to or reads back, another has to bring
 * first. A proposal with its reasons; a person decides.
 */
import { listFields, listLookups, type FieldPath } from "@fieldbridge/formula";
import type { Mappings, ObjectSchema, SuggestedOrder, TransferDefinition } from "@fieldbridge/model";
import type { TransferContext } from "../plan/transfer-plan.ts";
import { findLineObject, findRelated, withOwnObjects } from "../scopes.ts";

export interface OrderedTransfer {
  readonly definition: TransferDefinition;
  /** The schemas around it; a side that is not known gives no reasons. */
  readonly context: TransferContext;
}

/** Formulas with the object whose record they see. */
interface FormulaPlace {
  readonly record: ObjectSchema | null;
  readonly formulas: readonly string[];
}

const ofMappings = (mappings: Mappings): string[] =>
  Object.values(mappings).flatMap((each) => [each.value, each.default ?? ""]);

function listPlaces({ definition, context }: OrderedTransfer): FormulaPlace[] {
  const { match, mappings, filter = "", lines = [] } = definition;
  const keys = match?.by === "keys" ? Object.values(match.keys) : [];
  return [
    {
      record: context.source,
      formulas: [filter, ...keys, ...ofMappings(mappings), ...lines.flatMap((each) => each.rows ?? [])],
    },
    ...lines.map((each) => ({
      record: findLineObject(context, each),
      formulas: [each.filter ?? "", ...ofMappings(each.mappings)],
    })),
  ];
}

/** Whether a path ends in one of these fields of the object. */
function endsIn(
  path: FieldPath,
  record: ObjectSchema | null,
  context: TransferContext,
  wanted: { readonly object: string; readonly fields: ReadonlySet<string> },
): boolean {
  const [first = "", ...rest] = path;
  const objects = withOwnObjects(context.source, context.sourceObjects);
  if (rest.length === 0) return record?.name === wanted.object && wanted.fields.has(first);
  if (first === "header") return endsIn(rest, context.source, context, wanted);
  const next = findRelated(record, first, "one", objects) ?? findRelated(record, first, "many", objects);
  return endsIn(rest, next, context, wanted);
}

/** Target fields a transfer fills that refer to this object, by label. */
function listReferences({ definition, context }: OrderedTransfer, object: string): string[] {
  const objects = withOwnObjects(context.target, context.targetObjects);
  const filled = [
    { target: context.target, mappings: definition.mappings },
    ...(definition.lines ?? []).map((each) => ({
      target: findRelated(context.target, each.target, "many", objects),
      mappings: each.mappings,
    })),
  ];
  return filled.flatMap(({ target, mappings }) =>
    (target?.fields ?? [])
      .filter((field) => field.refersTo === object && Object.hasOwn(mappings, field.name))
      .map((field) => field.label),
  );
}

/** Why `later` should come after `earlier`, in words; null where nothing asks for it. */
function findReason(earlier: OrderedTransfer, later: OrderedTransfer): string | null {
  const made = earlier.definition.target;
  const places = listPlaces(later);
  const uses = places.flatMap(({ formulas }) => formulas.flatMap((text) => listLookups(text)));
  const sameTarget = made.connection === later.definition.target.connection;
  if (sameTarget && uses.some((use) => use.kind === "linked" && use.object === made.object))
    return `It asks with LINKED() for the ${made.object} made there.`;
  const sees = sameTarget || made.connection === later.definition.source.connection;
  const looks = uses.some(
    (use) => use.kind !== "linked" && use.kind !== "valueMap" && use.object === made.object,
  );
  if (sees && looks) return `It looks up ${made.object}, which are written there.`;
  const [reference] =
    sameTarget && made.object !== later.definition.target.object ? listReferences(later, made.object) : [];
  if (reference !== undefined) return `Its field ${reference} refers to ${made.object}.`;

  const { source, writeBacks = [] } = earlier.definition;
  if (source.connection !== later.definition.source.connection) return null;
  const own = writeBacks.filter((each) => each.to === undefined);
  const wanted = { object: source.object, fields: new Set(own.flatMap((each) => Object.keys(each.values))) };
  const readsBack = places
    .flatMap(({ record, formulas }) =>
      formulas.flatMap((text) =>
        listFields(text).filter((path) => endsIn(path, record, later.context, wanted)),
      ),
    )
    .map((path) => path.join("."));
  return source.object === later.definition.source.object || readsBack[0] === undefined
    ? null
    : `It reads ${readsBack[0]}, which is written back there.`;
}

/** Transfers in the order given; a reason that would close a circle is left out. */
export function suggestOrder(transfers: readonly OrderedTransfer[]): SuggestedOrder[] {
  const after = new Map<string, SuggestedOrder["after"]>(
    transfers.map(({ definition }) => [definition.id, []]),
  );
  const comesAfter = (id: string, before: string): boolean =>
    id === before || (after.get(id) ?? []).some((each) => comesAfter(each.transfer, before));
  for (const later of transfers)
    for (const earlier of transfers) {
      const [id, before] = [later.definition.id, earlier.definition.id];
      if (comesAfter(before, id)) continue;
      const reason = findReason(earlier, later);
      if (reason !== null) after.get(id)?.push({ transfer: before, reason });
    }
  return [...after].map(([transfer, found]) => ({ transfer, after: found }));
}
