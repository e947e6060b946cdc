/** How a result came about: the value of every part of a formula for the pinned record, parts inside their wholes. */
import { Text, UnstyledButton } from "@mantine/core";
import type { Explanation, Span } from "@fieldbridge/formula";
import { useRef } from "react";
import { FormulaText } from "../../kit/index.ts";
import { useArrowKeys } from "../../kit/use-arrow-keys.ts";
import classes from "./explain-panel.module.css";

/** Each part with the number of parts around it; the larger comes before what it contains. */
export function nestParts(
  parts: readonly Explanation[],
): { readonly part: Explanation; readonly depth: number }[] {
  const around: Explanation[] = [];
  return parts.map((part) => {
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
            {nestParts(parts).map(({ part, depth }) => (
              <tr
                key={`${part.span.start}-${part.span.end}`}
                data-row
                data-wrong={part.issue ? true : undefined}
              >
                <th scope="row" style={{ paddingInlineStart: 4 + depth * 16 }}>
                  <UnstyledButton
                    className={classes.part}
                    title="Select this part in the formula"
                    onClick={() => onSelect(part.span)}
                  >
                    <FormulaText formula={part.text} />
                  </UnstyledButton>
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
