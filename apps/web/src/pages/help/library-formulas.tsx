/** The named formulas of the library as one more group of the function list. */
import { Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useApi } from "../../api/index.ts";
import classes from "./help.module.css";

export function LibraryFormulas({ search }: { search: string }) {
  const formulas = useApi("listNamedFormulas").data?.items ?? [];
  const wanted = search.trim().toLowerCase();
  const found = formulas.filter((each) =>
    `${each.name} ${each.description ?? ""}`.toLowerCase().includes(wanted),
  );
  if (found.length === 0) return null;
  return (
    <nav className={classes.list} aria-label="Named formulas">
      <Title order={2} className={classes.group}>
        Your library <span>{found.length}</span>
      </Title>
      <ul>
        {found.map((each) => (
          <li key={each.name}>
            <Link to="/library/formulas/$name" params={{ name: each.name }} className={classes.item}>
              <span className="fb-mono">{each.name}</span>
              <Text span size="xs" c="dimmed">
                {each.description ?? "A named formula"}
              </Text>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
