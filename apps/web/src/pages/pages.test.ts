/** What the pages decide before they draw: proposals, filters, drafts and requests. */
import {
  connectionConfig,
  slug,
  transferDefinition,
  type Connection,
  type FailureCause,
  type HeldRecord,
  type Issue,
  type Preview,
  type Transfer,
  type ValueMap,
} from "@fieldbridge/model";
import { describe, expect, test } from "vitest";
import { toRun } from "../testing/runs.ts";
import { checkForm, toConfig, toSlug } from "./connections/connection-form.ts";
import { describeField } from "./connections/describe-field.ts";
import { groupByCause } from "./held/group-by-cause.ts";
import { toLines } from "./held/record-tree.tsx";
import { suggestTarget } from "./held/suggest-target.ts";
import { lastFailures } from "./home/attention.tsx";
import { findUsers } from "./library/used-by.ts";
import { sortCauses } from "./runs/run-causes.tsx";
import { describePlan } from "./templates/preview-step.tsx";
import { proposeConnections, reviewMaps } from "./templates/wizard-state.ts";
import { toNewDefinition, toTransferId } from "./transfers/to-new-definition.ts";
import { findEnded } from "../shell/find-ended.ts";
import { filterTransfers, toTransferState } from "./transfers/transfer-state.ts";

const units: ValueMap = {
  name: "Units",
  entries: [
    { from: "Each", to: "PCS" },
    { from: "Hours", to: "HOUR" },
    { from: "Meter", to: "M" },
  ],
};
const issue: Issue = { code: "FML-309", severity: "error", path: "mappings.unit", message: "m", hint: "" };

describe("repairing an unknown value", () => {
  test("a value that reads like a listed code is proposed", () => {
    expect(suggestTarget(units, "PCS.")).toBe("PCS");
    expect(suggestTarget(units, "each")).toBe("PCS");
  });

  test("nothing is proposed where nothing is close", () => {
    expect(suggestTarget(units, "Barrel")).toBe("");
    expect(suggestTarget(units, "...")).toBe("");
    expect(suggestTarget(units, "mm")).toBe("");
  });

  test("of equally large causes the one that an entry repairs comes first", () => {
    const cause = (signature: string, count: number, valueMap?: Issue["valueMap"]): FailureCause => ({
      signature,
      title: signature,
      count,
      issue: valueMap ? { ...issue, valueMap } : issue,
      sampleLabels: [],
      heldIds: [],
    });
    const sorted = sortCauses([cause("a", 1), cause("b", 1, { map: "Units", key: "x" }), cause("c", 4)]);
    expect(sorted.map((each) => each.signature)).toEqual(["c", "b", "a"]);
  });

  test("held records of one cause are one group", () => {
    const held = (id: string, signature: string): HeldRecord => ({
      id,
      transferId: "tr_a",
      transferName: "A",
      parameters: {},
      sourceKey: id,
      label: id,
      step: "record",
      class: "data",
      signature,
      issues: [issue],
      state: "open",
      attempts: 1,
      firstRunId: "1",
      lastRunId: "1",
      nextAttemptAt: null,
      heldSince: "2026-11-20T12:00:00.000Z",
      closedAt: null,
      ignoredReason: null,
      assignee: null,
    });
    const groups = groupByCause([held("1", "a"), held("2", "b"), held("3", "b")]);
    expect(groups.map((group) => [group.signature, group.count])).toEqual([
      ["b", 2],
      ["a", 1],
    ]);
  });
});

describe("a transfer from scratch", () => {
  test("is a valid draft even before its objects are chosen", () => {
    const empty = { connection: "", object: "" };
    expect(
      transferDefinition.safeParse(toNewDefinition("Kunden → Debitoren", empty, empty, "0af3-99")).error,
    ).toBe(undefined);
  });

  test("equal names get different ids", () => {
    expect(toTransferId("A", "1111")).not.toBe(toTransferId("A", "2222"));
  });
});

describe("the list of transfers", () => {
  const transfer = (name: string, published: number | null, changed: boolean): Transfer => ({
    id: "tr_a",
    name,
    definition: {
      ...toNewDefinition(
        name,
        { connection: "crm", object: "Account" },
        { connection: "erp", object: "customers" },
        "1",
      ),
      mappings: { unit: { value: 'MAPVALUE( "Units" , Unit)' } },
    },
    draftRevision: 1,
    published,
    changed,
    review: null,
    openHeld: 0,
    lastRun: null,
    updatedAt: "2026-11-20T12:00:00.000Z",
  });
  const all = [transfer("One", null, true), transfer("Two", 3, false), transfer("Three", 3, true)];

  test("a draft, a published, a changed and a paused transfer are told apart", () => {
    const paused = {
      published: 3,
      changed: false,
      review: { since: "2026-11-20T12:00:00.000Z", issues: [] },
    };
    expect([...all, paused].map(toTransferState)).toEqual(["draft", "published", "changed", "review"]);
  });

  test("the search finds names, objects and connections, whatever their case", () => {
    expect(filterTransfers(all, { q: "two" })).toHaveLength(1);
    expect(filterTransfers(all, { q: "ACCOUNT", state: "changed" })).toHaveLength(1);
  });

  test("a value map knows who names it, and only by its whole name", () => {
    expect(findUsers({ name: "Units", formerNames: [] }, all)).toHaveLength(3);
    expect(findUsers({ name: "Unit", formerNames: [] }, all)).toHaveLength(0);
  });
});

