/** The transfers that read or write through a connection. */
import { useNavigate } from "@tanstack/react-router";
import type { Connection, Transfer } from "@fieldbridge/model";
import { useApi } from "../../api/index.ts";
import { toTitle } from "../../format/object-words.ts";
import { DataTable, EmptyState, Loaded, RowsSkeleton, TextLink, type Column } from "../../kit/index.ts";

export function ConnectionUsage({ connection }: { connection: Connection }) {
  const navigate = useNavigate();
  const query = useApi("listTransfers", { query: { limit: 500 } });
  const columns: readonly Column<Transfer>[] = [
    {
      id: "name",
      header: "Transfer",
      render: (each) => (
        <TextLink to="/transfers/$id/$tab" params={{ id: each.id, tab: "map" }}>
          {each.name}
        </TextLink>
      ),
    },
    {
      id: "use",
      header: "Uses it to",
      render: ({ definition }) =>
        [
          definition.source.connection === connection.id ? `read ${toTitle(definition.source.object)}` : null,
          definition.target.connection === connection.id
            ? `write ${toTitle(definition.target.object)}`
            : null,
        ]
          .filter((part) => part !== null)
          .join(", "),
    },
  ];
  return (
    <Loaded query={query} what="Transfers" skeleton={<RowsSkeleton rows={3} />}>
      {(data) => {
        const rows = data.items.filter(
          ({ definition }) =>
            definition.source.connection === connection.id || definition.target.connection === connection.id,
        );
        return rows.length === 0 ? (
          <EmptyState title="No transfer uses it yet" />
        ) : (
          <DataTable
            label="Transfers that use this connection"
            columns={columns}
            rows={rows}
            rowKey={(each) => each.id}
            onOpen={(each) =>
              void navigate({ to: "/transfers/$id/$tab", params: { id: each.id, tab: "map" } })
            }
          />
        );
      }}
    </Loaded>
  );
}
