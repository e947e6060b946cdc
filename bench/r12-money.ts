/**
 * R12: a million random documents with up to ten decimals in four currencies through formulas and engine, judged by
 * an oracle that shares no code with them; and a sample through both sandboxes, whose servers compute the totals
 * themselves. Header = lines and source = target, to the last digit.
 */
import { runTransfer } from "@fieldbridge/engine";
import {
  createDocumentSource,
  createJudgingTarget,
  planDocuments,
  type MoneyTally,
} from "./stage/documents.ts";
import { runAsCommand, type Bench, type Figure } from "./stage/figure.ts";
import { forgetful } from "./stage/line-process.ts";
import { openProduct } from "./stage/product.ts";
import { createRandom } from "./stage/random.ts";
import {
  startBusinessCentral,
  startSalesforce,
  toBusinessCentralConnection,
  toSalesforceConnection,
  type Sandbox,
} from "./stage/sandboxes.ts";
import { describeInvoices, workOrderTransfer, workOrderValueMaps } from "./stage/work-orders.ts";

async function sendDocuments(bench: Bench, count: number): Promise<MoneyTally> {
  const tally: MoneyTally = { documents: 0, lines: 0, different: 0, changed: 0 };
  let told = 0;
  const now = (): string => new Date().toISOString();
  const summary = await runTransfer({
    plan: planDocuments(),
    source: createDocumentSource(count),
    target: createJudgingTarget(tally),
    store: forgetful,
    clock: { now, sleep: async () => undefined },
    valueMaps: [],
    runStartedAt: now(),
    scope: { kind: "changes" },
    onProgress: () => {
      if (tally.documents - told < 100_000) return;
      told = tally.documents;
      bench.say(`${told} documents, ${tally.different} different`);
    },
  });
  if (summary.state !== "finished" || summary.counts.created !== count)
    throw new Error(`The run ended otherwise: ${JSON.stringify(summary)}`);
  return tally;
}

/** Work orders written by an outside client; the server itself computes their totals. */
async function addWorkOrders(service: Sandbox, count: number): Promise<void> {
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: "fieldbridge-demo",
    client_secret: "fieldbridge-demo-secret",
  });
  const token = (await (
    await fetch(`${service.url}/services/oauth2/token`, { method: "POST", body })
  ).json()) as { access_token: string };
  const create = async (records: readonly object[]): Promise<string[]> => {
    const ids: string[] = [];
    for (let start = 0; start < records.length; start += 200) {
      const answer = await fetch(`${service.url}/services/data/v66.0/composite/sobjects`, {
        method: "POST",
        headers: { authorization: `Bearer ${token.access_token}`, "content-type": "application/json" },
        body: JSON.stringify({ allOrNone: true, records: records.slice(start, start + 200) }),
      });
      const results = (await answer.json()) as { id: string; success: boolean }[];
      if (!answer.ok || results.some((each) => !each.success)) throw new Error(JSON.stringify(results[0]));
      ids.push(...results.map((each) => each.id));
    }
    return ids;
  };
  const random = createRandom(12);
  const textIn = (row: Readonly<Record<string, unknown>>, name: string): string =>
    typeof row[name] === "string" ? row[name] : "";
  const { store } = service;
  const accounts = [...store.table("Account").values()].filter((row) => textIn(row, "ERP_No__c") !== "");
  const units = new Map(
    [...store.table("Product2").values()].map((row) => [
      textIn(row, "Id"),
      textIn(row, "QuantityUnitOfMeasure"),
    ]),
  );
  // The unit that no value map knows is for another lesson.
  const prices = [...store.table("PricebookEntry").values()].filter(
    (row) => units.get(textIn(row, "Product2Id")) !== "PCS.",
  );
  const books = [...new Set(prices.map((row) => textIn(row, "Pricebook2Id")))];
  const orders = Array.from({ length: count }, () => ({
    currency: random.pick(["EUR", "USD", "DKK"]),
    book: random.pick(books),
  }));
  const ids = await create(
    orders.map(({ currency, book }) => ({
      attributes: { type: "WorkOrder" },
      Subject: "Money",
      Status: "Completed",
      EndDate: "2026-10-30T15:00:00Z",
      CurrencyIsoCode: currency,
      Pricebook2Id: book,
      AccountId: textIn(random.pick(accounts), "Id"),
    })),
  );
  await create(
    orders.flatMap(({ currency, book }, place) => {
      const fitting = prices.filter(
        (row) => textIn(row, "Pricebook2Id") === book && textIn(row, "CurrencyIsoCode") === currency,
      );
      return Array.from({ length: random.between(1, 6) }, () => ({
        attributes: { type: "WorkOrderLineItem" },
        WorkOrderId: ids[place],
        PricebookEntryId: textIn(random.pick(fitting), "Id"),
        Quantity: random.between(1, 4_000) / 100,
        UnitPrice: random.between(1, 900_000) / 100,
        ...(random.between(0, 1) === 0 ? { Discount: random.between(0, 9_999) / 100 } : {}),
      }));
    }),
  );
}

async function sendSample(bench: Bench, count: number) {
  const [service, erp] = [await startSalesforce(), await startBusinessCentral()];
  const product = await openProduct(bench.server);
  try {
    await addWorkOrders(service, count);
    // A source promises nothing about the running second; a minute later the new orders are settled.
    await service.setClock(60);
    await product.addConnection(toSalesforceConnection("field-service", service.url));
    await product.addConnection(toBusinessCentralConnection("erp", erp.url));
    await product.addValueMaps(workOrderValueMaps);
    const transfer = workOrderTransfer("tr_money");
    await product.addTransfer(transfer);
    const run = await product.run(transfer.id);
    bench.say(`sample: ${run.state}, ${JSON.stringify(run.counts)}`);
    const held = await product.held(transfer.id);
    return {
      end: describeInvoices(service, erp, new Set(held.map((each) => each.label))),
      held: held.length,
    };
  } finally {
    await Promise.all([service.close(), erp.close()]);
    await product.close();
  }
}

export async function proveMoney(bench: Bench): Promise<Figure> {
  const isFull = bench.size === "full";
  const count = isFull ? 1_000_000 : 3_000;
  const sample = await sendSample(bench, isFull ? 2_000 : 150);
  const tally = await sendDocuments(bench, count);
  const { end, held } = sample;
  return {
    id: "R12",
    text:
      `${tally.different} of ${tally.documents} documents (${tally.lines} lines) differ from the oracle, ${tally.changed} lines lost a digit; ` +
      `through both sandboxes ${end.wrong} of ${end.due} totals differ, ${end.lost} missing, ${held} held on purpose`,
    met:
      tally.documents === count &&
      tally.different + tally.changed === 0 &&
      end.wrong + end.lost + end.duplicated === 0 &&
      held === 2,
  };
}

await runAsCommand(import.meta.url, proveMoney);
