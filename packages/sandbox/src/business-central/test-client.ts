// A bare HTTP client for the tests of this server: signs in, sends, and gives back status, headers and body, nothing more.
import { CLIENT_ID, CLIENT_SECRET } from "./identity.ts";
import { startBusinessCentralSandbox } from "./start-business-central-sandbox.ts";
import type {
  BusinessCentralSandbox,
  BusinessCentralSandboxOptions,
} from "./start-business-central-sandbox.ts";

export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The body as it came. */
  readonly text: string;
  /** The body read as JSON; native numbers, so exactness is tested on `text`. */
  readonly json: JsonRecord;
}

/** JSON as it came, for assertions. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export interface CallOptions {
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Call the address as it is instead of below the company. */
  readonly absolute?: boolean;
}

export interface TestServer {
  readonly sandbox: BusinessCentralSandbox;
  /** The API root. */
  readonly root: string;
  readonly token: string;
  /** Calls `companies(CRONUS)/{path}`. */
  call(method: string, path: string, options?: CallOptions): Promise<TestAnswer>;
  /** PUTs fault rules. */
  setFaults(rules: readonly unknown[]): Promise<void>;
}

export async function startForTest(options: BusinessCentralSandboxOptions = {}): Promise<TestServer> {
  const sandbox = await startBusinessCentralSandbox({ port: 0, ...options });
  const root = `${sandbox.url}/v2.0/demo-tenant/Sandbox/api/v2.0`;
  const token = await signIn(sandbox.url);
  return {
    sandbox,
    root,
    token,
    async call(method, path, { body, headers = {}, absolute = false } = {}) {
      const response = await fetch(absolute ? path : `${root}/companies(CRONUS)/${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      return readAnswer(response);
    },
    async setFaults(rules) {
      const response = await fetch(`${sandbox.url}/_sandbox/faults`, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(rules),
      });
      if (response.status !== 200) throw new Error(await response.text());
    },
  };
}

export async function readAnswer(response: Response): Promise<TestAnswer> {
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") === true && text !== "";
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? toRecord(JSON.parse(text)) : {},
  };
}

function toRecord(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}

/** Posts a form to the token endpoint. */
export async function askToken(url: string, form: Readonly<Record<string, string>>): Promise<TestAnswer> {
  return readAnswer(
    await fetch(`${url}/demo-tenant/oauth2/v2.0/token`, { method: "POST", body: new URLSearchParams(form) }),
  );
}

export async function signIn(url: string): Promise<string> {
  const answer = await askToken(url, {
    grant_type: "client_credentials",
    client_id: CLIENT_ID,
    client_secret: CLIENT_SECRET,
    scope: "https://api.businesscentral.dynamics.com/.default",
  });
  return textIn(answer.json, "access_token");
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The records of a list answer, or of an expanded collection. */
export function recordsIn(json: JsonRecord, name = "value"): readonly JsonRecord[] {
  const value = json[name];
  if (Array.isArray(value) && value.every(isRecord)) return value;
  throw new Error(`no records "${name}" in ${JSON.stringify(json)}`);
}

/** The only record of a list answer. */
export function onlyRecordIn(json: JsonRecord, name = "value"): JsonRecord {
  const [only, ...others] = recordsIn(json, name);
  if (only === undefined || others.length > 0) throw new Error(`not one record in ${JSON.stringify(json)}`);
  return only;
}

/** A text property. */
export function textIn(json: JsonRecord, name: string): string {
  const value = json[name];
  if (typeof value === "string") return value;
  throw new Error(`no text "${name}" in ${JSON.stringify(json)}`);
}

/** The error of an answer: code and message. */
export function errorIn(answer: TestAnswer): { code: string; message: string } {
  const { error } = answer.json;
  if (!isRecord(error)) throw new Error(`no error in ${answer.status} ${answer.text}`);
  return { code: textIn(error, "code"), message: textIn(error, "message") };
}

/** Status, code and message without its CorrelationId, for comparison with a literal. */
export function refusalOf(answer: TestAnswer): { status: number; code: string; message: string } {
  const { code, message } = errorIn(answer);
  const cut = /^(.*) {2}CorrelationId: {2}[0-9a-f-]{36}\.$/s.exec(message);
  if (cut?.[1] === undefined) throw new Error(`the message lacks its CorrelationId: ${message}`);
  return { status: answer.status, code, message: cut[1] };
}
