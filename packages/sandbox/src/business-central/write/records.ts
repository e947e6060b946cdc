// Creates, changes and deletes records of any set inside a transaction, headers together with their lines. Whatever
// throws leaves the transaction to be dropped as a whole.
import type { JsonObject } from "../../core/json.ts";
import type { Transaction } from "../data/transaction.ts";
import { documentKindOf } from "../documents/document-kind.ts";
import type { DocumentKind } from "../documents/document-kind.ts";
import { checkDraft, completeHeader } from "../documents/header-rules.ts";
import { completeLine } from "../documents/line-rules.ts";
import { withTotals } from "../documents/totals.ts";
import { ROW_VERSION, textOf } from "../entities/entity.ts";
import type { Entity, Row } from "../entities/entity.ts";
import { EMPTY_GUID } from "../entities/field.ts";
import { badRequest, ODataError, recordNotFound, ruleBroken } from "../odata/odata-error.ts";
import { checkUnchanged, readInput } from "./input.ts";
import type { Input, InputMode } from "./input.ts";
import { checkMasterRemovable, completeMaster } from "./master-rules.ts";
import { sentText } from "./references.ts";

/** `parentId` is the document when the line was posted to `salesInvoices({id})/salesInvoiceLines`. */
export function insertRecord(
  tx: Transaction,
  entity: Entity,
  body: JsonObject | undefined,
  mode: Omit<InputMode, "creating">,
  parentId?: string,
): Row {
  if (!entity.insert) throw notAllowed("POST", entity);
  const input = readInput(body, entity, { ...mode, creating: true });
  const kind = documentKindOf(entity);
  if (kind === undefined) return tx.put(entity.set, completeMaster(tx, entity, undefined, input.sent));
  if (kind.lines === entity) return insertLine(tx, kind, input, parentId);
  return insertDocument(tx, kind, input, mode);
}

function insertDocument(
  tx: Transaction,
  kind: DocumentKind,
  input: Input,
  mode: Omit<InputMode, "creating">,
): Row {
  const header = tx.put(kind.header.set, completeHeader(tx, kind, undefined, input.sent));
  for (const body of input.children.flatMap((child) => child.bodies)) {
    const { sent } = readInput(body, kind.lines, { ...mode, creating: true });
    tx.put(kind.lines.set, completeLine(tx, kind, header, undefined, sent));
  }
  return recalculate(tx, kind, header);
}

function insertLine(tx: Transaction, kind: DocumentKind, input: Input, parentId: string | undefined): Row {
  const documentId = sentText(input.sent, "documentId") ?? parentId ?? EMPTY_GUID;
  if (documentId === EMPTY_GUID) throw ruleBroken('A "documentId" must be provided.');
  if (parentId !== undefined && documentId !== parentId) {
    throw ruleBroken('The value for "documentId" cannot be modified.');
  }
  const header = tx.find(kind.header.set, documentId);
  if (header === undefined) throw recordNotFound(kind.header.caption, documentId);
  checkDraft(header);
  const line = tx.put(kind.lines.set, completeLine(tx, kind, header, undefined, input.sent));
  recalculate(tx, kind, header);
  return line;
}

/** Computes the totals of a document from its lines and stores it, which changes its etag. */
function recalculate(tx: Transaction, kind: DocumentKind, header: Row): Row {
  const lines = tx.rowsWhere(kind.lines.set, "documentId", [textOf(header, "id")]);
  return tx.put(kind.header.set, withTotals(header, lines));
}

/** Checks `If-Match` first: it is mandatory here, a stale one is a conflict. */
export function updateRecord(
  tx: Transaction,
  entity: Entity,
  row: Row,
  ifMatch: string | undefined,
  body: JsonObject | undefined,
  mode: Omit<InputMode, "creating">,
): Row {
  if (!entity.update) throw notAllowed("PATCH", entity);
  checkMatch(row, ifMatch, true);
  const { sent } = readInput(body, entity, { ...mode, creating: false });
  checkUnchanged(entity, sent, row);
  const kind = documentKindOf(entity);
  if (kind === undefined) return tx.put(entity.set, completeMaster(tx, entity, row, sent));
  if (kind.header === entity) return recalculate(tx, kind, completeHeader(tx, kind, row, sent));
  const header = headerOf(tx, kind, row);
  const line = tx.put(entity.set, completeLine(tx, kind, header, row, sent));
  recalculate(tx, kind, header);
  return line;
}

/** Deletes the record, a document with its lines; `If-Match` is checked when it was sent. */
export function removeRecord(tx: Transaction, entity: Entity, row: Row, ifMatch: string | undefined): void {
  if (!entity.remove) throw notAllowed("DELETE", entity);
  checkMatch(row, ifMatch, false);
  const kind = documentKindOf(entity);
  if (kind === undefined) {
    checkMasterRemovable(tx, entity, row);
    tx.remove(entity.set, row);
    return;
  }
  if (kind.lines === entity) {
    const header = headerOf(tx, kind, row);
    tx.remove(entity.set, row);
    recalculate(tx, kind, header);
    return;
  }
  checkDraft(row);
  for (const line of tx.rowsWhere(kind.lines.set, "documentId", [textOf(row, "id")]))
    tx.remove(kind.lines.set, line);
  tx.remove(entity.set, row);
}

function headerOf(tx: Transaction, kind: DocumentKind, line: Row): Row {
  const header = tx.find(kind.header.set, textOf(line, "documentId"));
  if (header === undefined) throw recordNotFound(kind.header.caption, textOf(line, "documentId"));
  checkDraft(header);
  return header;
}

/** The etag of a record: weak, changed by every write, with the row version inside. */
export function etagOf(row: Row): string {
  return `W/"${Buffer.from(`'20;${textOf(row, ROW_VERSION)};00;'`).toString("base64")}"`;
}

export function checkMatch(row: Row, ifMatch: string | undefined, isMandatory: boolean): void {
  const wanted = ifMatch?.trim();
  const isReadable = wanted !== undefined && /^(?:\*|(?:W\/)?"[^"]*"(?:,\s*(?:W\/)?"[^"]*")*)$/.test(wanted);
  if (!isReadable) {
    if (!isMandatory && (wanted === undefined || wanted === "")) return;
    throw badRequest(
      "Could not validate the client concurrency token required by the service. Please provide a valid token in the " +
        "client request.",
      "BadRequest_InvalidToken",
    );
  }
  if (wanted === "*" || wanted.split(/,\s*/).includes(etagOf(row))) return;
  throw new ODataError(409, "Request_EntityChanged", "Another user has already changed the record.");
}

function notAllowed(method: string, entity: Entity): ODataError {
  return new ODataError(
    405,
    "BadRequest_MethodNotAllowed",
    `'${method}' requests for '${entity.set}' of EdmType 'Entity' are not allowed within Dynamics 365 Business Central OData web services.`,
  );
}
