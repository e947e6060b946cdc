/**
 * P11: the calls of a preview against those of reading the same records and nothing else, counted at both endpoints,
 * and its writes. A preview takes at most 200 records at a time; larger dry runs do not exist yet.
 */
import { compileTransfer, previewTransfer } from "@fieldbridge/engine";
import { createSystemPort } from "@fieldbridge/connectors";
import { runAsCommand, type Bench, type Figure } from "./stage/figure.ts";
import { itemObject, itemTransfer } from "./stage/items.ts";
import { toSalesforceConnection } from "./stage/sandboxes.ts";
import { openStandIn } from "./stage/stand-in-process.ts";

const goal = 1.3;
const limit = 200;

export async function measureDryRun(_bench: Bench): Promise<Figure> {
  const [here, there] = await Promise.all([openStandIn({ records: 5_000 }), openStandIn({})]);
  const now = (): string => new Date().toISOString();
  const clock = { now, sleep: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)) };
  try {
    const open = ({ config, secrets }: ReturnType<typeof toSalesforceConnection>) =>
      createSystemPort({ config, secrets });
    const source = open(toSalesforceConnection("here", here.url));
    const target = open(toSalesforceConnection("there", there.url));
    const [from, to] = [await source.discoverObject(itemObject), await target.discoverObject(itemObject)];
    const compiled = compileTransfer(itemTransfer(), {
      source: from,
      target: to,
      sourceObjects: { [itemObject]: from },
      targetObjects: { [itemObject]: to },
      sourceDialect: source.filterDialect,
    });
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues));
    const { plan } = compiled;
    await Promise.all([here.clear(), there.clear()]);

    // Reading: where the window ends, how many there are, the records, and their counterparts by key.
    const before = await source.readUpperBound(itemObject);
    await source.countRows(itemObject, null);
    const page = await source.readPage({
      shape: plan.sourceShape,
      filter: null,
      keyField: "Id",
      stampField: "SystemModstamp",
      after: null,
      from: null,
      before,
      limit,
    });
    await target.find({
      shape: plan.targetShape,
      keyFields: ["Key__c"],
      values: page.rows.map((row) => [row["Key__c"] ?? null]),
    });
    const reading = (await here.counts()).total + (await there.counts()).total;
    await Promise.all([here.clear(), there.clear()]);

    const preview = await previewTransfer({
      plan,
      source,
      target,
      clock,
      valueMaps: [],
      selection: { kind: "next", limit },
    });
    const [atSource, atTarget] = [await here.counts(), await there.counts()];
    const writes = atTarget.created + atTarget.updated + atSource.created + atSource.updated;
    const ratio = (atSource.total + atTarget.total) / reading;
    return {
      id: "P11",
      text: `${ratio.toFixed(2)} × the calls of reading (${atSource.total + atTarget.total} of ${reading}) for a preview of ${preview.records.length} records, ${writes} writes`,
      met:
        ratio <= goal && writes === 0 && preview.records.length === limit && preview.counts.created === limit,
    };
  } finally {
    await Promise.all([here.close(), there.close()]);
  }
}

await runAsCommand(import.meta.url, measureDryRun);
