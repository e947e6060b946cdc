/** The studio's place in the address: tab, selected field, pinned record and view, so that each can be linked. */
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { TransferDefinition } from "@fieldbridge/model";
import { useCallback } from "react";
import type { LineScope } from "../graph/rows.ts";

export const studioTabs = ["filter", "map", "writeback", "behaviour", "preview", "tests", "history"] as const;
export type StudioTab = (typeof studioTabs)[number];

export type MappingView = "lines" | "table" | "code";

export interface StudioPlace {
  readonly tab: StudioTab;
  /** Target field, or the path of an issue. */
  readonly field: string | null;
  /** Target relation of the lines shown; null is the header. */
  readonly lines: string | null;
  readonly record: string | null;
  readonly view: MappingView | null;
  readonly show: string | null;
}

const isTab = (value: unknown): value is StudioTab => studioTabs.some((each) => each === value);
const asText = (value: unknown): string | null => (typeof value === "string" ? value : null);
const isView = (value: unknown): value is MappingView =>
  value === "lines" || value === "table" || value === "code";

export interface StudioUrl extends StudioPlace {
  readonly transferId: string;
  readonly set: (change: Partial<StudioPlace>, mode?: "push" | "replace") => void;
}

export function useStudioUrl(): StudioUrl {
  const params: Record<string, string | undefined> = useParams({ strict: false });
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const transferId = params.id ?? "";
  const tab = isTab(params.tab) ? params.tab : "map";
  const field = asText(search.field);
  const lines = asText(search.lines);
  const record = asText(search.record);
  const view = isView(search.view) ? search.view : null;
  const show = asText(search.show);
  const set = useCallback(
    (change: Partial<StudioPlace>, mode: "push" | "replace" = "replace") => {
      const { tab: nextTab, ...rest } = { tab, field, lines, record, view, show, ...change };
      const kept = Object.entries(rest).filter((entry) => entry[1] !== null);
      void navigate({
        to: "/transfers/$id/$tab",
        params: { id: transferId, tab: nextTab },
        search: Object.fromEntries(kept),
        replace: mode === "replace",
        resetScroll: false,
      });
    },
    [navigate, transferId, tab, field, lines, record, view, show],
  );
  return { transferId, tab, field, lines, record, view, show, set };
}

/** Scope and target field an address means; `field` may be the path of an issue, as links from a run carry it. */
export function readFieldPlace(
  definition: TransferDefinition,
  field: string | null,
  lines: string | null,
): { readonly scope: LineScope; readonly target: string | null } {
  const scope = definition.lines?.some((each) => each.target === lines) ? lines : null;
  const parts = (field ?? "").split(".");
  if (parts[0] === "mappings") return { scope: null, target: parts[1] ?? null };
  if (parts[0] === "lines") return { scope: parts[1] ?? null, target: parts[3] ?? null };
  return { scope, target: field };
}
