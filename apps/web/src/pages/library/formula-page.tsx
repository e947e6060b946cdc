/** One named formula under its address; `new` is one that is not saved yet. */
import { Text } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { underAllNames } from "@fieldbridge/model";
import { useApi } from "../../api/index.ts";
import { EmptyState, Loaded, Page, RowsSkeleton, TextLink } from "../../kit/index.ts";
import { FormulaForm } from "./formula-form.tsx";

const route = getRouteApi("/library/formulas/$name");

export function FormulaPage() {
  const { name } = route.useParams();
  const formulas = useApi("listNamedFormulas", undefined, { staleTime: 0 });
  const maps = useApi("listValueMaps");
  const isNew = name === "new";
  return (
    <Page
      title={isNew ? "New formula" : name}
      above={<TextLink to="/library/formulas">Formulas</TextLink>}
      beside={isNew ? null : <Text c="dimmed">named formula</Text>}
    >
      <Loaded query={formulas} what="Named formulas" skeleton={<RowsSkeleton rows={8} />}>
        {({ items }) => (
          <Loaded query={maps} what="Value maps" skeleton={<RowsSkeleton rows={8} />}>
            {(valueMaps) => {
              const stored = items.find((each) => each.name === name) ?? null;
              return stored === null && !isNew ? (
                <EmptyState title={`There is no named formula ${name}`}>
                  It was deleted, or the address is wrong.
                </EmptyState>
              ) : (
                <FormulaForm
                  key={name}
                  stored={stored}
                  namedFormulas={items}
                  valueMaps={underAllNames(valueMaps.items)}
                />
              );
            }}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}
