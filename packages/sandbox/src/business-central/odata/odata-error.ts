// The refusals of the server. Every one carries the HTTP status and the code that Business Central documents in
// "Troubleshooting REST API/OData calls"; the CorrelationId is added where the answer is written.

/** Codes this server uses, as the vendor spells them. */
export type ODataErrorCode =
  | "BadRequest"
  | "BadRequest_InvalidRequestUrl"
  | "BadRequest_InvalidToken"
  | "BadRequest_MethodNotAllowed"
  | "BadRequest_MethodNotImplemented"
  | "BadRequest_NotFound"
  | "BadRequest_RequiredParamNotProvided"
  | "BadRequest_ResourceNotFound"
  | "Application_DialogException"
  | "Application_EvaluateException"
  | "Application_FieldValidationException"
  | "Application_FilterErrorException"
  | "Application_InvalidGUID"
  | "Application_StringExceededLength"
  | "Authentication_InvalidCredentials"
  | "Internal_CompanyNotFound"
  | "Internal_EntityWithSameKeyExists"
  | "Internal_InvalidTableRelation"
  | "Internal_RecordNotFound"
  | "Internal_ServerError"
  | "Request_EntityChanged";

/** A refusal with its status, code and message (without the CorrelationId). */
export class ODataError extends Error {
  readonly status: number;
  readonly code: ODataErrorCode;

  constructor(status: number, code: ODataErrorCode, message: string) {
    super(message);
    this.name = "ODataError";
    this.status = status;
    this.code = code;
  }
}

/** A malformed or unsupported request (400). */
export function badRequest(message: string, code: ODataErrorCode = "BadRequest"): ODataError {
  return new ODataError(400, code, message);
}

/** A business rule that says no (400, the code of an AL `Error()` call). */
export function ruleBroken(message: string): ODataError {
  return new ODataError(400, "Application_DialogException", message);
}

/** A value that refers to nothing in its related table (400). */
export function brokenRelation(field: string, table: string, value: string, related: string): ODataError {
  return new ODataError(
    400,
    "Internal_InvalidTableRelation",
    `The field ${field} of table ${table} contains a value (${value}) that cannot be found in the related table (${related}).`,
  );
}

/** An unknown path segment (404). */
export function unknownSegment(segment: string): ODataError {
  return new ODataError(
    404,
    "BadRequest_ResourceNotFound",
    `Resource not found for the segment '${segment}'.`,
  );
}

/** A key that names no record (404). */
export function recordNotFound(caption: string, id: string): ODataError {
  return new ODataError(
    404,
    "Internal_RecordNotFound",
    `The ${caption} does not exist. Identification fields and values: SystemId='{${id.toUpperCase()}}'`,
  );
}
