/**
 * A treegrid that renders only the rows on screen: one tab stop, arrows move, the focused row stays rendered so
 * that the focus is never lost by scrolling.
 */
import {
  forwardRef,
  memo,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from "react";
import { useWindow } from "./use-window.ts";
import classes from "./virtual-tree.module.css";

export interface TreeItem {
  readonly id: string;
  readonly level: number;
  readonly setSize: number;
  readonly position: number;
  readonly label: string;
}

export interface TreeHandle {
  readonly scroller: () => HTMLElement | null;
  /** Brings a row into view; `focus` also moves the keyboard focus to it. */
  readonly reveal: (id: string, focus: boolean) => void;
}

export interface VirtualTreeProps<Row extends TreeItem> {
  readonly label: string;
  readonly side: "source" | "target";
  readonly rows: readonly Row[];
  readonly rowHeight: number;
  /** Row that holds the tab stop; the first one where it is not there. */
  readonly activeId: string | null;
  readonly onActivate: (id: string) => void;
  readonly onScroll: (top: number) => void;
  /** True where the key was used. */
  readonly onKey: (row: Row, event: KeyboardEvent<HTMLElement>) => boolean;
  /** `onHandle` is true where the press was on the row's connection handle. */
  readonly onPress: (row: Row, onHandle: boolean, event: PointerEvent<HTMLElement>) => void;
  /** A click beside the buttons of the row. */
  readonly onClick?: ((row: Row) => void) | undefined;
  readonly onDoubleClick?: ((row: Row) => void) | undefined;
  readonly rowName: (row: Row) => string;
  readonly expandedOf?: ((row: Row) => boolean | null) | undefined;
  readonly rowState?: (row: Row) => string;
  readonly empty: ReactNode;
  readonly children: (row: Row) => ReactNode;
}

interface TreeRowProps<Row extends TreeItem> {
  readonly row: Row;
  readonly index: number;
  readonly rowHeight: number;
  readonly isTabStop: boolean;
  readonly isActive: boolean;
  readonly state: string | undefined;
  readonly onActivate: (id: string) => void;
  readonly onPress: VirtualTreeProps<Row>["onPress"];
  readonly onClick: VirtualTreeProps<Row>["onClick"];
  readonly onDoubleClick: VirtualTreeProps<Row>["onDoubleClick"];
  readonly rowName: (row: Row) => string;
  readonly expandedOf: VirtualTreeProps<Row>["expandedOf"];
  readonly cells: (row: Row) => ReactNode;
}

function PlainTreeRow<Row extends TreeItem>(props: TreeRowProps<Row>) {
  const { row, index, rowHeight } = props;
  const expanded = props.expandedOf?.(row) ?? null;
  return (
    // The keys of the rows are handled by the grid, which holds one tab stop.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      data-row={row.id}
      data-state={props.state}
      className={classes.row}
      style={{ height: rowHeight, top: index * rowHeight }}
      tabIndex={props.isTabStop ? 0 : -1}
      aria-label={props.rowName(row)}
      aria-level={row.level}
      aria-setsize={row.setSize}
      aria-posinset={row.position}
      aria-rowindex={index + 1}
      aria-selected={props.isActive}
      {...(expanded !== null && { "aria-expanded": expanded })}
      onPointerDown={(event) => {
        const pressed = event.target instanceof Element ? event.target : null;
        if (pressed?.closest("button") === null)
          props.onPress(row, pressed.closest("[data-handle]") !== null, event);
      }}
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest("button, [data-handle]") === null)
          props.onClick?.(row);
      }}
      onDoubleClick={() => props.onDoubleClick?.(row)}
      onFocus={() => {
        if (!props.isActive) props.onActivate(row.id);
      }}
    >
      {props.cells(row)}
    </div>
  );
}

/** Rows that stay on screen are not rendered again by a scroll: nothing they get changes then. */
const TreeRow = memo(PlainTreeRow) as typeof PlainTreeRow;

const typeAheadMs = 700;

