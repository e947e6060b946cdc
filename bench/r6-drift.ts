/**
 * R6: fields are removed, renamed, retyped, shortened, lose a choice or become required, between two runs and in the
 * middle of one. No value may be nulled or cut without a word: the transfers that use the field stop before their
 * first record and name field and transfer, the others go on.
 */
import type { TransferDefinition } from "@fieldbridge/model";
import { accountTransfer, customersByAccount, seedAccounts } from "./stage/accounts.ts";
import { runAsCommand, type Bench, type Figure } from "./stage/figure.ts";
import { openProduct, type WrapPort } from "./stage/product.ts";
import { startProxy, type ProxyRules } from "./stage/proxy.ts";
import {
  startBusinessCentral,
  startSalesforce,
  toBusinessCentralConnection,
  toSalesforceConnection,
  type Sandbox,
} from "./stage/sandboxes.ts";

type Field = Readonly<Record<string, unknown>> & { readonly name: string };

interface Drift {
  readonly name: string;
  /** The transfers that read or write the field. */
  readonly affected: readonly string[];
  readonly field: string;
  readonly change: (fields: readonly Field[]) => readonly Field[];
}

const onField = (name: string, change: (field: Field) => Field) => (fields: readonly Field[]) =>
  fields.map((each) => (each.name === name ? change(each) : each));

const drifts: readonly Drift[] = [
  {
    name: "removed",
    affected: ["tr_out_wide"],
    field: "Phone",
    change: (fields) => fields.filter((each) => each.name !== "Phone"),
  },
  {
    name: "renamed",
    affected: ["tr_out_wide"],
    field: "BillingCity",
    change: onField("BillingCity", (field) => ({ ...field, name: "BillingTown" })),
  },
  {
    name: "retyped",
    affected: ["tr_out_wide"],
    field: "BillingStreet",
    change: onField("BillingStreet", (field) => ({ ...field, type: "double", precision: 18, scale: 2 })),
  },
  {
    name: "shortened",
    affected: ["tr_in_wide"],
    field: "Description",
    change: onField("Description", (field) => ({ ...field, length: 10 })),
  },
  {
    name: "choice gone",
    affected: ["tr_in_wide"],
    field: "Rating",
    change: onField("Rating", (field) => ({
      ...field,
      picklistValues: [{ active: true, value: "Cold", label: "Cold" }],
    })),
  },
  {
    name: "newly required",
    affected: ["tr_in_wide", "tr_in_narrow"],
    field: "Fax",
    change: onField("Fax", (field) => ({ ...field, nillable: false, defaultedOnCreate: false })),
  },
];

/** Out of the CRM and into it, each with a transfer that uses much and one that uses little. */
const transfers: readonly TransferDefinition[] = [
  accountTransfer({ id: "tr_out_wide", name: "Accounts, wide" }),
  accountTransfer({
    id: "tr_out_narrow",
    name: "Accounts, narrow",
    mappings: { number: { value: "ERP_No__c" }, displayName: { value: "Name" } },
  }),
  ...[true, false].map((isWide): TransferDefinition => ({
    kind: "transfer",
    version: 1,
    id: isWide ? "tr_in_wide" : "tr_in_narrow",
    name: isWide ? "Customers, wide" : "Customers, narrow",
    source: { connection: "erp", object: "items" },
    target: { connection: "crm", object: "Account" },
    changes: { by: "all" },
    match: {
      by: "keys",
      keys: { ERP_No__c: isWide ? 'number & "-w"' : 'number & "-n"' },
      found: "update",
      missing: "create",
    },
    mappings: {
      ERP_No__c: { value: isWide ? 'number & "-w"' : 'number & "-n"' },
      Name: { value: "displayName" },
      ...(isWide && {
        Description: { value: 'displayName & " from the catalogue"' },
        Rating: { value: '"Hot"' },
      }),
    },
  })),
];

/** The rating only takes what its list has; the sandbox's own list is open. */
const restrict = onField("Rating", (field) => ({ ...field, restrictedPicklist: true }));

const changeDescribe = (change: Drift["change"]): ProxyRules => ({
  change(call, answer) {
    if (!call.path.includes("/sobjects/Account/describe") || answer.status !== 200) return answer;
    const body = JSON.parse(answer.body) as { fields: readonly Field[] };
    return { status: 200, body: JSON.stringify({ ...body, fields: change(restrict(body.fields)) }) };
  },
});

const unchanged = (fields: readonly Field[]): readonly Field[] => fields;

/** Everything both systems hold in the fields concerned, as text: equal means that nothing was written. */
function photograph(crm: Sandbox, erp: Sandbox): string {
  return JSON.stringify([
    [...crm.store.table("Account").values()].map((row) => [
      row["Id"],
      row["Name"],
      row["Rating"],
      row["Description"],
    ]),
    [...erp.store.table("customers").values()],
  ]);
}

