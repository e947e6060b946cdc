// Errors in the words of the API: a code, a sentence and the fields concerned. Row errors are values, because a
// collection answers them per record; a request that fails as a whole throws an ApiError.

export interface RowError {
  readonly code: string;
  readonly message: string;
  readonly fields: readonly string[];
  /** The status a single-row call answers with. */
  readonly status: number;
}

export function rowError(
  code: string,
  message: string,
  fields: readonly string[] = [],
  status = 400,
): RowError {
  return { code, message, fields, status };
}

/** Ends the request with this status and the error array as body. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly errors: readonly RowError[];

  constructor(errors: readonly RowError[], status = errors[0]?.status ?? 400) {
    super(errors.map((each) => each.message).join("; "));
    this.status = status;
    this.errors = errors;
  }
}

export function apiError(status: number, code: string, message: string): ApiError {
  return new ApiError([rowError(code, message)], status);
}

export function notFound(message = "The requested resource does not exist"): ApiError {
  return apiError(404, "NOT_FOUND", message);
}

/** The body of a failed request; `fields` is there only for errors of a row. */
export function toErrorBody(errors: readonly RowError[]): readonly object[] {
  return errors.map((each) =>
    each.fields.length > 0
      ? { message: each.message, errorCode: each.code, fields: each.fields }
      : { message: each.message, errorCode: each.code },
  );
}

/** The errors of one record of a collection, which name their code `statusCode`. */
export function toItemErrors(errors: readonly RowError[]): readonly object[] {
  return errors.map((each) => ({ statusCode: each.code, message: each.message, fields: each.fields }));
}
