/**
 * Lookups, links and value maps. The values come from the context; one that has no answer yet is asked for, and
 * evaluation goes on to collect further questions before the caller fetches all of them at once.
 */
import {
  BOOLEAN,
  type Builder,
  type Built,
  combine,
  type Frame,
  type StaticType,
  TEXT,
  UNKNOWN,
} from "../build/built.ts";
import { fieldType } from "../build/build-path.ts";
import { locate, narrow } from "../build/narrow.ts";
import { readCell } from "../build/read-cell.ts";
import { findByName } from "../build/resolve-path.ts";
import { cellText } from "../cell.ts";
import { FormulaFailure } from "../failure.ts";
import type { CallExpr } from "../syntax/expr.ts";
import type { LinkRequest, LookupAnswer, LookupRequest } from "../types.ts";
import { isBlank, type Value } from "../value.ts";
import { commonType } from "./branches.ts";
import { defineSpecial, type FunctionEntry, type FunctionParam, placeOf } from "./define.ts";

/** The text of an argument that must be written in quotes. */
function constantText(call: CallExpr, index: number, builder: Builder): string {
  const arg = call.args[index];
  if (arg?.kind === "text") return arg.value;
  if (arg && arg.kind !== "missing") {
    builder.report("FML-217", `${placeOf(call, index)} must be a name in quotes`, { span: arg.span });
  }
  return "";
}

function ask(frame: Frame, request: LookupRequest | LinkRequest): LookupAnswer {
  const { lookup } = frame.context;
  if (!lookup) throw new FormulaFailure("FML-315", "Lookups are not available here");
  const answer = lookup(request);
  if (answer.state === "pending") {
    frame.pending += 1;
    frame.requests ??= [];
    frame.requests.push(request);
  }
  return answer;
}

function resultType(object: string, field: string, builder: Builder): StaticType {
  const { objects } = builder.scope;
  const shape = objects && Object.hasOwn(objects, object) ? objects[object] : undefined;
  const found = shape ? findByName(shape.fields, field) : null;
  return found ? fieldType(found.entry) : UNKNOWN;
}

interface LookupPlan {
  readonly kind: LookupRequest["kind"];
  readonly sort: boolean;
  readonly fallbackAt: number;
}

function buildLookup(call: CallExpr, builder: Builder, plan: LookupPlan): Built {
  const object = constantText(call, 0, builder);
  const keyField = constantText(call, 1, builder);
  const keyExpr = call.args[2];
  const exists = plan.kind === "exists";
  const resultField = exists ? keyField : constantText(call, 3, builder);
  const sortField = plan.sort ? constantText(call, 4, builder) : undefined;
  if (!keyExpr) throw new RangeError(`${call.name} is built with a key`);
  const key = builder.build(keyExpr);
  const keyRun = narrow(key, "scalar", builder, placeOf(call, 2));
  const fallbackExpr = call.args[plan.fallbackAt];
  const fallback = fallbackExpr ? builder.build(fallbackExpr, { special: true }) : null;
  builder.addLookup({ kind: plan.kind, object, keyField, resultField });
  const found: StaticType = exists ? BOOLEAN : resultType(object, resultField, builder);
  const type = fallback ? commonType([{ ...key, type: found }, fallback], builder) : found;
  return {
    expr: call,
    type,
    canBeBlank: !exists,
    constant: false,
    usesLookup: true,
    special: fallback?.special ?? false,
    run: (frame) => {
      const value = keyRun(frame) as Value;
      if (isBlank(value)) return exists ? false : null;
      const request: LookupRequest = {
        kind: plan.kind,
        object,
        keyField,
        key: cellText(value),
        resultField,
        ...(sortField !== undefined && { sortField }),
      };
      try {
        const answer = ask(frame, request);
        switch (answer.state) {
          case "pending":
            return null;
          case "missing":
            if (exists) return false;
            if (fallback) return fallback.run(frame);
            throw new FormulaFailure("FML-307", `No ${object} has ${keyField} "${request.key}"`);
          case "many":
            if (exists) return true;
            throw new FormulaFailure(
              "FML-308",
              `${answer.count} records of ${object} have ${keyField} "${request.key}"`,
            );
          case "found":
            if (exists) return true;
            return readCell(
              answer.value,
              type.name === "unknown" ? (answer.type ?? "text") : foundType(found, answer.type),
              resultField,
            );
        }
      } catch (error) {
        throw locate(error, call, [value], call.name);
      }
    },
  };
}

