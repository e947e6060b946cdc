// Forty invented companies that have machines serviced, their contacts and their machines.
import type { Random } from "../core/random.ts";
import type { CurrencyCode, SeedAccount, SeedAsset, SeedContact } from "./types.ts";

type Country = "DE" | "DK" | "US" | "GB" | "NL" | "AT" | "SE";
type Line = readonly [name: string, industry: string, street: string, postalCode: string, city: string];

const COMPANIES: Readonly<Record<Country, readonly Line[]>> = {
  DE: [
    ["Falkenried Maschinenbau GmbH", "Manufacturing", "Industriestraße 14", "22525", "Hamburg"],
    ["Wasserwerk Obertal AöR", "Utilities", "Am Hochbehälter 3", "73230", "Kirchheim"],
    ["Brauhaus Sonnenhof KG", "Food & Beverage", "Sudhausweg 8", "96047", "Bamberg"],
    ["Elbkontor Logistik GmbH", "Transportation", "Hafenring 77", "21079", "Hamburg"],
    ["Steinbrück Papierfabrik AG", "Manufacturing", "Mühlgraben 21", "52349", "Düren"],
    ["Klinikum Lindenberg gGmbH", "Healthcare", "Parkallee 2", "88161", "Lindenberg"],
    ["Molkerei Alpenrand eG", "Food & Beverage", "Milchstraße 5", "87435", "Kempten"],
    ["Havelglas Werke GmbH", "Manufacturing", "Glashüttenweg 40", "14770", "Brandenburg"],
    ["Stadtbad Rheinaue Betriebs GmbH", "Recreation", "Uferpromenade 11", "53227", "Bonn"],
    ["Tiefenbach Kunststofftechnik GmbH", "Manufacturing", "Werkstraße 9", "58706", "Menden"],
  ],
  DK: [
    ["Nordhavn Køleteknik A/S", "Food & Beverage", "Kajgade 12", "2150", "Nordhavn"],
    ["Limfjord Fiskeindustri A/S", "Food & Beverage", "Havnevej 31", "7900", "Nykøbing Mors"],
    ["Sydfyns Fjernvarme A.m.b.a.", "Utilities", "Varmeværksvej 4", "5700", "Svendborg"],
    ["Ringsted Emballage ApS", "Manufacturing", "Industrivænget 18", "4100", "Ringsted"],
    ["Djursland Mejeri A.m.b.a.", "Food & Beverage", "Mejerivej 6", "8500", "Grenaa"],
    ["Vesterbro Svømmehal", "Recreation", "Angelgade 4", "1720", "København V"],
    ["Kolding Støbegods A/S", "Manufacturing", "Støberivej 25", "6000", "Kolding"],
    ["Bornholms Vandforsyning", "Utilities", "Kildevej 9", "3700", "Rønne"],
  ],
  US: [
    ["Prairie Creek Dairy Co.", "Food & Beverage", "4120 County Road 9", "53717", "Madison, WI"],
    ["Harborline Cold Storage Inc.", "Transportation", "880 Pier Avenue", "04101", "Portland, ME"],
    ["Copper Ridge Mining Supply LLC", "Mining", "2300 Quarry Road", "85705", "Tucson, AZ"],
    ["Summit Valley Hospital", "Healthcare", "15 Medical Center Drive", "80401", "Golden, CO"],
    ["Bluewater Bottling Corp.", "Food & Beverage", "610 Spring Street", "30309", "Atlanta, GA"],
    ["Great Lakes Castings Inc.", "Manufacturing", "77 Foundry Lane", "44114", "Cleveland, OH"],
    ["Redwood Pulp & Paper Co.", "Manufacturing", "1901 Mill Road", "97201", "Portland, OR"],
    ["Gulf Coast Desalination LLC", "Utilities", "5000 Shoreline Blvd", "78401", "Corpus Christi, TX"],
  ],
  GB: [
    ["Ashdown Brewery Ltd", "Food & Beverage", "Maltings Yard", "TN22 3HW", "Uckfield"],
    ["Kestrel Cooling Ltd", "Construction", "Unit 7, Dock Road", "L19 2PH", "Liverpool"],
    ["Pennine Water Services Ltd", "Utilities", "Reservoir House, Moor Lane", "HX2 9TB", "Halifax"],
    ["Thornbury Precision Ltd", "Manufacturing", "12 Works Lane", "BS35 1JW", "Thornbury"],
    ["Caledonia Smokehouse Ltd", "Food & Beverage", "Harbour Street 3", "AB42 1DN", "Peterhead"],
    ["Marlow Leisure Trust", "Recreation", "Riverside Park", "SL7 1RA", "Marlow"],
  ],
  NL: [
    ["Westland Kassenbouw B.V.", "Agriculture", "Kasteelweg 22", "2671 EA", "Naaldwijk"],
    ["Rijnmond Koelhuizen B.V.", "Transportation", "Waalhaven Zuidzijde 5", "3088 HJ", "Rotterdam"],
    ["Zuiderzee Zuivel B.V.", "Food & Beverage", "Dijkstraat 14", "1601 GJ", "Enkhuizen"],
    ["Twentse Textielreiniging B.V.", "Services", "Spinnerijlaan 8", "7521 PZ", "Enschede"],
  ],
  AT: [
    ["Murtal Sägewerk GmbH", "Manufacturing", "Holzstraße 30", "8750", "Judenburg"],
    ["Bergbahnen Hochwies AG", "Recreation", "Talstation 1", "6370", "Kitzbühel"],
  ],
  SE: [
    ["Mälar Processteknik AB", "Manufacturing", "Verkstadsgatan 16", "722 10", "Västerås"],
    ["Öresund Kylhus AB", "Transportation", "Frihamnsallén 9", "211 20", "Malmö"],
  ],
};

