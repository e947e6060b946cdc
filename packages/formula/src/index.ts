/** The formula language: everything other packages may use. */
export * from "./types.ts";
export type { DateValue, InstantValue, ListValue, RowValue, TimeValue, Value } from "./value.ts";
export { isBlank } from "./value.ts";
export {
  absolute,
  add,
  compare,
  type Decimal,
  decimalFromInteger,
  isZero,
  mul,
  negate,
  signOf,
  sub,
  toInteger,
} from "./decimal/decimal.ts";
export { div, mod, round } from "./decimal/round.ts";
export type { RoundingMode } from "./decimal/coefficient.ts";
export { power, squareRoot } from "./decimal/power.ts";
export { formatDecimal, formatFixed, parseDecimal } from "./decimal/text.ts";
export type {
  BinaryExpr,
  BinaryOperator,
  BlankExpr,
  BooleanExpr,
  CallExpr,
  Expr,
  MissingExpr,
  NumberExpr,
  PathExpr,
  PathSegment,
  TextExpr,
  UnaryExpr,
} from "./syntax/expr.ts";
export { childrenOf, walkExpr } from "./syntax/expr.ts";
export { MAX_DEPTH, MAX_LENGTH, MAX_NODES, parseFormula, type ParseResult } from "./syntax/parse.ts";
export { formatFormula, formatPath, formatSegment, formatTextLiteral } from "./syntax/format.ts";
export { checkFormula, type FormulaCheck } from "./check.ts";
export type { LookupUse } from "./build/built.ts";
export {
  type CompiledFormula,
  compileFormula,
  type CompileResult,
  evaluateFormula,
  type EvalResult,
} from "./evaluate.ts";
export { fitValue, type FitResult } from "./fit-value.ts";
export { fromCell, toCell } from "./cell.ts";
export { showValue } from "./show-value.ts";
export { showResult } from "./show-result.ts";
export {
  type FieldPath,
  type FunctionCall,
  listFields,
  listFunctionCalls,
  listLookups,
} from "./list-names.ts";
export { otherNames } from "./functions/other-names.ts";
export { functions } from "./functions/registry.ts";
export { describeParam, showSignature } from "./functions/write-reference.ts";
export { exampleContext, exampleRecord, exampleScope } from "./functions/example-record.ts";
export type { FunctionDoc, FunctionExample, FunctionGroup, FunctionParam } from "./functions/define.ts";
export { createIssue, type FormulaIssueCode, formulaIssueCodes, type IssueCodeEntry } from "./issue-codes.ts";
export { explainFormula, type Explanation } from "./explain.ts";
export { findNamedFormula } from "./named/named-call.ts";
export { renameField } from "./rename-field.ts";
export { convertPasted, type ConvertedFormula, type PastePlace } from "./convert-pasted.ts";
export { renameValueMap } from "./rename-value-map.ts";
export { type SourceFilter, toSourceFilter } from "./filter/to-source-filter.ts";
export type { FilterMoment } from "./filter/write-condition.ts";
export type { FilterDialect } from "./filter/dialect.ts";
export { escapeSoql, soqlDialect } from "./filter/soql.ts";
export { escapeOdata, odataDialect } from "./filter/odata.ts";
export type { FilterCondition, FilterGroup, FilterOperator, FilterValue } from "./filter/rows.ts";
export { MAX_GROUP_DEPTH } from "./filter/rows.ts";
export { fromFilterRows } from "./filter/from-filter-rows.ts";
export { toFilterRows } from "./filter/to-filter-rows.ts";
export { hashText } from "./functions/sha-256.ts";