describe("connections", () => {
  const values = {
    instanceUrl: " https://example.my.salesforce.com ",
    clientId: "id",
    clientSecret: "s",
    apiUrl: "https://api.example/v2.0",
    tokenUrl: "https://login.example/token",
    company: "CRONUS",
  };

  test.each(["salesforce", "business-central"] as const)("the form of %s gives valid settings", (system) => {
    expect(checkForm(system, "My system", values)).toEqual({});
    expect(connectionConfig.safeParse(toConfig(system, values)).error).toBe(undefined);
  });

  test("every missing field is named", () => {
    expect(Object.keys(checkForm("salesforce", "", {}))).toEqual([
      "name",
      "instanceUrl",
      "clientId",
      "clientSecret",
    ]);
  });

  test("a shown name becomes a name for files", () => {
    expect(toSlug("ERP (Test) – Süd")).toBe("erp-test-su-d");
    expect(slug.safeParse(toSlug("x".repeat(80))).success).toBe(true);
  });

  test("a field's type and rules are words", () => {
    expect(
      describeField({
        name: "Number",
        label: "No.",
        type: "text",
        length: 20,
        nullable: false,
        required: true,
        creatable: true,
        updatable: false,
        filterable: true,
        unique: true,
        custom: false,
      }),
    ).toEqual({ type: "text (20)", rules: "required, only on create, unique" });
  });
});

describe("the wizard", () => {
  const connection = (id: string, builtIn: boolean): Connection => ({
    id,
    name: id,
    environment: "sandbox",
    builtIn,
    config: {
      system: "salesforce",
      instanceUrl: "https://a.example",
      apiVersion: "66.0",
      clientId: "c",
      grant: "client_credentials",
    },
    secretsSet: [],
    state: "ok",
    stateSince: null,
    closure: null,
    dailyCalls: null,
    usedByTransfers: 0,
  });
  const template = {
    id: "t",
    name: "T",
    summary: "",
    description: "",
    ends: [{ role: "crm", label: "CRM", system: "salesforce" as const, objects: [] }],
    transfers: [],
    valueMaps: [units],
    lessons: [],
  };

  test("proposes the built-in sandbox, else what there is", () => {
    expect(proposeConnections(template, [connection("mine", false), connection("box", true)])).toEqual({
      crm: "box",
    });
    expect(proposeConnections(template, [])).toEqual({});
  });

  test("a map of the library wins over the template's answers", () => {
    const stored = { ...units, entries: [] };
    expect(reviewMaps(template, { Units: units }, [stored])).toEqual([{ map: stored, inLibrary: true }]);
    expect(reviewMaps(template, {}, [])).toEqual([{ map: units, inLibrary: false }]);
  });

  test("says what a run would do in one sentence", () => {
    const preview: Preview = {
      counts: { ...toRun().counts, created: 58, held: 2 },
      matching: 60,
      records: [],
      sourceCalls: 0,
      targetCalls: 0,
    };
    expect(describePlan(preview)).toBe("create 58 and hold 2 for repair");
    expect(describePlan({ ...preview, counts: toRun().counts })).toBe("have nothing to do");
  });
});

test("a record's related rows stand below its own fields, indented", () => {
  const lines = toLines({ Account: { Name: "A" }, Id: "1", Lines: [{ Quantity: "2" }] });
  expect(lines.map((line) => `${" ".repeat(line.depth)}${line.path}`)).toEqual([
    "Id",
    "Account",
    " Account.Name",
    "Lines",
    " Lines.0",
    "  Lines.0.Quantity",
  ]);
});

test("a run that was in progress and is not any more has ended, unless nobody knows it", () => {
  const [first, second] = [toRun({ id: "1", state: "running" }), toRun({ id: "2", state: "running" })];
  const ended = toRun({ id: "1", state: "finished" });
  expect(findEnded([first, second], { running: [second], recentRuns: [ended] })).toEqual([ended]);
  expect(findEnded([first], { running: [], recentRuns: [] })).toEqual([]);
});

test("a failed run needs attention only until a later one of the transfer went well", () => {
  const failed = toRun({ id: "1", state: "failed" });
  expect(lastFailures([failed])).toHaveLength(1);
  expect(lastFailures([toRun({ id: "2", state: "finished" }), failed])).toEqual([]);
});
