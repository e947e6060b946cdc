/** The engine: everything that happens to a record, with no IO of its own. */
export * from "./ports.ts";
export { Bug, invariant } from "./invariant.ts";
export { checkTransfer } from "./check/check-transfer.ts";
export { compileTransfer, type CompileTransferResult } from "./plan/compile-transfer.ts";
export type {
  PlannedFormula,
  PlannedLines,
  PlannedMapping,
  PlannedMatch,
  PlannedWriteBack,
  TransferContext,
  TransferPlan,
  UsedField,
} from "./plan/transfer-plan.ts";
export { toItemObject, toItemRows } from "./scatter.ts";
export {
  findRelated,
  objectForWriteBack,
  scopeForCompany,
  scopeForFilter,
  scopeForFlag,
  scopeForHeader,
  scopeForLines,
  scopeForTotal,
  scopeForWriteBack,
  toRunRoots,
} from "./scopes.ts";
export { chooseCompany, type ChosenCompany } from "./choose-company.ts";
export {
  runTransfer,
  type RunEnd,
  type RunProgress,
  type RunRequest,
  type RunSummary,
} from "./run-transfer.ts";
export { toCause, toSignature } from "./cause.ts";
export { findLookupSide } from "./lookups.ts";
export { previewTransfer, type PreviewRequest, type PreviewStore } from "./preview-transfer.ts";
export {
  evaluateMappings,
  prepareMappings,
  type MappingResult,
  type PreparedMappings,
} from "./evaluate-mappings.ts";
export { findOwnSource, type OwnSource } from "./values/override-values.ts";
export { checkSchemaDrift, type FreshSchemas } from "./check/check-schema-drift.ts";
export {
  judgeNamedFormula,
  scopeForNamedFormula,
  type FormulaLibrary,
} from "./named-formulas/judge-named-formula.ts";
export { createRunContext } from "./create-run-context.ts";
export type { RunContext } from "./run-context.ts";
export { compareOutcomes, keepRecord, mapKeptRecord } from "./transfer-tests.ts";
export { checkGroup, type GroupTransfer } from "./groups/check-group.ts";
export {
  decideGroupStep,
  type GroupMark,
  type GroupStep,
  type GroupStepMember,
} from "./groups/decide-group-step.ts";
export { fillMemberParameters } from "./groups/fill-member-parameters.ts";
export { suggestOrder, type OrderedTransfer } from "./groups/suggest-order.ts";
export { addLookupUses } from "./lookup-tally.ts";