function TreeInner<Row extends TreeItem>(props: VirtualTreeProps<Row>, ref: React.ForwardedRef<TreeHandle>) {
  const { rows, rowHeight, activeId, onActivate, onKey } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const window = useWindow(scroller, rows.length, rowHeight);
  const pendingFocus = useRef<string | null>(null);
  const typed = useRef({ text: "", at: 0 });
  const found = rows.findIndex((row) => row.id === activeId);
  const activeIndex = found < 0 ? 0 : found;

  const scrollTo = useCallback(
    (index: number) => {
      const element = scroller.current;
      if (!element) return;
      const top = index * rowHeight;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + rowHeight > element.scrollTop + element.clientHeight)
        element.scrollTop = top + rowHeight - element.clientHeight;
    },
    [rowHeight],
  );

  const reveal = useCallback(
    (id: string, focus: boolean) => {
      const index = rows.findIndex((row) => row.id === id);
      if (index < 0) return;
      const element = scroller.current;
      if (element) {
        const top = index * rowHeight;
        const inView =
          top >= element.scrollTop && top + rowHeight <= element.scrollTop + element.clientHeight;
        if (!inView) element.scrollTop = Math.max(0, top - element.clientHeight / 2 + rowHeight / 2);
      }
      if (focus) {
        pendingFocus.current = id;
        onActivate(id);
        element?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
      }
    },
    [rows, rowHeight, onActivate],
  );
  useImperativeHandle(ref, () => ({ scroller: () => scroller.current, reveal }), [reveal]);

  useEffect(() => {
    const id = pendingFocus.current;
    if (id === null) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
    if (!row) return;
    pendingFocus.current = null;
    if (document.activeElement !== row) row.focus({ preventScroll: true });
  });

  const move = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    pendingFocus.current = row.id;
    onActivate(row.id);
    scrollTo(rows.indexOf(row));
  };

  const startsRow = (text: string): boolean =>
    rows.some((row) => row.label.toLowerCase().startsWith(text.toLowerCase()));

  const typeAhead = (key: string, at: number): void => {
    const text = at - typed.current.at < typeAheadMs ? typed.current.text + key : key;
    typed.current = { text, at };
    const order = [...rows.keys()].map(
      (offset) => (activeIndex + offset + (text.length === 1 ? 1 : 0)) % rows.length,
    );
    const hit = order.find((index) => rows[index]?.label.toLowerCase().startsWith(text.toLowerCase()));
    if (hit !== undefined) move(hit);
  };

  const handleKey = (event: KeyboardEvent<HTMLElement>) => {
    const row = rows[activeIndex];
    if (!row || event.target !== event.currentTarget.querySelector(`[data-row="${CSS.escape(row.id)}"]`))
      return;
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey;
    // Letters that go on with the name being typed are no shortcuts.
    const begun = event.timeStamp - typed.current.at < typeAheadMs ? typed.current.text : "";
    if (begun !== "" && isPlain && event.key.length === 1 && startsRow(begun + event.key)) {
      event.preventDefault();
      typeAhead(event.key, event.timeStamp);
      return;
    }
    if (onKey(row, event)) {
      event.preventDefault();
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 1);
    const steps: Record<string, number> = {
      ArrowDown: activeIndex + 1,
      ArrowUp: activeIndex - 1,
      Home: 0,
      End: rows.length - 1,
      PageDown: activeIndex + page,
      PageUp: activeIndex - page,
    };
    const step = steps[event.key];
    if (step !== undefined && isPlain) {
      event.preventDefault();
      move(step);
    } else if (isPlain && /^[\p{L}\p{N}]$/u.test(event.key)) typeAhead(event.key, event.timeStamp);
  };

  const shown: number[] = [];
  for (let index = window.start; index < window.end; index += 1) shown.push(index);
  if (rows.length > 0 && (activeIndex < window.start || activeIndex >= window.end)) shown.push(activeIndex);

  if (rows.length === 0)
    return (
      <div ref={scroller} className={classes.scroller} data-side={props.side}>
        <div className={classes.empty}>{props.empty}</div>
      </div>
    );
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="treegrid"
      aria-label={props.label}
      aria-rowcount={rows.length}
      data-side={props.side}
      tabIndex={-1}
      onScroll={(event) => {
        window.onScroll();
        props.onScroll(event.currentTarget.scrollTop);
      }}
      onKeyDown={handleKey}
    >
      <div
        {...(rows.length > 0 && { role: "rowgroup" })}
        className={classes.rows}
        style={{ height: rows.length * rowHeight }}
      >
        {shown.map((index) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <TreeRow
              key={row.id}
              row={row}
              index={index}
              rowHeight={rowHeight}
              isTabStop={index === activeIndex}
              isActive={row.id === activeId}
              state={props.rowState?.(row)}
              onActivate={onActivate}
              onPress={props.onPress}
              onClick={props.onClick}
              onDoubleClick={props.onDoubleClick}
              rowName={props.rowName}
              expandedOf={props.expandedOf}
              cells={props.children}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Generic components lose their type parameter in `forwardRef`; this signature gives it back. */
export const VirtualTree = forwardRef(TreeInner) as <Row extends TreeItem>(
  props: VirtualTreeProps<Row> & { readonly ref?: React.Ref<TreeHandle> },
) => ReactNode;
