/** The error body of Business Central: a code and a message with a trailing CorrelationId. */
import { isObject, textOf, type Json } from "../http/json.ts";

export interface ApiError {
  readonly code: string;
  /** Without the CorrelationId, which means nothing to people. */
  readonly message: string;
}

export function toApiError(body: Json | undefined): ApiError | undefined {
  const error = isObject(body) ? body["error"] : undefined;
  const code = textOf(error, "code");
  if (code === undefined) return undefined;
  const message = (textOf(error, "message") ?? "")
    .replace(/\s*CorrelationId:\s*[0-9a-f-]+\.?\s*$/i, "")
    .trim();
  return { code, message: message === "" ? code : message };
}
