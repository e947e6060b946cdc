// Webhook subscriptions: ordered with a handshake, renewed within three days, told in one POST of what changed.
import { randomBytes, randomUUID } from "node:crypto";
import { isObject } from "../../core/json.ts";
import type { Json } from "../../core/json.ts";
import type { Database } from "../data/database.ts";
import { openTransaction } from "../data/transaction.ts";
import type { Transaction } from "../data/transaction.ts";
import { companySets } from "../entities/catalog.ts";
import { textOf } from "../entities/entity.ts";
import type { Row } from "../entities/entity.ts";
import type { ApiAnswer, ApiRequest } from "../http/api-message.ts";
import { JSON_TYPE } from "../http/api-message.ts";
import { errorAnswer } from "../http/run-request.ts";
import { COMPANIES, SYSTEM_USER_ID } from "../identity.ts";
import { badRequest, ODataError } from "../odata/odata-error.ts";
import { checkMatch, etagOf } from "../write/records.ts";

/** The table of subscriptions. */
export const SUBSCRIPTIONS = "subscriptions";

const LIFETIME_MS = 3 * 24 * 3600 * 1000;
const MOST_SUBSCRIPTIONS = 200;
const LONGEST_STATE = 2048;
const HANDSHAKE_TIMEOUT_MS = 5000;