const COUNTRIES: Readonly<Record<Country, readonly [name: string, dial: string, currency: CurrencyCode]>> = {
  DE: ["Germany", "+49 40 555", "EUR"],
  DK: ["Denmark", "+45 70 55", "DKK"],
  US: ["United States", "+1 555", "USD"],
  GB: ["United Kingdom", "+44 1632 96", "EUR"],
  NL: ["Netherlands", "+31 10 555", "EUR"],
  AT: ["Austria", "+43 1 555", "EUR"],
  SE: ["Sweden", "+46 8 555", "DKK"],
};

/** The company whose account carries no ERP number. */
const WITHOUT_NUMBER = "Kestrel Cooling Ltd";

function toDomain(name: string): string {
  const words = name
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/ø/gi, "o")
    .replace(/ß/g, "ss")
    .toLowerCase()
    .split(/[^a-z]+/);
  return `${words.slice(0, 2).join("-")}.example`;
}

function toAccount(country: Country, line: Line, index: number): SeedAccount {
  const [name, industry, street, postalCode, place] = line;
  const [countryName, dial, currency] = COUNTRIES[country];
  const [city = place, state = null] = place.split(", ");
  return {
    key: `account-${index + 1}`,
    name,
    erpNumber: name === WITHOUT_NUMBER ? null : toCustomerNumber(index),
    industry,
    address: { street, city, state, postalCode, country: countryName, countryCode: country },
    phone: `${dial} ${String(1000 + index * 37)}`,
    website: `https://www.${toDomain(name)}`,
    currency,
  };
}

/** C-10010 for the first company, then in steps of ten. */
export function toCustomerNumber(index: number): string {
  return `C-${10010 + index * 10}`;
}

/** Forty accounts, customers of all countries mixed. */
export function createAccounts(random: Random): readonly SeedAccount[] {
  const lines = Object.entries(COMPANIES).flatMap(([country, companies]) =>
    companies.map((line) => [country as Country, line] as const),
  );
  return random.shuffle(lines).map(([country, line], index) => toAccount(country, line, index));
}

const FIRST_NAMES =
  "Anna Jonas Mette Lars Emily Daniel Sophie Pieter Ingrid Karl Nora Oliver Freja Thomas Grace Milan";
const LAST_NAMES =
  "Holm Berger Lindqvist Carter Visser Madsen Hartmann Doyle Krüger Bennett Nyberg Jansen Fuchs Reed";
const TITLES = [
  "Maintenance Manager",
  "Plant Engineer",
  "Facility Manager",
  "Operations Director",
  "Purchasing",
];

/** One contact per account, and a second one for every other. */
export function createContacts(random: Random, accounts: readonly SeedAccount[]): readonly SeedContact[] {
  const owners = accounts.flatMap((account, index) => (index % 2 === 0 ? [account, account] : [account]));
  return owners.map((account, index) => {
    const firstName = random.pick(FIRST_NAMES.split(" "));
    const lastName = random.pick(LAST_NAMES.split(" "));
    const domain = toDomain(account.name);
    return {
      key: `contact-${index + 1}`,
      accountKey: account.key,
      firstName,
      lastName,
      title: random.pick(TITLES),
      email: `${firstName}.${lastName}.${index + 1}@${domain}`.toLowerCase().replace("ü", "ue"),
      phone: `${account.phone}-${10 + index}`,
    };
  });
}

const MACHINES = [
  ["Centrifugal pump CP-40", "CP"],
  ["Screw compressor SC-110", "SC"],
  ["Plate heat exchanger HX-22", "HX"],
  ["Chiller unit CH-350", "CH"],
  ["Steam boiler SB-8", "SB"],
  ["Dosing station DS-4", "DS"],
  ["Ventilation unit VU-60", "VU"],
  ["Filling line FL-12", "FL"],
] as const;

/** One to three machines per account, each with a serial number. */
export function createAssets(random: Random, accounts: readonly SeedAccount[]): readonly SeedAsset[] {
  const owners = accounts.flatMap((account) => Array.from({ length: random.between(1, 3) }, () => account));
  return owners.map((account, index) => {
    const [name, prefix] = random.pick(MACHINES);
    const year = random.between(2016, 2025);
    const month = String(random.between(1, 12)).padStart(2, "0");
    return {
      key: `asset-${index + 1}`,
      accountKey: account.key,
      name,
      serialNumber: `${prefix}${year}-${String(4100 + index * 13)}`,
      status: random.pick(["Installed", "Installed", "Installed", "Registered"] as const),
      installDate: `${year}-${month}-${String(random.between(1, 28)).padStart(2, "0")}`,
    };
  });
}
