/**
 * A transfer between two wide objects, and the answers of a server that knows nothing else: what the designer has to
 * draw when both systems are large.
 */
import type {
  Connection,
  FieldSchema,
  Home,
  ObjectSchema,
  Preview,
  Row,
  Transfer,
} from "../../packages/model/src/index.ts";

const AT = "2026-11-19T10:00:00.000Z";
const WORDS = ["Billing", "Shipping", "Contact", "Service", "Asset", "Price", "Tax", "Warranty", "Region"];
const NOUNS = ["Street", "City", "Code", "Number", "Amount", "Date", "Status", "Name", "Reference", "Phone"];
const TYPES = ["text", "text", "number", "date", "choice"] as const;

/** Fields with names a person could have given, all different. */
function createFields(prefix: string, count: number): FieldSchema[] {
  return Array.from({ length: count }, (_, index): FieldSchema => {
    const words = `${WORDS[index % WORDS.length]} ${NOUNS[(index * 7) % NOUNS.length]} ${index + 1}`;
    return {
      name: `${prefix}_${words.replaceAll(" ", "_")}`,
      label: words,
      type: TYPES[index % TYPES.length] ?? "text",
      length: 80,
      nullable: true,
      required: false,
      creatable: true,
      updatable: true,
      filterable: true,
      unique: false,
      custom: false,
    };
  });
}

const createObject = (name: string, fields: FieldSchema[]): ObjectSchema => ({
  name,
  label: name,
  fields,
  relations: [],
  keyField: fields[0]?.name ?? "",
  creatable: true,
  updatable: true,
  deletable: true,
});

/** Every third mapping is a formula; neighbours cross, so that lines are long. */
function createMappings(source: readonly FieldSchema[], target: readonly FieldSchema[], count: number) {
  const mappings: Record<string, { value: string }> = {};
  for (let index = 0; index < count; index += 1) {
    const from = source[(index * 7) % source.length]?.name ?? "";
    const to = target[Math.floor((index * target.length) / count)];
    const isText = to?.type === "text" || to?.type === "choice";
    if (to) mappings[to.name] = { value: index % 3 === 0 && isText ? `UPPER(TRIM(${from}))` : from };
  }
  return mappings;
}

const createRow = (fields: readonly FieldSchema[], record: number): Row =>
  Object.fromEntries(
    fields.map((field, index) => [
      field.name,
      field.type === "number"
        ? `${record}${index}.50`
        : field.type === "date"
          ? `2026-11-${String((index % 28) + 1).padStart(2, "0")}`
          : `Value ${record} of ${index}`,
    ]),
  );

const createConnection = (id: string, config: Connection["config"]): Connection => ({
  id,
  name: id,
  environment: "sandbox",
  builtIn: true,
  config,
  secretsSet: [],
  state: "ok",
  stateSince: AT,
  closure: null,
  dailyCalls: null,
  usedByTransfers: 1,
});

/** The answer to a call of the API; undefined where there is none. */
export type Answer = (method: string, path: string) => unknown;

/** A server's answers about the transfer `tr_wide`: `fields` on either side, `mappings` between them. */
export function createWideTransfer(fields: number, mappings: number): Answer {
  const source = createFields("src", fields);
  const target = createFields("tgt", fields);
  const transfer: Transfer = {
    id: "tr_wide",
    name: "Wide",
    definition: {
      kind: "transfer",
      version: 1,
      id: "tr_wide",
      name: "Wide",
      source: { connection: "left", object: "WideSource" },
      target: { connection: "right", object: "wideTargets" },
      changes: { by: "all" },
      mappings: createMappings(source, target, mappings),
    },
    draftRevision: 1,
    published: null,
    changed: true,
    openHeld: 0,
    lastRun: null,
    review: null,
    updatedAt: AT,
  };
  const home: Home = { openHeld: [], running: [], recentRuns: [], transfers: [], connections: 2 };
  const connections = [
    createConnection("left", {
      system: "salesforce",
      instanceUrl: "https://left.example",
      apiVersion: "66.0",
      clientId: "bench",
      grant: "client_credentials",
    }),
    createConnection("right", {
      system: "business-central",
      apiUrl: "https://right.example",
      tokenUrl: "https://right.example/token",
      scope: "bench",
      clientId: "bench",
      company: "bench",
    }),
  ];
  const preview: Preview = {
    counts: { read: 0, filtered: 0, skipped: 0, unchanged: 0, created: 0, updated: 0, removed: 0, held: 0 },
    matching: null,
    records: [],
    sourceCalls: 0,
    targetCalls: 0,
  };
  const described = { discoveredAt: AT, fingerprint: "bench" };
  const answers: Readonly<Record<string, unknown>> = {
    "GET /api/home": home,
    "GET /api/connections": { items: connections },
    "GET /api/value-maps": { items: [] },
    "GET /api/transfers": { items: [transfer], next: null, total: 1 },
    "GET /api/transfers/tr_wide": transfer,
    "GET /api/transfers/tr_wide/revisions": { items: [] },
    "GET /api/connections/left/objects/WideSource": { ...createObject("WideSource", source), ...described },
    "GET /api/connections/right/objects/wideTargets": {
      ...createObject("wideTargets", target),
      ...described,
    },
    "GET /api/connections/left/objects": { items: [] },
    "GET /api/connections/right/objects": { items: [] },
    "POST /api/connections/left/samples": {
      rows: Array.from({ length: 10 }, (_, record) => createRow(source, record)),
      matching: 10,
    },
    "POST /api/definitions/preview": preview,
  };
  return (method, path) => answers[`${method} ${path}`];
}
