/** All named formulas of the library. */
import { useNavigate } from "@tanstack/react-router";
import type { StoredFormula } from "@fieldbridge/model";
import { Plus, SquareFunction } from "lucide-react";
import { useApi } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import {
  ButtonLink,
  DataTable,
  EmptyState,
  Loaded,
  Page,
  RowsSkeleton,
  TextLink,
  type Column,
} from "../../kit/index.ts";
import { signatureOf } from "./formula-draft.ts";

const columns: readonly Column<StoredFormula>[] = [
  {
    id: "name",
    header: "Named formula",
    render: (formula) => (
      <TextLink to="/library/formulas/$name" params={{ name: formula.name }} fw={600}>
        {signatureOf(formula)}
      </TextLink>
    ),
  },
  { id: "what", header: "What it does", width: "50%", render: (formula) => formula.description ?? "" },
  { id: "tests", header: "Tests", render: (formula) => countOf(formula.tests.length, "test") },
];

export function FormulasPage() {
  const navigate = useNavigate();
  const query = useApi("listNamedFormulas");
  return (
    <Page
      title="Formulas"
      description="A rule that several transfers need, written once and called like a function."
      actions={
        <ButtonLink
          to="/library/formulas/$name"
          params={{ name: "new" }}
          leftSection={<Plus size={16} aria-hidden />}
        >
          New formula
        </ButtonLink>
      }
    >
      <Loaded query={query} what="Named formulas" skeleton={<RowsSkeleton rows={4} />}>
        {(data) =>
          data.items.length === 0 ? (
            <EmptyState title="No named formula yet" icon={SquareFunction}>
              For example NETPRICE(gross, rate) with the body ROUND(gross / (1 + rate), 2). Every formula can
              then call it: NETPRICE(Total, 25%).
            </EmptyState>
          ) : (
            <DataTable
              label="Named formulas"
              columns={columns}
              rows={data.items}
              rowKey={(formula) => formula.name}
              onOpen={(formula) =>
                void navigate({ to: "/library/formulas/$name", params: { name: formula.name } })
              }
            />
          )
        }
      </Loaded>
    </Page>
  );
}
