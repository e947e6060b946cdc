/** Title, count and search of one tree. `/` in the tree leads here, Enter leads back to the first hit. */
import { CloseButton, Text, TextInput } from "@mantine/core";
import { Search } from "lucide-react";
import type { Ref } from "react";
import classes from "./mapping-tab.module.css";

export interface PaneHeaderProps {
  readonly title: string;
  readonly object: string;
  readonly count: number;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onEnter: () => void;
  readonly ref: Ref<HTMLInputElement>;
}

export function PaneHeader({ title, object, count, query, onQuery, onEnter, ref }: PaneHeaderProps) {
  return (
    <div className={classes.paneHeader}>
      <Text size="sm" className={classes.paneTitle} title={object}>
        <Text span size="xs" c="dimmed" fw={600}>
          {title}{" "}
        </Text>
        <Text span fw={600}>
          {object}
        </Text>
      </Text>
      <TextInput
        ref={ref}
        size="xs"
        className={classes.paneSearch}
        aria-label={`Search ${title.toLowerCase()} fields`}
        placeholder="Search  /"
        leftSection={<Search size={14} aria-hidden />}
        rightSection={
          query === "" ? null : (
            <CloseButton size="sm" aria-label="Clear search" onClick={() => onQuery("")} />
          )
        }
        value={query}
        onChange={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" || event.key === "ArrowDown") {
            event.preventDefault();
            onEnter();
          } else if (event.key === "Escape") {
            event.stopPropagation();
            onQuery("");
            onEnter();
          }
        }}
      />
      <span className="fb-hidden" role="status">
        {query === "" ? "" : `${count} ${count === 1 ? "row" : "rows"} found`}
      </span>
    </div>
  );
}