function foundType(type: StaticType, answered: Extract<LookupAnswer, { state: "found" }>["type"]) {
  const { name } = type;
  return name === "list" || name === "row" || name === "special" || name === "unknown"
    ? (answered ?? "text")
    : name;
}

function buildLinked(call: CallExpr, builder: Builder): Built {
  const [idExpr] = call.args;
  if (!idExpr) throw new RangeError("LINKED is built with an id");
  const id = builder.build(idExpr);
  const run = narrow(id, "scalar", builder, placeOf(call, 0));
  const object = constantText(call, 1, builder);
  builder.addLookup({ kind: "linked", object });
  return {
    expr: call,
    type: TEXT,
    canBeBlank: true,
    constant: false,
    usesLookup: true,
    special: false,
    run: (frame) => {
      const value = run(frame) as Value;
      if (isBlank(value)) return null;
      try {
        const answer = ask(frame, { kind: "linked", object, recordId: cellText(value) });
        if (answer.state === "many") {
          throw new FormulaFailure(
            "FML-308",
            `${answer.count} records of ${object} are linked with "${cellText(value)}"`,
          );
        }
        return answer.state === "found" ? readCell(answer.value, "text", "LINKED") : null;
      } catch (error) {
        throw locate(error, call, [value], "LINKED");
      }
    },
  };
}

function buildMapValue(call: CallExpr, builder: Builder): Built {
  const map = constantText(call, 0, builder);
  const known = builder.scope.valueMaps;
  if (known && map !== "" && !known.includes(map)) {
    builder.report("FML-221", `There is no value map "${map}"`, { span: call.args[0]?.span });
  }
  builder.addLookup({ kind: "valueMap", object: map });
  const [, keyExpr, fallbackExpr] = call.args;
  if (!keyExpr) throw new RangeError("MAPVALUE is built with a value");
  const key = builder.build(keyExpr);
  const run = narrow(key, "scalar", builder, placeOf(call, 1));
  const fallback = fallbackExpr ? builder.build(fallbackExpr, { special: true }) : null;
  return {
    expr: call,
    type: fallback ? commonType([{ ...key, type: TEXT }, fallback], builder) : TEXT,
    canBeBlank: key.canBeBlank || (fallback?.canBeBlank ?? false),
    constant: false,
    usesLookup: key.usesLookup || (fallback?.usesLookup ?? false),
    special: fallback?.special ?? false,
    run: (frame) => {
      const value = run(frame) as Value;
      if (isBlank(value)) return null;
      const text = cellText(value);
      const mapped = frame.context.mapValue?.(map, text);
      if (mapped !== undefined) return mapped;
      if (fallback) return fallback.run(frame);
      const failure = new FormulaFailure("FML-309", `Value map "${map}" has no entry for "${text}"`, {
        map,
        key: text,
      });
      failure.span = call.span;
      throw failure;
    },
  };
}

const objectParam: FunctionParam = { name: "object", kind: "text", constant: true };
const keyParams: readonly FunctionParam[] = [
  objectParam,
  { name: "keyField", kind: "text", constant: true },
  { name: "value", kind: "scalar" },
];
const resultParam: FunctionParam = { name: "resultField", kind: "text", constant: true };
const defaultParam: FunctionParam = { name: "default", kind: "scalar", optional: true, branch: true };

