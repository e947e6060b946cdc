/** Three panes side by side where there is room; the lists share a column below 1200 px, all do below 800 px. */
import { Title } from "@mantine/core";
import { useId, type ReactNode } from "react";
import classes from "./held.module.css";

export interface Pane {
  readonly label: string;
  readonly content: ReactNode;
}

function PaneSection({ pane }: { pane: Pane }) {
  const id = useId();
  return (
    <section className={classes.pane} aria-labelledby={id}>
      <Title order={2} size="h6" id={id} className={classes.paneTitle}>
        {pane.label}
      </Title>
      {pane.content}
    </section>
  );
}

export function Panes({ panes }: { panes: readonly Pane[] }) {
  return (
    <div className={classes.panes}>
      {panes.map((pane) => (
        <PaneSection key={pane.label} pane={pane} />
      ))}
    </div>
  );
}
