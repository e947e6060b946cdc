/**
 * How evaluation stops. A failure is an error of the language (division by zero, a bad conversion) that IFERROR
 * can catch; a limit failure cannot be caught.
 */
import type { FormulaIssueCode } from "./issue-codes.ts";
import type { Span } from "./types.ts";

export class FormulaFailure extends Error {
  readonly code: FormulaIssueCode;
  readonly valueMap: { readonly map: string; readonly key: string } | undefined;
  /** Set by the innermost expression that saw the failure. */
  span: Span | undefined;

  constructor(
    code: FormulaIssueCode,
    message: string,
    valueMap?: { readonly map: string; readonly key: string },
  ) {
    super(message);
    this.name = "FormulaFailure";
    this.code = code;
    this.valueMap = valueMap;
  }
}

/** Limits protect the server, so no formula may catch them. */
export function isCatchable(error: unknown): error is FormulaFailure {
  return error instanceof FormulaFailure && error.code !== "FML-313";
}
