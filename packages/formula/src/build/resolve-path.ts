/**
 * Resolves a path against the scope: exact names first, then without regard to case (with a Fix), else a
 * did-you-mean. Only names of the schema are ever read from a row, so `constructor` is just an unknown field.
 */
import { formatSegment } from "../syntax/format.ts";
import type { PathExpr, PathSegment } from "../syntax/expr.ts";
import type { FieldShape, FormulaFix, ObjectShape, RelationShape, Scope } from "../types.ts";
import type { IssueDetails, FormulaIssueCode } from "../issue-codes.ts";
import { closestName } from "./closest-name.ts";

export interface ResolvedPath {
  /** Name of the root, or null where the path starts in the record. */
  readonly root: string | null;
  readonly relations: readonly RelationShape[];
  readonly field: FieldShape | null;
  /** The object the path ends in. */
  readonly shape: ObjectShape;
  /** Canonical names from the first segment on. */
  readonly names: readonly string[];
}

type Report = (code: FormulaIssueCode, message: string, details?: IssueDetails) => void;

export interface Found<T> {
  readonly entry: T;
  readonly exact: boolean;
}

export function findByName<T extends { readonly name: string }>(
  entries: readonly T[],
  name: string,
): Found<T> | null {
  const exact = entries.find((entry) => entry.name === name);
  if (exact) return { entry: exact, exact: true };
  const lower = name.toLowerCase();
  const similar = entries.find((entry) => entry.name.toLowerCase() === lower);
  return similar ? { entry: similar, exact: false } : null;
}

function replaceFix(segment: PathSegment, name: string): FormulaFix {
  return { label: `Replace with ${name}`, span: segment.span, text: formatSegment(name) };
}

/** Reports what is wrong and returns null, or the resolved path. */
export function resolvePath(expr: PathExpr, scope: Scope, report: Report): ResolvedPath | null {
  const [first] = expr.segments;
  if (!first) return null;
  const rootNames = Object.keys(scope.roots ?? {}).map((name) => ({ name }));
  let shape = scope.record;
  let root: string | null = null;
  let index = 0;
  const inRecord = findByName<FieldShape | RelationShape>([...shape.fields, ...shape.relations], first.name);
  if (!inRecord?.exact) {
    const asRoot = findByName(rootNames, first.name);
    const rootShape = asRoot && (asRoot.exact || !inRecord) ? scope.roots?.[asRoot.entry.name] : undefined;
    if (asRoot && rootShape) {
      if (!asRoot.exact) reportSpelling(first, asRoot.entry.name, report);
      root = asRoot.entry.name;
      shape = rootShape;
      index = 1;
    }
  }
  const relations: RelationShape[] = [];
  const names: string[] = root === null ? [] : [root];
  let field: FieldShape | null = null;
  for (; index < expr.segments.length; index += 1) {
    const segment = expr.segments[index];
    if (!segment) break;
    if (field) {
      const message = `"${field.name}" is a field, it has nothing called "${segment.name}"`;
      report("MAP-104", message, { span: segment.span });
      return null;
    }
    const foundField = findByName(shape.fields, segment.name);
    const foundRelation = findByName(shape.relations, segment.name);
    const isLast = index === expr.segments.length - 1;
    const useField = foundField && (foundField.exact || !foundRelation?.exact) && (isLast || !foundRelation);
    if (useField) {
      if (!foundField.exact) reportSpelling(segment, foundField.entry.name, report);
      field = foundField.entry;
      names.push(field.name);
    } else if (foundRelation) {
      if (!foundRelation.exact) reportSpelling(segment, foundRelation.entry.name, report);
      const relation = foundRelation.entry;
      const object = ownEntry(scope.objects, relation.object);
      if (!object) {
        const message = `The fields of "${relation.name}" (${relation.object}) are not known here`;
        report("MAP-104", message, { span: segment.span });
        return null;
      }
      relations.push(relation);
      names.push(relation.name);
      shape = object;
    } else {
      reportUnknown(segment, shape, index === 0 ? rootNames : [], report);
      return null;
    }
  }
  return { root, relations, field, shape, names };
}

function ownEntry<T>(entries: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return entries && Object.hasOwn(entries, name) ? entries[name] : undefined;
}

function reportSpelling(segment: PathSegment, name: string, report: Report): void {
  report("FML-223", `"${segment.name}" was read as "${name}"`, {
    span: segment.span,
    fix: replaceFix(segment, name),
  });
}

function reportUnknown(
  segment: PathSegment,
  shape: ObjectShape,
  roots: readonly { readonly name: string }[],
  report: Report,
): void {
  const members = [...shape.fields, ...shape.relations];
  const lower = segment.name.toLowerCase();
  const byLabel = members.find((member) => member.label?.toLowerCase() === lower);
  const suggestion =
    byLabel?.name ??
    closestName(
      segment.name,
      [...members, ...roots].map((member) => member.name),
    );
  const message = suggestion
    ? `Unknown field "${segment.name}". Did you mean ${suggestion}?`
    : `Unknown field "${segment.name}" in ${shape.label ?? shape.name}`;
  report("MAP-104", message, {
    span: segment.span,
    fix: suggestion === undefined ? undefined : replaceFix(segment, suggestion),
  });
}
