/** The parts every page is made of; pages take them from here and not from Mantine where both exist. */
export { Banner, type BannerKind, type BannerProps } from "./banner.tsx";
export { ConfirmDialog } from "./confirm-dialog.tsx";
export { CopyButton } from "./copy-button.tsx";
export { CountBar, countParts, describeCounts } from "./count-bar.tsx";
export { DataTable, sortRows, type Column, type DataTableProps } from "./data-table.tsx";
export { DriftBadge } from "./drift-badge.tsx";
export { FormulaText } from "./formula-text.tsx";
export { IssueText } from "./issue-text.tsx";
export { ButtonLink, IconLink, TextLink } from "./link.tsx";
export { CardsSkeleton, Loaded, Loading, RowsSkeleton } from "./loading.tsx";
export { FirstPageContext, Page, useHeadingFocus, useTabTitle } from "./page.tsx";
export { Panel } from "./panel.tsx";
export { RecordDiff, sortDiff } from "./record-diff.tsx";
export { ActionError, EmptyState, ErrorState } from "./states.tsx";
export {
  CauseClassBadge,
  ConnectionStateBadge,
  OutcomeBadge,
  RunStateBadge,
  StatusBadge,
  type StatusBadgeProps,
} from "./status-badge.tsx";
export { SystemIcon, SystemText, systemLabel } from "./system-icon.tsx";
export { TimeText } from "./time-text.tsx";
export { useSingleKeys, useSingleKeysSetting } from "./shortcuts.ts";
export { FromTo } from "./from-to.tsx";
export { dropEmpty, findDoubles, type Entry } from "./value-map-entries.ts";
export { ValueMapGrid } from "./value-map-grid.tsx";
export { MarkIcon } from "./mark-icon.tsx";
export { useArrowKeys } from "./use-arrow-keys.ts";
export { saveFile, useExport } from "./save-file.ts";
export { toCsv, ViewTools, type CsvColumn } from "./view-tools.tsx";
export { useColumnChoice } from "./use-column-choice.tsx";
