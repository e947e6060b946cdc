/** The functions by group, as links; arrow keys move between them. */
import { Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { FunctionDoc } from "@fieldbridge/formula";
import { useId, useRef } from "react";
import { useArrowKeys } from "../../kit/index.ts";
import { groupFunctions } from "./find-functions.ts";
import classes from "./help.module.css";

export interface FunctionListProps {
  readonly functions: readonly FunctionDoc[];
  readonly search: string;
  /** The function that is shown beside the list. */
  readonly current: string | undefined;
}

export function FunctionList({ functions, search, current }: FunctionListProps) {
  const list = useRef<HTMLElement>(null);
  const id = useId();
  useArrowKeys(list);
  return (
    <nav ref={list} className={classes.list} aria-label="Functions">
      {groupFunctions(functions).map((part) => (
        <section key={part.group} aria-labelledby={`${id} ${part.group}`.replaceAll(" ", "-")}>
          <Title order={2} className={classes.group} id={`${id} ${part.group}`.replaceAll(" ", "-")}>
            {part.group} <span>{part.functions.length}</span>
          </Title>
          <ul>
            {part.functions.map((doc) => (
              <li key={doc.name}>
                <Link
                  to="/help/functions"
                  search={{ f: doc.name, ...(search === "" ? {} : { q: search }) }}
                  className={classes.item}
                  data-row
                  aria-current={doc.name === current ? "true" : undefined}
                >
                  <span className="fb-mono">{doc.name}</span>
                  <Text span size="xs" c="dimmed">
                    {doc.summary}
                  </Text>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