const smallPages: WrapPort = (_id, port) => ({
  ...port,
  limits: { ...port.limits, readPage: 50, settleMs: 50 },
});

interface Tally {
  paused: number;
  /** Affected transfers that ran, or wrote, or did not name field and transfer. */
  silent: string[];
  /** Transfers that stopped although they use nothing that changed. */
  stoppedInVain: string[];
  /** Transfers that do not run again after the change was taken back. */
  stuck: string[];
}

export async function proveDrift(bench: Bench): Promise<Figure> {
  const [crm, erp] = [await startSalesforce(), await startBusinessCentral()];
  const proxy = await startProxy(crm.url);
  const product = await openProduct(bench.server, { wrapPort: smallPages });
  const tally: Tally = { paused: 0, silent: [], stoppedInVain: [], stuck: [] };
  let cut = "";
  try {
    await seedAccounts(crm, 300);
    await product.addConnection(toSalesforceConnection("crm", proxy.url));
    await product.addConnection(toBusinessCentralConnection("erp", erp.url));
    proxy.setRules(changeDescribe(unchanged));
    for (const transfer of transfers) await product.addTransfer(transfer);

    // In the middle of the very first run: the third page's query names a field that is gone.
    let queries = 0;
    proxy.setRules({
      ...changeDescribe(unchanged),
      before: async (call) => {
        if (!call.path.includes("/query?q=SELECT+") || !call.path.includes("ORDER+BY")) return undefined;
        queries += 1;
        return queries < 3
          ? undefined
          : {
              status: 400,
              body: '[{"errorCode":"INVALID_FIELD","message":"No such column \'Phone\' on entity \'Account\'."}]',
            };
      },
    });
    const broken = await product.run("tr_out_wide");
    const words = broken.issues.map((issue) => issue.message).join(" ");
    const nulled = [...erp.store.table("customers").values()].filter(
      (row) => JSON.stringify(row["addressLine2"]).startsWith('"001Fb0') && row["phoneNumber"] === "",
    ).length;
    if (broken.state !== "failed" || !words.includes("Phone") || nulled > 0)
      cut = `${broken.state}, ${nulled} nulled: ${words}`;
    proxy.setRules(changeDescribe(unchanged));
    for (const { id } of transfers) {
      const run = await product.run(id);
      if (run.state !== "finished" || run.counts.held > 0) throw new Error(`${id}: ${JSON.stringify(run)}`);
    }
    if (customersByAccount(erp).size !== 300) cut = "records were lost behind the cursor";

    for (const drift of drifts) {
      proxy.setRules(changeDescribe(drift.change));
      for (const { id, name } of transfers) {
        const before = photograph(crm, erp);
        // Everything is read again, so that a transfer that goes on has something to do wrong.
        await product.db.pool.query("delete from cursors where transfer_id = $1", [id]);
        const run = await product.run(id);
        const told = run.issues.map((issue) => issue.message).join(" ");
        const place = `${drift.name} ${id}: ${run.state} ${JSON.stringify(run.counts)} ${told}`;
        if (!drift.affected.includes(id)) {
          if (run.state !== "finished") tally.stoppedInVain.push(place);
          continue;
        }
        const isTold =
          run.state === "failed" &&
          run.counts.read === 0 &&
          before === photograph(crm, erp) &&
          run.issues.some((issue) => issue.path.includes(drift.field)) &&
          told.includes(name);
        if (isTold) tally.paused += 1;
        else tally.silent.push(place);
      }
      proxy.setRules(changeDescribe(unchanged));
      for (const id of drift.affected)
        if ((await product.run(id)).state !== "finished") tally.stuck.push(`${drift.name} ${id}`);
      bench.say(`${drift.name}: ${JSON.stringify(tally)}`);
    }
  } finally {
    await proxy.close();
    await Promise.all([crm.close(), erp.close()]);
    await product.close();
  }
  if (cut !== "") bench.say(`in the middle of a run: ${cut}`);
  const affected = drifts.reduce((sum, each) => sum + each.affected.length, 0);
  return {
    id: "R6",
    text:
      `${tally.paused} of ${affected} affected transfers paused before their first record and named field and transfer (${drifts.map((each) => each.name).join(", ")}); ` +
      `${tally.stoppedInVain.length} stopped in vain, ${tally.stuck.length} stuck afterwards; removed in the middle of a run: ${cut === "" ? "stopped, nothing nulled, nothing lost" : cut}`,
    met:
      tally.paused === affected &&
      tally.silent.length + tally.stoppedInVain.length + tally.stuck.length === 0 &&
      cut === "",
  };
}

await runAsCommand(import.meta.url, proveDrift);
