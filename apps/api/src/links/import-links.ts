/** Links from a CSV file, with a report: what is wrong with a line is said, and the other lines count. */
import {
  readCsv,
  toParameterSet,
  type CsvRow,
  type LinkImport,
  type RunParameters,
} from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { inTransaction } from "../db/transaction.ts";
import { notValid, orNotFound } from "../problem.ts";
import { fillParameters } from "../runs/fill-parameters.ts";
import { refuseWhileActive } from "../runs/start-run.ts";
import { saveLinks, type GivenLink } from "../stores/links.store.ts";
import { findTransfer } from "../stores/transfers.store.ts";

const LONGEST_KEY = 400;

/** Why the line cannot be a link; undefined where it can. */
function findMistake({ sourceKey, targetKey }: GivenLink, seen: ReadonlySet<string>): string | undefined {
  if (sourceKey === "") return "The source key is blank.";
  if (targetKey === "") return "The target key is blank.";
  if (sourceKey.length > LONGEST_KEY || targetKey.length > LONGEST_KEY)
    return `A key has at most ${LONGEST_KEY} characters.`;
  if (`${sourceKey}${targetKey}`.includes("\u0000")) return "A key contains a character no database takes.";
  return seen.has(sourceKey) ? `The source key ${sourceKey} stands above already.` : undefined;
}

function readLinks([header, ...rows]: readonly CsvRow[]): {
  links: GivenLink[];
  refused: LinkImport["refused"];
} {
  const names = header?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const [source, target] = [names.indexOf("sourcekey"), names.indexOf("targetkey")];
  if (source < 0 || target < 0)
    throw notValid("The first line must name the columns sourceKey and targetKey.");
  const links: GivenLink[] = [];
  const refused: LinkImport["refused"] = [];
  const seen = new Set<string>();
  for (const { line, cells } of rows) {
    const link = { sourceKey: cells[source]?.trim() ?? "", targetKey: cells[target]?.trim() ?? "" };
    const reason = findMistake(link, seen);
    if (reason === undefined) links.push(link);
    else refused.push({ line, reason });
    seen.add(link.sourceKey);
  }
  return { links, refused };
}

/** Refused while a run of the transfer waits or executes: it would work with the links of before. */
export async function importLinks(
  context: Pick<AppContext, "db">,
  transferId: string,
  {
    csv,
    check,
    parameters,
  }: { readonly csv: string; readonly check: boolean; readonly parameters: RunParameters },
): Promise<LinkImport> {
  const { db } = context;
  const transfer = orNotFound(await findTransfer(db, transferId), `Transfer ${transferId}`);
  const { links, refused } = readLinks(readCsv(csv));
  const set = toParameterSet(await fillParameters(context, transfer, parameters));
  const changes = await inTransaction(db.pool, async (client) => {
    await refuseWhileActive(transfer)(client);
    return saveLinks(client, { transferId, parameters: set }, links, !check);
  });
  return { ...changes, refused };
}
