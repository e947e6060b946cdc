/** The links of a transfer: searched, opened in both systems, corrected, forgotten, exported and brought in. */
import { ActionIcon, Anchor, Button, Group, Text, TextInput, Tooltip } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { Transfer, TransferLink } from "@fieldbridge/model";
import {
  CircleCheck,
  CircleDashed,
  Download,
  ExternalLink,
  Link2,
  Plus,
  Search,
  Trash2,
  Upload,
} from "lucide-react";
import { useState } from "react";
import { callApi, useApiPages } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import {
  DataTable,
  EmptyState,
  ErrorState,
  Loading,
  Panel,
  useExport,
  StatusBadge,
  TimeText,
  type Column,
} from "../../kit/index.ts";
import { describeParameters } from "../../parameters/describe-parameters.ts";
import { EditLinkDialog } from "./edit-link-dialog.tsx";
import { ForgetLinkDialog } from "./forget-link-dialog.tsx";
import { ImportLinksDialog } from "./import-links-dialog.tsx";

const route = getRouteApi("/transfers/$id/links");

/** What is being done; `edit` without a link adds one. */
type Doing =
  | { readonly what: "import" }
  | { readonly what: "edit"; readonly link: TransferLink | null }
  | { readonly what: "forget"; readonly link: TransferLink };

function RecordKey({ text, url }: { text: string; url: string | null }) {
  if (url === null) return text;
  return (
    <Anchor href={url} target="_blank" rel="noreferrer" inherit underline="always">
      {text} <ExternalLink size={13} aria-hidden />
      <span className="fb-hidden"> (new tab)</span>
    </Anchor>
  );
}

const toColumns = (onDo: (doing: Doing) => void): readonly Column<TransferLink>[] => [
  {
    id: "source",
    header: "Source record",
    width: "30%",
    render: (link) => (
      <>
        <RecordKey text={link.sourceKey} url={link.sourceUrl} />{" "}
        <Text span size="xs" c="dimmed">
          {describeParameters(link.parameters)}
        </Text>
      </>
    ),
  },
  {
    id: "target",
    header: "Target record",
    render: (link) =>
      link.targetKey === null ? (
        <Text span c="dimmed" size="sm">
          not known
        </Text>
      ) : (
        <RecordKey text={link.targetKey} url={link.targetUrl} />
      ),
  },
  {
    id: "state",
    header: "State",
    width: "110px",
    render: (link) =>
      link.state === "linked" ? (
        <StatusBadge tone="green" icon={CircleCheck}>
          Linked
        </StatusBadge>
      ) : (
        <StatusBadge tone="yellow" icon={CircleDashed}>
          In doubt
        </StatusBadge>
      ),
  },
  { id: "at", header: "Since", width: "150px", render: (link) => <TimeText at={link.at} /> },
  {
    id: "do",
    header: "Change",
    width: "92px",
    render: (link) => (
      <Group gap={2} wrap="nowrap">
        <Tooltip label="Link to another record">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Link ${link.sourceKey} to another record`}
            onClick={() => onDo({ what: "edit", link })}
          >
            <Link2 size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Forget this link">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Forget the link of ${link.sourceKey}`}
            onClick={() => onDo({ what: "forget", link })}
          >
            <Trash2 size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
    ),
  },
];

function Dialogs({
  transfer,
  doing,
  onClose,
}: {
  transfer: Transfer;
  doing: Doing | null;
  onClose: () => void;
}) {
  switch (doing?.what) {
    case "import":
      return <ImportLinksDialog transfer={transfer} onClose={onClose} />;
    case "edit":
      return <EditLinkDialog transfer={transfer} link={doing.link} onClose={onClose} />;
    case "forget":
      return <ForgetLinkDialog transfer={transfer} link={doing.link} onClose={onClose} />;
    case undefined:
      return null;
  }
}

export function LinksPanel({ transfer }: { transfer: Transfer }) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/transfers/$id/links" });
  const [doing, setDoing] = useState<Doing | null>(null);
  const setQuery = useDebouncedCallback(
    (q: string) => void navigate({ search: { q: q.trim() }, replace: true }),
    250,
  );
  const links = useApiPages("listLinks", {
    params: { id: transfer.id },
    query: { limit: 500, search: search.q },
  });
  const exporting = useExport(
    `links-${transfer.id}.csv`,
    async () => (await callApi("exportLinks", { params: { id: transfer.id } })).csv,
  );
  return (
    <Panel
      title="Links"
      actions={
        <Group gap={6}>
          <Button
            variant="default"
            size="xs"
            leftSection={<Plus size={14} aria-hidden />}
            onClick={() => setDoing({ what: "edit", link: null })}
          >
            Link two records
          </Button>
          <Button
            variant="default"
            size="xs"
            leftSection={<Upload size={14} aria-hidden />}
            onClick={() => setDoing({ what: "import" })}
          >
            Import CSV
          </Button>
          <Button
            variant="default"
            size="xs"
            leftSection={<Download size={14} aria-hidden />}
            loading={exporting.isBusy}
            onClick={() => void exporting.run()}
          >
            Export all as CSV
          </Button>
        </Group>
      }
    >
      <TextInput
        label="Find a record"
        placeholder="Part of a source or target key"
        maw={320}
        mb="sm"
        leftSection={<Search size={16} aria-hidden />}
        defaultValue={search.q ?? ""}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      {links.isError && links.items.length === 0 ? (
        <ErrorState error={links.error} what="Links" onRetry={() => void links.refetch()} />
      ) : links.isPending ? (
        <Loading what="Reading links" />
      ) : links.items.length === 0 ? (
        <EmptyState title={search.q === undefined ? "No record was linked yet" : "No link has such a key"}>
          {search.q === undefined
            ? "A link is remembered with every record a run writes. Import links where the target has records already."
            : "Keys are searched as text, in the source and in the target."}
        </EmptyState>
      ) : (
        <DataTable
          label="Links"
          columns={toColumns(setDoing)}
          rows={links.items}
          rowKey={(link) => `${link.sourceKey} ${describeParameters(link.parameters)}`}
          height="min(560px, 65vh)"
          total={links.total}
          onEnd={() => {
            if (links.hasNextPage && !links.isFetchingNextPage) void links.fetchNextPage();
          }}
          footer={`${countOf(links.total, "link")}${links.isFetchingNextPage ? ", reading more…" : ""}`}
        />
      )}
      <Dialogs transfer={transfer} doing={doing} onClose={() => setDoing(null)} />
    </Panel>
  );
}
