// What the company sells: labour, travel, spare parts, consumables and kits, with a price in each currency.
import { decimal, formatDecimal, multiply, round } from "../core/decimal.ts";
import type { ErpCurrency, ErpItem, ErpUnit, ErpUnitCode, SalesforceUnit, SeedProduct } from "./types.ts";

type Line = readonly [
  code: string,
  name: string,
  family: SeedProduct["family"],
  unit: SalesforceUnit,
  priceEur: string,
  description: string,
];

const LINES: readonly Line[] = [
  ["LAB-100", "Service technician", "Labour", "Hours", "89.50", "Work on site, weekdays 7 to 17"],
  [
    "LAB-110",
    "Service technician, overtime",
    "Labour",
    "Hours",
    "134.25",
    "Work on site outside normal hours",
  ],
  ["LAB-200", "Senior engineer", "Labour", "Hours", "127.00", "Commissioning and fault analysis"],
  ["LAB-300", "Remote support", "Labour", "Hours", "74.90", "Telephone and remote access"],
  ["TRV-100", "Travel by service van", "Travel", "Kilometer", "0.92", "Per kilometre, both ways"],
  ["TRV-200", "Travel time", "Travel", "Hours", "58.40", "Time on the road"],
  ["TRV-300", "Call-out charge", "Travel", "Each", "65.00", "Once per visit"],
  ["SP-1010", "Mechanical seal 40 mm", "Spare parts", "Each", "118.75", "Silicon carbide against carbon"],
  ["SP-1020", "Bearing 6308-2RS", "Spare parts", "Each", "27.35", "Deep groove ball bearing, sealed"],
  ["SP-1030", "Impeller 190 mm", "Spare parts", "Each", "342.60", "Stainless steel, balanced"],
  ["SP-1040", "Coupling element 42/48", "Spare parts", "Each", "19.95", "Polyurethane, 92 Shore A"],
  ["SP-1050", "Pressure transmitter 0-16 bar", "Spare parts", "Each", "214.10", "4-20 mA, G 1/2"],
  ["SP-1060", "Solenoid valve DN25", "Spare parts", "Each", "96.45", "24 V DC, normally closed"],
  ["SP-1070", "Fan motor 1.1 kW", "Spare parts", "Each", "289.00", "IE3, flange mounted"],
  ["SP-1080", "Temperature sensor Pt100", "Spare parts", "Each", "41.28", "Class A, 100 mm probe"],
  ["SP-1090", "Flange gasket DN80", "Spare parts", "PCS.", "3.85", "Graphite with steel insert"],
  ["CON-100", "Compressor oil ISO VG 46", "Consumables", "Litre", "11.65", "Synthetic, 8,000 hours"],
  ["CON-110", "Coolant concentrate", "Consumables", "Litre", "7.49", "Mix one to one with water"],
  ["CON-120", "Hydraulic hose 1/2 inch", "Consumables", "Meter", "14.30", "Two steel braids, 275 bar"],
  ["CON-130", "Control cable 4 x 0.75", "Consumables", "Meter", "2.17", "Oil resistant, numbered cores"],
  ["CON-140", "Filter element F7", "Consumables", "Each", "33.80", "592 x 592 x 48 mm"],
  ["KIT-100", "Pump overhaul kit", "Kits", "Set", "186.40", "Seals, bearings and gaskets for one pump"],
  ["KIT-200", "Compressor service kit 4,000 h", "Kits", "Set", "412.95", "Filters, separator and belts"],
  ["KIT-300", "Boiler inspection kit", "Kits", "Set", "74.55", "Gaskets and sight glasses"],
];

export const CURRENCIES: readonly ErpCurrency[] = [
  { code: "EUR", name: "Euro", symbol: "€", isLocal: true, perEuro: "1" },
  { code: "USD", name: "US dollar", symbol: "$", isLocal: false, perEuro: "1.09" },
  { code: "DKK", name: "Danish krone", symbol: "kr", isLocal: false, perEuro: "7.46" },
];

export const UNITS: readonly ErpUnit[] = [
  { code: "PCS", name: "Piece", internationalCode: "EA" },
  { code: "HOUR", name: "Hour", internationalCode: "HUR" },
  { code: "KM", name: "Kilometre", internationalCode: "KMT" },
  { code: "M", name: "Metre", internationalCode: "MTR" },
  { code: "SET", name: "Set", internationalCode: "SET" },
  { code: "L", name: "Litre", internationalCode: "LTR" },
];

const ERP_UNIT: Readonly<Record<SalesforceUnit, ErpUnitCode>> = {
  Each: "PCS",
  Hours: "HOUR",
  Kilometer: "KM",
  Meter: "M",
  Set: "SET",
  Litre: "L",
  "PCS.": "PCS",
};

const ERP_KIND: Readonly<Record<SeedProduct["family"], ErpItem["kind"]>> = {
  "Spare parts": "Inventory",
  Consumables: "Inventory",
  Kits: "Inventory",
  Labour: "Service",
  Travel: "Non-Inventory",
};

const ERP_CATEGORY: Readonly<Record<SeedProduct["family"], string>> = {
  "Spare parts": "PARTS",
  Consumables: "CONSUM",
  Kits: "KITS",
  Labour: "LABOUR",
  Travel: "TRAVEL",
};

function priceIn(priceEur: string, perEuro: string): string {
  return formatDecimal(round(multiply(decimal(priceEur), decimal(perEuro)), 2));
}

/** Twenty-four products; exactly one of them has the unit `PCS.`. */
export function createProducts(): readonly SeedProduct[] {
  const [, usd, dkk] = CURRENCIES;
  return LINES.map(([code, name, family, unit, priceEur, description], index) => ({
    key: `product-${index + 1}`,
    code,
    name,
    family,
    unit,
    description,
    prices: {
      EUR: priceEur,
      USD: priceIn(priceEur, usd?.perEuro ?? "1"),
      DKK: priceIn(priceEur, dkk?.perEuro ?? "1"),
    },
  }));
}

/** The same products as the ERP system knows them; cost is 62 % of the price. */
export function createItems(products: readonly SeedProduct[]): readonly ErpItem[] {
  return products.map((product) => ({
    number: product.code,
    name: product.name,
    kind: ERP_KIND[product.family],
    unit: ERP_UNIT[product.unit],
    category: ERP_CATEGORY[product.family],
    price: product.prices.EUR,
    cost: priceIn(product.prices.EUR, "0.62"),
  }));
}