export const lookupFunctions: readonly FunctionEntry[] = [
  defineSpecial({
    name: "LOOKUP",
    group: "Lookup and links",
    params: [...keyParams, resultParam, defaultParam],
    result: "the type of the result field",
    summary:
      "Finds the one record of an object in the target system whose key field has the value, and gives a field of it. All lookups of a page are asked at once.",
    blank: "Blank if the value is blank. An error if nothing is found and there is no default.",
    excel: "Looks in the connected system, not in cells. Several matches are an error.",
    examples: [
      { formula: 'LOOKUP("Customer", "number", "C-100", "name")', result: '"Blue Lake"' },
      { formula: 'LOOKUP("Customer", "number", "C-999", "name", "unknown")', result: '"unknown"' },
      { formula: 'LOOKUP("Customer", "number", "C-999", "name")', result: "Error FML-307" },
    ],
    build: (call, builder) => buildLookup(call, builder, { kind: "lookup", sort: false, fallbackAt: 4 }),
  }),
  defineSpecial({
    name: "LOOKUPFIRST",
    group: "Lookup and links",
    params: [...keyParams, resultParam, { name: "sortField", kind: "text", constant: true }, defaultParam],
    result: "the type of the result field",
    summary: "As LOOKUP, but takes the first of several matches in the order of the sort field.",
    blank: "Blank if the value is blank. An error if nothing is found and there is no default.",
    excel: "Not in Excel.",
    examples: [
      { formula: 'LOOKUPFIRST("Customer", "city", "Aarhus", "name", "number")', result: '"Blue Lake"' },
      { formula: 'LOOKUPFIRST("Customer", "city", "Oslo", "name", "number", "none")', result: '"none"' },
      { formula: 'LOOKUPFIRST("Customer", "city", BLANK, "name", "number")', result: "BLANK" },
    ],
    build: (call, builder) => buildLookup(call, builder, { kind: "lookupFirst", sort: true, fallbackAt: 5 }),
  }),
  defineSpecial({
    name: "EXISTS",
    group: "Lookup and links",
    params: keyParams,
    result: "Boolean",
    summary: "TRUE when a record of the object has the value in its key field.",
    blank: "FALSE if the value is blank.",
    excel: "Not in Excel.",
    examples: [
      { formula: 'EXISTS("Customer", "number", "C-100")', result: "TRUE" },
      { formula: 'EXISTS("Customer", "number", "C-999")', result: "FALSE" },
      { formula: 'EXISTS("Customer", "number", BLANK)', result: "FALSE" },
    ],
    build: (call, builder) => buildLookup(call, builder, { kind: "exists", sort: false, fallbackAt: 99 }),
  }),
  defineSpecial({
    name: "MAPVALUE",
    group: "Lookup and links",
    params: [{ name: "map", kind: "text", constant: true }, { name: "value", kind: "scalar" }, defaultParam],
    result: "Text",
    summary: "Translates a value with a value map.",
    blank: "Blank if the value is blank. An unknown value without default is an error.",
    excel: "Not in Excel.",
    examples: [
      { formula: 'MAPVALUE("Units", "PCS")', result: '"STK"' },
      { formula: 'MAPVALUE("Units", "BOX", "STK")', result: '"STK"' },
      { formula: 'MAPVALUE("Units", "BOX")', result: "Error FML-309" },
    ],
    build: buildMapValue,
  }),
  defineSpecial({
    name: "LINKED",
    group: "Lookup and links",
    params: [{ name: "recordId", kind: "scalar" }, objectParam],
    result: "Text",
    summary: "The id of the partner record in the other system, as earlier transfers remembered it.",
    blank: "Blank if the id is blank or no partner is known.",
    excel: "Not in Excel.",
    examples: [
      { formula: 'LINKED("001A", "Customer")', result: '"C-100"' },
      { formula: 'LINKED("001X", "Customer")', result: "BLANK" },
      {
        formula: 'BLANKVALUE(LINKED("001X", "Customer"), FAIL("run Customers first"))',
        result: "Fail: run Customers first",
      },
    ],
    build: buildLinked,
  }),
  defineSpecial({
    name: "RECORDURL",
    group: "Lookup and links",
    params: [objectParam, { name: "id", kind: "scalar" }],
    result: "Text",
    summary: "The address under which a person opens the record.",
    blank: "Blank if the id is blank or the system has no address for it.",
    excel: "Not in Excel.",
    examples: [
      { formula: 'RECORDURL("Account", "001A")', result: '"https://crm.example/Account/001A"' },
      { formula: 'RECORDURL("Account", BLANK)', result: "BLANK" },
      { formula: 'LEN(RECORDURL("Account", "1"))', result: "29" },
    ],
    build(call, builder) {
      const object = constantText(call, 0, builder);
      const [, idExpr] = call.args;
      if (!idExpr) throw new RangeError("RECORDURL is built with an id");
      const id = builder.build(idExpr);
      const run = narrow(id, "scalar", builder, placeOf(call, 1));
      return {
        expr: call,
        type: TEXT,
        ...combine([id]),
        constant: false,
        canBeBlank: true,
        special: false,
        run: (frame) => {
          const value = run(frame) as Value;
          return isBlank(value) ? null : (frame.context.recordUrl?.(object, cellText(value)) ?? null);
        },
      };
    },
  }),
];
