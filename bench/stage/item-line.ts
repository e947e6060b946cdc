/** The item transfer between two stand-in endpoints, ready to run. */
import type { TransferDefinition } from "@fieldbridge/model";
import type { Bench } from "./figure.ts";
import { itemTransfer } from "./items.ts";
import { openProduct, type Product, type WrapPort } from "./product.ts";
import { toSalesforceConnection } from "./sandboxes.ts";
import type { StandInSettings } from "./stand-in.ts";
import { openStandIn, type StandIn } from "./stand-in-process.ts";

export interface ItemLine {
  readonly product: Product;
  readonly source: StandIn;
  readonly target: StandIn;
  readonly transferId: string;
  readonly close: () => Promise<void>;
}

export async function openItemLine(
  bench: Bench,
  options: {
    readonly source: Partial<StandInSettings>;
    readonly target?: Partial<StandInSettings>;
    readonly transfer?: Partial<TransferDefinition>;
    readonly wrapPort?: WrapPort;
  },
): Promise<ItemLine> {
  const [source, target, product] = await Promise.all([
    openStandIn(options.source),
    openStandIn(options.target ?? {}),
    openProduct(bench.server, options.wrapPort === undefined ? {} : { wrapPort: options.wrapPort }),
  ]);
  await product.addConnection(toSalesforceConnection("here", source.url));
  await product.addConnection(toSalesforceConnection("there", target.url));
  const transfer = itemTransfer(options.transfer);
  await product.addTransfer(transfer);
  return {
    product,
    source,
    target,
    transferId: transfer.id,
    close: async () => {
      await Promise.all([source.close(), target.close()]);
      await product.close();
    },
  };
}
