/** Who calls a named formula, checked with the text on the screen, saved or not. */
import { List, Text } from "@mantine/core";
import type { FormulaUser, NamedFormula } from "@fieldbridge/model";
import { useApi } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import { Loaded, Panel, RowsSkeleton, TextLink } from "../../kit/index.ts";

const describePublished: Readonly<Record<"same" | "earlier", string>> = {
  same: "published with this formula",
  earlier: "published with an earlier text; publish again to use this one",
};

function UserText({ user }: { user: FormulaUser }) {
  const [first] = user.issues;
  const words = [
    user.kind === "transfer" && !user.inDraft ? "not in its draft any more" : "",
    user.published === null ? "" : describePublished[user.published],
  ].filter((each) => each !== "");
  return (
    <>
      {user.kind === "transfer" ? (
        <TextLink to="/transfers/$id/$tab" params={{ id: user.id, tab: "map" }}>
          {user.name}
        </TextLink>
      ) : (
        <TextLink to="/library/formulas/$name" params={{ name: user.id }}>
          {user.name}
        </TextLink>
      )}
      {words.length === 0 ? "" : `, ${words.join("; ")}`}
      {first === undefined ? null : (
        <Text size="sm" c="var(--mantine-color-error)">
          {countOf(user.issues.length, "error")} with this text: {first.message}
        </Text>
      )}
    </>
  );
}

/** `proposed` is what the screen has; null where it is what the library has. */
export function FormulaUsers({ name, proposed }: { name: string; proposed: NamedFormula | null }) {
  const query = useApi(
    "listFormulaUsers",
    { params: { name }, body: proposed === null ? {} : { formula: proposed } },
    { keepPrevious: true },
  );
  return (
    <Panel title="Used by">
      <Loaded query={query} what="Who uses it" skeleton={<RowsSkeleton rows={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              No transfer and no other formula calls it.
            </Text>
          ) : (
            <List size="sm" spacing={8}>
              {items.map((user) => (
                <List.Item key={`${user.kind} ${user.id}`}>
                  <UserText user={user} />
                </List.Item>
              ))}
            </List>
          )
        }
      </Loaded>
    </Panel>
  );
}
