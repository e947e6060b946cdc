// What a sandbox tells about its records so that the page can show them.
import type { Row } from "../store.ts";

export interface PageCell {
  readonly text: string;
  /** A path on this server. */
  readonly href?: string;
  readonly tone?: "good" | "bad" | "busy" | "quiet";
}

export interface PageColumn {
  readonly label: string;
  readonly numeric?: boolean;
  readonly cell: (row: Row) => PageCell | string;
}

/** Lines or related records below a record. */
export interface PageSection {
  readonly title: string;
  readonly columns: readonly PageColumn[];
  readonly rows: readonly Row[];
  /** Sums under the table, the last one strongest. */
  readonly totals?: readonly (readonly [label: string, amount: string])[];
  readonly empty: string;
}

export interface PageEdit {
  readonly fields: readonly {
    readonly name: string;
    readonly label: string;
    readonly value: string;
    readonly choices?: readonly string[];
  }[];
  /** Saves changed values; resolves to a sentence when it is refused. */
  readonly save: (values: Readonly<Record<string, string>>) => Promise<string | null>;
}

export type PageFacts = readonly (readonly [label: string, value: PageCell | string])[];

export interface PageRecord {
  readonly title: string;
  readonly subtitle: string;
  /** What a person looks for, shown on top. */
  readonly facts: PageFacts;
  /** Everything else, folded away below. */
  readonly moreFacts?: PageFacts;
  readonly sections: readonly PageSection[];
  readonly edit?: PageEdit;
}

export interface PageObject {
  /** As in the URL, e.g. "salesInvoices". */
  readonly name: string;
  readonly label: string;
  /** Readable columns first; the first one links to the record. */
  readonly columns: readonly PageColumn[];
  readonly rows: () => readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Sorts the list, highest first: the time of the last change. */
  readonly changedAt: (row: Row) => string;
  readonly record: (key: string) => PageRecord | null;
}

/** What a server shows; one that keeps several companies has a site for each. */
export interface PageSite {
  readonly title: string;
  /** As in the URL; undefined on a server without companies. */
  readonly company?: string;
  /** One sentence: what this server plays. */
  readonly summary: string;
  readonly accent: "blue" | "teal";
  /** What a client needs to connect. */
  readonly credentials: readonly (readonly [label: string, value: string])[];
  /** The objects a person looks at most come first. */
  readonly objects: readonly PageObject[];
}
