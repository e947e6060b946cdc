/** What every list can hand on: a link to the view as it is filtered, and its rows as CSV. */
import { Button, Group } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { writeCsv } from "@fieldbridge/model";
import { Download, Link } from "lucide-react";
import { type ReactNode } from "react";
import { useExport } from "./save-file.ts";

export interface CsvColumn<T> {
  readonly header: string;
  readonly text: (row: T) => string;
}

export const toCsv = <T,>(rows: readonly T[], columns: readonly CsvColumn<T>[]): string =>
  writeCsv([
    columns.map((column) => column.header),
    ...rows.map((row) => columns.map((column) => column.text(row))),
  ]);

export interface ViewToolsProps<T> {
  /** Of the file, without its ending. */
  readonly fileName: string;
  readonly columns: readonly CsvColumn<T>[];
  /** All rows that the filter leaves, whether they are on the page or not. */
  readonly readRows: () => Promise<readonly T[]>;
  readonly children?: ReactNode;
}

export function ViewTools<T>({ fileName, columns, readRows, children }: ViewToolsProps<T>) {
  const clipboard = useClipboard({ timeout: 2_000 });
  const { isBusy, run } = useExport(`${fileName}.csv`, async () => toCsv(await readRows(), columns));
  return (
    <Group gap={6} ml="auto">
      {children}
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<Link size={14} aria-hidden />}
        onClick={() => clipboard.copy(location.href)}
      >
        <span aria-live="polite">{clipboard.copied ? "Link copied" : "Copy link to this view"}</span>
      </Button>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<Download size={14} aria-hidden />}
        loading={isBusy}
        onClick={() => void run()}
      >
        Export CSV
      </Button>
    </Group>
  );
}