/** Answers `subscriptions` and `subscriptions('…')`; undefined for every other path. */
export function answerSubscriptions(database: Database, request: ApiRequest): Promise<ApiAnswer> | undefined {
  const found = /^subscriptions(?:\((?:'|%27)?([^')%]+)(?:'|%27)?\))?$/.exec(request.path);
  return found === null ? undefined : answerSafely(database, request, found[1]);
}

async function answerSafely(
  database: Database,
  request: ApiRequest,
  id: string | undefined,
): Promise<ApiAnswer> {
  try {
    return await answer(database, request, id);
  } catch (error) {
    if (error instanceof ODataError) return errorAnswer(error.status, error.code, error.message);
    throw error;
  }
}

async function answer(database: Database, request: ApiRequest, id: string | undefined): Promise<ApiAnswer> {
  const tx = openTransaction(database, request.plan);
  if (id === undefined) {
    if (request.method === "GET") return listAll(tx, request);
    if (request.method === "POST") return order(database, tx, request);
    throw new ODataError(
      405,
      "BadRequest_MethodNotAllowed",
      `The method '${request.method}' is not allowed here.`,
    );
  }
  const row = tx.find(SUBSCRIPTIONS, id);
  if (row === undefined) {
    throw new ODataError(404, "Internal_RecordNotFound", `The Subscription does not exist: ${id}`);
  }
  const ifMatch = request.headers["if-match"];
  switch (request.method) {
    case "GET":
      return whole(request, 200, row);
    case "PATCH":
      checkMatch(row, ifMatch, true);
      return renew(database, tx, request, row);
    case "DELETE":
      checkMatch(row, ifMatch, false);
      tx.remove(SUBSCRIPTIONS, row);
      await database.commit(tx.changes(), request.plan);
      return { status: 204, headers: {}, body: undefined };
    default:
      throw new ODataError(
        405,
        "BadRequest_MethodNotAllowed",
        `The method '${request.method}' is not allowed here.`,
      );
  }
}

function toJson(row: Row): Record<string, unknown> {
  return {
    "@odata.etag": etagOf(row),
    subscriptionId: textOf(row, "id"),
    notificationUrl: textOf(row, "notificationUrl"),
    resource: textOf(row, "resource"),
    userId: SYSTEM_USER_ID,
    lastModifiedDateTime: textOf(row, "lastModifiedDateTime"),
    clientState: textOf(row, "clientState"),
    expirationDateTime: textOf(row, "expirationDateTime"),
    systemCreatedAt: textOf(row, "systemCreatedAt"),
    systemCreatedBy: SYSTEM_USER_ID,
    systemModifiedAt: textOf(row, "lastModifiedDateTime"),
    systemModifiedBy: SYSTEM_USER_ID,
  };
}

function whole(request: ApiRequest, status: number, row: Row): ApiAnswer {
  return {
    status,
    headers: { "content-type": JSON_TYPE, etag: etagOf(row) },
    body: { "@odata.context": `${request.root}/$metadata#subscriptions/$entity`, ...toJson(row) },
  };
}

function listAll(tx: Transaction, request: ApiRequest): ApiAnswer {
  return {
    status: 200,
    headers: { "content-type": JSON_TYPE },
    body: {
      "@odata.context": `${request.root}/$metadata#subscriptions`,
      value: [...tx.rows(SUBSCRIPTIONS)].map(toJson),
    },
  };
}

async function order(database: Database, tx: Transaction, request: ApiRequest): Promise<ApiAnswer> {
  const values = readOrder(request.body);
  if (values["notificationUrl"] === undefined || values["resource"] === undefined) {
    throw badRequest("The properties 'notificationUrl' and 'resource' must be provided.");
  }
  if ([...tx.rows(SUBSCRIPTIONS)].length >= MOST_SUBSCRIPTIONS) {
    throw badRequest(`The maximum of ${MOST_SUBSCRIPTIONS} subscriptions is reached.`);
  }
  await shakeHands(values["notificationUrl"]);
  const row = tx.put(SUBSCRIPTIONS, {
    clientState: "",
    ...values,
    id: randomUUID().replaceAll("-", ""),
    expirationDateTime: expiry(database),
    systemCreatedAt: tx.stamp,
  });
  await database.commit(tx.changes(), request.plan);
  return whole(request, 201, row);
}

async function renew(database: Database, tx: Transaction, request: ApiRequest, row: Row): Promise<ApiAnswer> {
  const values = readOrder(request.body ?? {});
  await shakeHands(values["notificationUrl"] ?? textOf(row, "notificationUrl"));
  const renewed = tx.put(SUBSCRIPTIONS, { ...row, ...values, expirationDateTime: expiry(database) });
  await database.commit(tx.changes(), request.plan);
  return whole(request, 200, renewed);
}

function expiry(database: Database): string {
  return new Date(database.clock.now() + LIFETIME_MS).toISOString();
}

function readOrder(body: Json | undefined): Record<string, string> {
  if (!isObject(body)) throw badRequest("Invalid Request Body");
  const values: Record<string, string> = {};
  for (const name of ["notificationUrl", "resource", "clientState"]) {
    const value = body[name];
    if (typeof value === "string") values[name] = value;
  }
  if ((values["clientState"] ?? "").length > LONGEST_STATE) {
    throw badRequest(
      `The clientState is longer than ${LONGEST_STATE} characters.`,
      "Application_StringExceededLength",
    );
  }
  if (values["resource"] !== undefined) checkResource(values["resource"]);
  if (values["notificationUrl"] !== undefined && !URL.canParse(values["notificationUrl"])) {
    throw badRequest("The notificationUrl is not a valid address.");
  }
  return values;
}

/** The company and the set a resource means, e.g. `/api/v2.0/companies({id})/customers`. */
export function placeOfResource(resource: string): { companyId: string; set: string } | undefined {
  const [, key, set] = /^\/?api\/v2\.0\/companies\(([^)]+)\)\/(\w+)$/.exec(resource) ?? [];
  const company = COMPANIES.find(({ id, name }) => key?.toLowerCase() === id || key === name);
  return company === undefined || set === undefined ? undefined : { companyId: company.id, set };
}

function checkResource(resource: string): void {
  const set = placeOfResource(resource)?.set;
  if (companySets.some((entity) => entity.set === set && entity.webhooks)) return;
  throw badRequest(`The resource '${resource}' does not support webhooks.`);
}

/** The receiver proves that it wants the calls by answering 200 with the token as plain text. */
async function shakeHands(notificationUrl: string): Promise<void> {
  const token = randomBytes(24).toString("hex");
  const url = new URL(notificationUrl);
  url.searchParams.set("validationToken", token);
  const answered = await fetch(url, { method: "POST", signal: AbortSignal.timeout(HANDSHAKE_TIMEOUT_MS) })
    .then(async (response) => response.status === 200 && (await response.text()).trim() === token)
    .catch(() => false);
  if (!answered)
    throw badRequest("The validation of the notificationUrl failed: the validation token was not returned.");
}
