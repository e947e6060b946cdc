// 120 work orders of September and October 2026, 60 of them completed. Two completed ones are bad on purpose: the
// fourth uses the product with the unit that no value map knows, the eighth belongs to the account without ERP number.
import { add, decimal, formatDecimal, lineAmount, multiply, round } from "../core/decimal.ts";
import type { Random } from "../core/random.ts";
import type {
  SeedAccount,
  SeedAsset,
  SeedContact,
  SeedLine,
  SeedProduct,
  SeedWorkOrder,
  WorkOrderStatus,
} from "./types.ts";

const STATUS_COUNTS: readonly (readonly [WorkOrderStatus, number])[] = [
  ["Completed", 60],
  ["New", 22],
  ["In Progress", 18],
  ["On Hold", 8],
  ["Canceled", 6],
  ["Cannot Complete", 4],
  ["Closed", 2],
];
const BAD_UNIT_AT = 4;
const NO_NUMBER_AT = 8;

const JOBS = [
  ["Pump repair", "Pump loses pressure; check seal and impeller."],
  ["Annual service", "Yearly maintenance according to the service plan."],
  ["Compressor overhaul", "4,000 hours reached; replace filters and separator."],
  ["Bearing replacement", "Noise at the drive end reported by the operator."],
  ["Leak at flange", "Water under the machine; tighten or reseal."],
  ["Sensor calibration", "Readings differ from the reference by more than 2 %."],
  ["Control fault", "Unit stops with an alarm after a few minutes."],
  ["Filter change", "Differential pressure above the limit."],
  ["Boiler inspection", "Inspection before the heating season."],
  ["Commissioning", "Start-up and hand-over of the repaired unit."],
] as const;
const PLACES = ["line 1", "line 2", "line 3", "boiler room", "cold store", "hall B", "pump house", "roof"];
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2026, 8, 1);

interface Parts {
  readonly accounts: readonly SeedAccount[];
  readonly contacts: readonly SeedContact[];
  readonly assets: readonly SeedAsset[];
  readonly products: readonly SeedProduct[];
}

/** Three stamps per working day, never falling; on some days the last two are approved in the same second. */
function createStamps(random: Random, count: number): readonly number[] {
  const stamps: number[] = [];
  for (let day = FIRST_DAY; stamps.length < count; day += DAY_MS) {
    const weekday = new Date(day).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    const second = () => random.between(0, 5400) * 1000;
    const noon = day + 12 * 3_600_000 + second();
    stamps.push(day + 8 * 3_600_000 + second(), noon);
    stamps.push(random.next() < 0.3 ? noon : day + 15 * 3_600_000 + second());
  }
  return stamps.slice(0, count);
}

function quantityFor(random: Random, product: SeedProduct): string {
  switch (product.unit) {
    case "Hours":
      return formatDecimal({ units: BigInt(random.between(2, 30) * 25), scale: 2 });
    case "Kilometer":
      return formatDecimal({ units: BigInt(random.between(120, 1800)), scale: 1 });
    case "Meter":
    case "Litre":
      return formatDecimal({ units: BigInt(random.between(1, 24) * 25), scale: 2 });
    case "Set":
      return "1";
    case "Each":
      return String(product.code === "TRV-300" ? 1 : random.between(1, 4));
    case "PCS.":
      return "8";
  }
}

function createLine(
  random: Random,
  product: SeedProduct,
  currency: SeedAccount["currency"],
  number: number,
): SeedLine {
  const listPrice = product.prices[currency];
  const quantity = quantityFor(random, product);
  const isNegotiated = random.next() < 0.12;
  const unitPrice = isNegotiated
    ? formatDecimal(round(multiply(decimal(listPrice), decimal("0.965")), 2))
    : listPrice;
  const discountPercent = random.next() < 0.3 ? random.pick(["5", "7.5", "10", "12.5", "2.25"]) : null;
  const total = lineAmount(decimal(quantity), decimal(unitPrice), decimal(discountPercent ?? "0"));
  return {
    number: String(number).padStart(8, "0"),
    productKey: product.key,
    quantity,
    listPrice,
    unitPrice,
    discountPercent,
    subtotal: formatDecimal(round(multiply(decimal(quantity), decimal(unitPrice)), 2)),
    total: formatDecimal(total),
  };
}

function chooseProducts(random: Random, products: readonly SeedProduct[], badUnit: boolean): SeedProduct[] {
  const ordinary = products.filter((product) => product.unit !== "PCS.");
  const labour = random.pick(ordinary.filter((product) => product.family === "Labour"));
  const rest = random.shuffle(ordinary.filter((product) => product !== labour));
  const chosen = [labour, ...rest.slice(0, random.between(0, 4))];
  const odd = products.find((product) => product.unit === "PCS.");
  return badUnit && odd ? [...chosen.slice(0, 4), odd] : chosen;
}

function sum(amounts: readonly string[]): string {
  return formatDecimal(amounts.map(decimal).reduce(add, decimal("0.00")));
}

function toIso(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}

export function createWorkOrders(random: Random, parts: Parts): readonly SeedWorkOrder[] {
  const statuses = random.shuffle(
    STATUS_COUNTS.flatMap(([status, count]) => Array.from({ length: count }, () => status)),
  );
  const stamps = createStamps(random, statuses.length);
  const withNumber = parts.accounts.filter((account) => account.erpNumber !== null);
  const withoutNumber = parts.accounts.find((account) => account.erpNumber === null);
  let completed = 0;
  let lineCount = 0;

  return statuses.map((status, index) => {
    if (status === "Completed") completed += 1;
    const isBadUnit = status === "Completed" && completed === BAD_UNIT_AT;
    const isNoNumber = status === "Completed" && completed === NO_NUMBER_AT;
    const account = isNoNumber && withoutNumber ? withoutNumber : random.pick(withNumber);
    const contacts = parts.contacts.filter((contact) => contact.accountKey === account.key);
    const assets = parts.assets.filter((asset) => asset.accountKey === account.key);
    const lines = chooseProducts(random, parts.products, isBadUnit).map((product) => {
      lineCount += 1;
      return createLine(random, product, account.currency, lineCount);
    });
    const [job, description] = isBadUnit ? JOBS[4] : random.pick(JOBS);
    const modifiedMs = stamps[index] ?? FIRST_DAY;
    const createdMs = (stamps[index - 9] ?? FIRST_DAY - (5 - index / 4) * DAY_MS) - 600_000;
    const endMs = modifiedMs - random.between(15, 90) * 60_000;
    const startMs = endMs - random.between(4, 18) * 900_000;
    const isDone = status === "Completed" || status === "Closed";
    return {
      number: String(index + 1).padStart(8, "0"),
      accountKey: account.key,
      contactKey: random.pick(contacts).key,
      assetKey: random.next() < 0.85 ? random.pick(assets).key : null,
      subject: `${job}, ${random.pick(PLACES)}`,
      description,
      status,
      priority: random.pick(["Low", "Medium", "Medium", "Medium", "High", "Critical"] as const),
      currency: account.currency,
      startAt: status === "New" || status === "Canceled" ? null : toIso(startMs),
      endAt: isDone ? toIso(endMs) : null,
      createdAt: toIso(createdMs),
      modifiedAt: toIso(modifiedMs),
      lines,
      subtotal: sum(lines.map((line) => line.subtotal)),
      total: sum(lines.map((line) => line.total)),
    };
  });
}
