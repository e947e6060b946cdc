/** `Ctrl+K`: every page, transfer, group, connection, value map and recent run by name. */
import {
  createSpotlight,
  Spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
} from "@mantine/spotlight";
import "@mantine/spotlight/styles.layer.css";
import { useNavigate } from "@tanstack/react-router";
import { ArrowLeftRight, CircleHelp, LibraryBig, Play, Plug, Plus, Search, Workflow } from "lucide-react";
import { useEffect, useState } from "react";
import { useApi } from "../api/index.ts";
import { countOf } from "../format/number.ts";
import { systemLabel } from "../kit/index.ts";
import { places } from "./navigation.tsx";

const icon = (Icon: typeof Plug) => <Icon size={18} aria-hidden />;
const group = (name: string, actions: SpotlightActionData[]): SpotlightActionGroupData[] =>
  actions.length === 0 ? [] : [{ group: name, actions }];

export function CommandPalette({ onHelp }: { onHelp: () => void }) {
  const navigate = useNavigate();
  const transfers = useApi("listTransfers", { query: { limit: 500 } });
  const connections = useApi("listConnections");
  const groups = useApi("listGroups");
  const maps = useApi("listValueMaps");
  const home = useApi("getHome");
  const [[store, { open }]] = useState(createSpotlight);
  useEffect(() => open(), [open]);

  const actions = [
    ...group("Pages", [
      ...places.map((place) => ({
        id: place.to,
        label: place.label,
        description: "words" in place ? place.words : undefined,
        leftSection: icon(place.icon),
        onClick: () => void navigate({ to: place.to }),
      })),
      { id: "help", label: "Keyboard shortcuts", leftSection: icon(CircleHelp), onClick: onHelp },
    ]),
    ...group("Create", [
      {
        id: "new-transfer",
        label: "New transfer",
        leftSection: icon(Plus),
        onClick: () => void navigate({ to: "/transfers", search: { new: "1" } }),
      },
      {
        id: "new-group",
        label: "New group",
        leftSection: icon(Plus),
        onClick: () => void navigate({ to: "/groups", search: { new: "1" } }),
      },
      {
        id: "new-connection",
        label: "New connection",
        leftSection: icon(Plus),
        onClick: () => void navigate({ to: "/connections/new" }),
      },
    ]),
    ...group(
      "Transfers",
      (transfers.data?.items ?? []).map((each) => ({
        id: `transfer-${each.id}`,
        label: each.name,
        description: `${each.definition.source.object} → ${each.definition.target.object}`,
        leftSection: icon(ArrowLeftRight),
        onClick: () => void navigate({ to: "/transfers/$id/$tab", params: { id: each.id, tab: "map" } }),
      })),
    ),
    ...group(
      "Groups",
      (groups.data?.items ?? []).map((each) => ({
        id: `group-${each.id}`,
        label: each.definition.name,
        description: countOf(each.definition.members.length, "transfer"),
        leftSection: icon(Workflow),
        onClick: () => void navigate({ to: "/groups/$id", params: { id: each.id } }),
      })),
    ),
    ...group(
      "Connections",
      (connections.data?.items ?? []).map((each) => ({
        id: `connection-${each.id}`,
        label: each.name,
        description: systemLabel(each.config.system),
        leftSection: icon(Plug),
        onClick: () => void navigate({ to: "/connections/$id", params: { id: each.id } }),
      })),
    ),
    ...group(
      "Value maps",
      (maps.data?.items ?? []).map((each) => ({
        id: `map-${each.name}`,
        label: each.name,
        leftSection: icon(LibraryBig),
        onClick: () => void navigate({ to: "/library/value-maps/$name", params: { name: each.name } }),
      })),
    ),
    ...group(
      "Recent runs",
      (home.data?.recentRuns ?? []).map((each) => ({
        id: `run-${each.id}`,
        label: `Run ${each.number}`,
        description: each.transferName,
        leftSection: icon(Play),
        onClick: () => void navigate({ to: "/runs/$id", params: { id: each.id } }),
      })),
    ),
  ];

  return (
    <Spotlight
      store={store}
      attributes={{ content: { "aria-label": "Search or jump to" } }}
      actions={actions}
      shortcut={null}
      scrollable
      maxHeight={420}
      highlightQuery
      nothingFound="Nothing has this name."
      searchProps={{
        leftSection: <Search size={18} aria-hidden />,
        placeholder: "Page, transfer, group, connection, value map or run",
        "aria-label": "Search or jump to",
      }}
    />
  );
}
