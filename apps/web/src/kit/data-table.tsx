/**
 * The one table of the product: sticky header, sorting, selection, keyboard movement between rows, and virtual rows
 * for long lists. Below 600 px a short table becomes cards.
 */
import { Checkbox, Text, UnstyledButton } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp, ArrowUpDown } from "lucide-react";
import { useEffect, useRef, type MouseEvent, type ReactNode } from "react";
import classes from "./data-table.module.css";
import { useArrowKeys } from "./use-arrow-keys.ts";

export interface Column<T> {
  readonly id: string;
  readonly header: string;
  readonly render: (row: T) => ReactNode;
  /** CSS width; the others share what is left. */
  readonly width?: string;
  readonly numeric?: boolean;
  /** Makes the column sortable. */
  readonly sortBy?: (row: T) => string | number;
}

/** Sort order as it stands in the URL: `name` upwards, `-name` downwards. */
export function sortRows<T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  sort: string | undefined,
): T[] {
  const id = sort?.replace(/^-/, "");
  const by = columns.find((column) => column.id === id)?.sortBy;
  if (by === undefined) return [...rows];
  const sign = sort?.startsWith("-") ? -1 : 1;
  return [...rows].sort((left, right) => {
    const [a, b] = [by(left), by(right)];
    const order =
      typeof a === "number" && typeof b === "number"
        ? a - b
        : String(a).localeCompare(String(b), undefined, { numeric: true });
    return sign * order;
  });
}

export interface DataTableProps<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  readonly sort?: string | undefined;
  readonly onSort?: (sort: string | undefined) => void;
  /** A click anywhere on the row; the row must also contain a link or button that does the same. */
  readonly onOpen?: (row: T) => void;
  /** Key of the row shown elsewhere on the page. */
  readonly activeKey?: string | undefined;
  readonly selected?: ReadonlySet<string>;
  readonly onSelect?: (selected: ReadonlySet<string>) => void;
  /** Name of a row for its check box. */
  readonly rowName?: (row: T) => string;
  /** Height in CSS; turns on virtual rows of 40 px. */
  readonly height?: string;
  /** Called when the last row comes near. */
  readonly onEnd?: () => void;
  /** All rows there are, where not all are loaded yet. */
  readonly total?: number;
  readonly footer?: ReactNode;
}

const rowPx = 40;
const overscan = 10;

const isInteractive = (target: EventTarget): boolean =>
  target instanceof Element && target.closest("a, button, input, label, select, textarea") !== null;

function HeaderCell<T>({ column, props }: { column: Column<T>; props: DataTableProps<T> }) {
  const up = props.sort === column.id;
  const down = props.sort === `-${column.id}`;
  const sortable = column.sortBy !== undefined && props.onSort !== undefined;
  const Icon = up ? ArrowUp : down ? ArrowDown : ArrowUpDown;
  return (
    <th
      scope="col"
      style={{ width: column.width }}
      data-numeric={column.numeric || undefined}
      aria-sort={up ? "ascending" : down ? "descending" : undefined}
    >
      {sortable ? (
        <UnstyledButton
          className={classes.sort}
          onClick={() => props.onSort?.(up ? `-${column.id}` : down ? undefined : column.id)}
        >
          {column.header}
          <Icon size={13} aria-hidden data-idle={(!up && !down) || undefined} />
        </UnstyledButton>
      ) : (
        column.header
      )}
    </th>
  );
}

function Row<T>({ row, index, props }: { row: T; index: number; props: DataTableProps<T> }) {
  const key = props.rowKey(row);
  const { selected, onSelect, onOpen } = props;
  const toggle = (): void => {
    const next = new Set(selected);
    if (!next.delete(key)) next.add(key);
    onSelect?.(next);
  };
  const open = (event: MouseEvent): void => {
    if (!isInteractive(event.target) && window.getSelection()?.isCollapsed !== false) onOpen?.(row);
  };
  return (
    <tr
      data-row
      data-active={props.activeKey === key || undefined}
      data-open={onOpen === undefined ? undefined : true}
      aria-rowindex={props.height === undefined ? undefined : index + 2}
      onClick={open}
    >
      {onSelect === undefined ? null : (
        <td className={classes.check}>
          <Checkbox
            checked={selected?.has(key) ?? false}
            onChange={toggle}
            aria-label={`Select ${props.rowName?.(row) ?? key}`}
          />
        </td>
      )}
      {props.columns.map((column) => (
        <td key={column.id} data-label={column.header} data-numeric={column.numeric || undefined}>
          {column.render(row)}
        </td>
      ))}
    </tr>
  );
}

export function DataTable<T>(props: DataTableProps<T>) {
  const { rows, columns, height, onEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const isVirtual = height !== undefined;
  useArrowKeys(scroller);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised by a compiler
  const virtual = useVirtualizer({
    count: isVirtual ? rows.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan,
  });
  const items = virtual.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (isVirtual && rows.length > 0 && lastIndex >= rows.length - overscan) onEnd?.();
  }, [isVirtual, lastIndex, rows.length, onEnd]);

  const allKeys = rows.map(props.rowKey);
  const chosen = allKeys.filter((key) => props.selected?.has(key)).length;
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const shown = isVirtual
    ? items.flatMap((item) => {
        const row = rows[item.index];
        return row === undefined ? [] : [{ row, index: item.index }];
      })
    : rows.map((row, index) => ({ row, index }));

  return (
    <div
      ref={scroller}
      className={classes.frame}
      data-virtual={isVirtual || undefined}
      style={{ maxHeight: height }}
      {...(isVirtual ? { tabIndex: 0, role: "region", "aria-label": props.label } : {})}
    >
      <table
        className={classes.table}
        aria-label={props.label}
        aria-rowcount={isVirtual ? (props.total ?? rows.length) + 1 : undefined}
      >
        <thead>
          <tr>
            {props.onSelect === undefined ? null : (
              <th scope="col" className={classes.check}>
                <Checkbox
                  checked={chosen > 0 && chosen === allKeys.length}
                  indeterminate={chosen > 0 && chosen < allKeys.length}
                  onChange={() => props.onSelect?.(new Set(chosen === allKeys.length ? [] : allKeys))}
                  aria-label="Select all rows"
                />
              </th>
            )}
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} props={props} />
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 ? <tr aria-hidden style={{ height: above }} /> : null}
          {shown.map(({ row, index }) => (
            <Row key={props.rowKey(row)} row={row} index={index} props={props} />
          ))}
          {isVirtual && below > 0 ? <tr aria-hidden style={{ height: below }} /> : null}
        </tbody>
      </table>
      {props.footer === undefined ? null : (
        <Text size="sm" c="dimmed" px="sm" py={8}>
          {props.footer}
        </Text>
      )}
    </div>
  );
}
