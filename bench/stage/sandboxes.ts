/** The two sandboxes on free ports, with their controls, as a person would use them over HTTP. */
import { connectionInput, type ConnectionInput } from "@fieldbridge/model";
import {
  startBusinessCentralSandbox,
  startSalesforceSandbox,
  type FaultRule,
  type SandboxStore,
} from "@fieldbridge/sandbox";

/** Missing parts of a rule have the defaults of the sandbox. */
export type Fault = Pick<FaultRule, "match" | "effect"> & Partial<FaultRule>;

export interface Sandbox {
  readonly url: string;
  readonly store: SandboxStore;
  setFaults(rules: readonly Fault[]): Promise<void>;
  /** How many calls each rule struck, in the order of the rules. */
  struck(): Promise<readonly number[]>;
  setClock(offsetSeconds: number): Promise<void>;
  /** Lets the server's clock go on by so many seconds; answers its time. */
  moveClock(seconds: number): Promise<string>;
  expireTokens(): Promise<void>;
  reset(): Promise<void>;
  clearCalls(): Promise<void>;
  /** Calls since the last clearing whose "METHOD pattern" the test accepts. */
  countCalls(accepts?: (route: string) => boolean): Promise<number>;
  readonly close: () => Promise<void>;
}

interface Running {
  readonly url: string;
  readonly store: SandboxStore;
  readonly close: () => Promise<void>;
}

function withControls({ url, store, close }: Running): Sandbox {
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${url}/_sandbox/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The sandbox refused ${path}: ${text}`);
    return text === "" ? undefined : (JSON.parse(text) as unknown);
  };
  return {
    url,
    store,
    close: () => close(),
    setFaults: async (rules) => void (await control("PUT", "faults", rules)),
    struck: async () => ((await control("GET", "faults")) as { struck: number }[]).map((each) => each.struck),
    setClock: async (offsetSeconds) => void (await control("POST", "clock", { offsetSeconds })),
    async moveClock(seconds) {
      const { offsetSeconds } = (await control("GET", "clock")) as { offsetSeconds: number };
      const moved = await control("POST", "clock", { offsetSeconds: offsetSeconds + seconds });
      return (moved as { now: string }).now;
    },
    expireTokens: async () => void (await control("POST", "expire-tokens")),
    reset: async () => void (await control("POST", "reset")),
    clearCalls: async () => void (await control("DELETE", "calls")),
    async countCalls(accepts = () => true) {
      const { byRoute } = (await control("GET", "calls")) as { byRoute: Record<string, number> };
      return Object.entries(byRoute)
        .filter(([route]) => accepts(route))
        .reduce((sum, [, count]) => sum + count, 0);
    },
  };
}

export const startSalesforce = async (): Promise<Sandbox> =>
  withControls(await startSalesforceSandbox({ port: 0 }));

export const startBusinessCentral = async (): Promise<Sandbox> =>
  withControls(await startBusinessCentralSandbox({ port: 0 }));

const credentials = { secrets: { clientSecret: "fieldbridge-demo-secret" }, environment: "sandbox" };
const clientId = "fieldbridge-demo";

/** A stored connection to a Salesforce-like server at `url`. */
export const toSalesforceConnection = (id: string, url: string): ConnectionInput =>
  connectionInput.parse({
    id,
    name: id,
    config: { system: "salesforce", instanceUrl: url, clientId },
    ...credentials,
  });

/** A stored connection to a Business-Central-like server at `url`. */
export const toBusinessCentralConnection = (id: string, url: string): ConnectionInput =>
  connectionInput.parse({
    id,
    name: id,
    config: {
      system: "business-central",
      apiUrl: `${url}/v2.0/demo-tenant/Sandbox/api/v2.0`,
      tokenUrl: `${url}/demo-tenant/oauth2/v2.0/token`,
      clientId,
      company: "CRONUS",
    },
    ...credentials,
  });
