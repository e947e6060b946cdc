/** How a result came about: the value of every part of a formula for the pinned record, parts inside their wholes. */
import { Text, UnstyledButton } from "@mantine/core";
import type { Explanation, Span } from "@fieldbridge/formula";
import { useRef, useState } from "react";
import { FormulaText } from "../../kit/index.ts";
import { useArrowKeys } from "../../kit/use-arrow-keys.ts";
import classes from "./explain-panel.module.css";

/** Each part with the number of parts around it; the larger comes before what it contains. */
export function nestParts(
  parts: readonly Explanation[],
): { readonly part: Explanation; readonly depth: number }[] {
  const around: Explanation[] = [];
  return parts.map((part) => {
    // Parts of a named formula stand where it is called, one step in for each call.
    if (part.inside !== undefined)
      return { part, depth: around.length - 1 + part.inside.split(" → ").length };
    while ((around.at(-1)?.span.end ?? Infinity) <= part.span.start) around.pop();
    const depth = around.length;
    around.push(part);
    return { part, depth };
  });
}

export interface ExplainPanelProps {
  readonly parts: readonly Explanation[];
  readonly record: string;
  /** Selects the part in the formula. */
  readonly onSelect: (part: Span) => void;
}

export function ExplainPanel({ parts, record, onSelect }: ExplainPanelProps) {
  const panel = useRef<HTMLElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const rows = nestParts(parts).map((row, index) => ({
    ...row,
    key: `${row.part.span.start}-${row.part.span.end}`,
    index,
    isCall: row.part.inside === undefined && parts[index + 1]?.inside !== undefined,
  }));
  const toggle = (key: string): void =>
    setOpened(
      opened.has(key) ? new Set([...opened].filter((each) => each !== key)) : new Set([...opened, key]),
    );
  useArrowKeys(panel);
  return (
    <section className={classes.panel} aria-label="Value of every part" ref={panel}>
      {parts.length === 0 ? (
        <Text size="xs" c="dimmed">
          Correct the formula and pin a sample record to see the value of every part.
        </Text>
      ) : (
        <table>
          <caption>
            <Text span size="xs" c="dimmed">
              Every part, computed for {record}
            </Text>
          </caption>
          <thead className="fb-hidden">
            <tr>
              <th scope="col">Part</th>
              <th scope="col">Value</th>
              <th scope="col">Type</th>
            </tr>
          </thead>
          <tbody>
            {rows
              .filter(({ part, key }) => part.inside === undefined || opened.has(key))
              .map(({ part, depth, key, index, isCall }) => (
                <tr key={index} data-row data-wrong={part.issue ? true : undefined}>
                  <th scope="row" style={{ paddingInlineStart: 4 + depth * 16 }}>
                    <UnstyledButton
                      className={classes.part}
                      title="Select this part in the formula"
                      onClick={() => onSelect(part.span)}
                    >
                      <FormulaText formula={part.text} />
                    </UnstyledButton>
                    {isCall ? (
                      <UnstyledButton
                        className={classes.open}
                        aria-expanded={opened.has(key)}
                        onClick={() => toggle(key)}
                      >
                        {opened.has(key) ? "hide its steps" : "show its steps"}
                      </UnstyledButton>
                    ) : null}
                    {part.inside === undefined ? null : (
                      <Text span size="xs" c="dimmed">
                        {" "}
                        in {part.inside}
                      </Text>
                    )}
                  </th>
                  <td className="fb-mono">
                    {part.value}
                    {part.issue ? <span> {part.issue.message}</span> : null}
                  </td>
                  <td>{part.type}</td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
