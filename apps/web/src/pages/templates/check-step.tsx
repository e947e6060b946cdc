/** Step 2: what the template needs is there, mapping by mapping, and the value maps have answers. */
import { Badge, Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import type { Issue, Template, TransferDefinition, ValueMap } from "@fieldbridge/model";
import { CircleCheck, CircleX, LoaderCircle, TriangleAlert } from "lucide-react";
import { useApi } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import {
  Banner,
  ErrorState,
  FormulaText,
  IssueText,
  Loading,
  MarkIcon,
  TextLink,
  ValueMapGrid,
} from "../../kit/index.ts";
import { listMappings } from "./template-words.ts";
import classes from "./templates.module.css";
import type { DefinitionCheck } from "./use-checks.ts";
import type { ReviewedMap } from "./wizard-state.ts";

function ObjectLine({ connection, object }: { connection: string; object: string }) {
  const schema = useApi("getObject", { params: { id: connection, object } }, { staleTime: 300_000 });
  return (
    <li className={classes.check}>
      {schema.isError ? (
        <MarkIcon icon={CircleX} label="Missing" className={classes.bad} />
      ) : schema.data === undefined ? (
        <MarkIcon icon={LoaderCircle} label="Reading" />
      ) : (
        <MarkIcon icon={CircleCheck} label="Found" className={classes.good} />
      )}
      <span>
        <strong>{object}</strong>{" "}
        {schema.isError
          ? schema.error.message
          : schema.data === undefined
            ? "reading its fields…"
            : countOf(schema.data.fields.length, "field")}
      </span>
    </li>
  );
}

/** Issues of one mapping: those at its path or below. */
export const issuesAt = (issues: readonly Issue[], path: string): Issue[] =>
  issues.filter((issue) => issue.path === path || issue.path.startsWith(`${path}.`));

function MappingTable({ definition, issues }: { definition: TransferDefinition; issues: readonly Issue[] }) {
  const rows = listMappings(definition);
  const placed = new Set(rows.flatMap((row) => issuesAt(issues, row.path)));
  const rest = issues.filter((issue) => !placed.has(issue));
  return (
    <Stack gap="sm">
      {rest.map((issue) => (
        <IssueText key={`${issue.code}-${issue.path}`} issue={issue} />
      ))}
      <table className={classes.mappings} aria-label={`Mappings of ${definition.name}`}>
        <thead>
          <tr>
            <th scope="col">Target field</th>
            <th scope="col">Is filled with</th>
            <th scope="col">Check</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const found = issuesAt(issues, row.path);
            const worst = found.some((issue) => issue.severity === "error")
              ? "error"
              : found.length > 0
                ? "warning"
                : "fine";
            return (
              <tr key={row.path}>
                <th scope="row">
                  {row.field}
                  {row.lines === null ? null : (
                    <Text span size="xs" c="dimmed">
                      {" "}
                      line
                    </Text>
                  )}
                </th>
                <td>
                  <FormulaText formula={row.mapping.value} />
                  {found.map((issue) => (
                    <IssueText key={`${issue.code}-${issue.message}`} issue={issue} />
                  ))}
                </td>
                <td>
                  {worst === "fine" ? (
                    <MarkIcon icon={CircleCheck} label="Found" className={classes.good} />
                  ) : worst === "warning" ? (
                    <MarkIcon icon={TriangleAlert} label="Warning" />
                  ) : (
                    <MarkIcon icon={CircleX} label="Error" className={classes.bad} />
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Stack>
  );
}

function MapReview({ reviewed, onEdit }: { reviewed: ReviewedMap; onEdit: (map: ValueMap) => void }) {
  const { map, inLibrary } = reviewed;
  const { default: fallback, ...rest } = map;
  return (
    <Stack gap={6}>
      <Group gap="xs">
        <Title order={4} size="h5">
          Value map {map.name}
        </Title>
        <Badge variant="default" tt="none">
          {inLibrary ? "from your library" : "default answers filled in"}
        </Badge>
      </Group>
      <Text size="sm" c="dimmed">
        {map.description}
        {inLibrary ? (
          <>
            {" "}
            Other transfers may use it too:{" "}
            <TextLink to="/library/value-maps/$name" params={{ name: map.name }}>
              edit it in the library
            </TextLink>
            .
          </>
        ) : null}
      </Text>
      <ValueMapGrid map={map} readOnly={inLibrary} onChange={(entries) => onEdit({ ...map, entries })} />
      {inLibrary ? null : (
        <TextInput
          label="For values not listed"
          description="Empty: a record with an unlisted value is held, so that nothing is sent wrongly."
          maw={420}
          value={fallback ?? ""}
          onChange={(event) => {
            const value = event.currentTarget.value;
            onEdit(value === "" ? rest : { ...rest, default: value });
          }}
        />
      )}
    </Stack>
  );
}

export interface CheckStepProps {
  readonly template: Template;
  readonly definitions: readonly TransferDefinition[];
  readonly chosen: Readonly<Record<string, string>>;
  readonly checks: readonly DefinitionCheck[];
  readonly maps: readonly ReviewedMap[];
  readonly onEdit: (map: ValueMap) => void;
  readonly onBack: () => void;
  readonly onContinue: () => void;
}

export function CheckStep(props: CheckStepProps) {
  const errors = props.checks.flatMap((check) =>
    (check.data?.issues ?? []).filter((issue) => issue.severity === "error"),
  );
  const isDone = props.checks.every((check) => check.data !== undefined);
  return (
    <Stack gap="lg">
      <div aria-live="polite">
        {!isDone ? null : errors.length === 0 ? (
          <Banner kind="success" title="Everything the template needs is there" />
        ) : (
          <Banner kind="error" title={`${countOf(errors.length, "problem")} to solve first`}>
            <Text size="sm">
              Choose other connections, add the missing fields there, or save as draft on the next step and
              change the mappings in the studio.
            </Text>
          </Banner>
        )}
      </div>
      <Group gap="sm">
        <Button onClick={props.onContinue} disabled={!isDone}>
          Continue
        </Button>
        <Button variant="default" onClick={props.onBack}>
          Back
        </Button>
      </Group>
      <section>
        <Title order={3} size="h5" mb={6}>
          Objects
        </Title>
        <div className={classes.ends}>
          {props.template.ends.map((end) => (
            <div key={end.role}>
              <Text size="sm" c="dimmed">
                {end.label}
              </Text>
              <ul className={classes.checks}>
                {end.objects.map((object) => (
                  <ObjectLine key={object} connection={props.chosen[end.role] ?? ""} object={object} />
                ))}
              </ul>
            </div>
          ))}
        </div>
      </section>
      <section>
        <Title order={3} size="h5" mb={6}>
          Value maps to review
        </Title>
        <div className={classes.ends}>
          {props.maps.map((reviewed) => (
            <MapReview key={reviewed.map.name} reviewed={reviewed} onEdit={props.onEdit} />
          ))}
        </div>
      </section>
      <section>
        <Title order={3} size="h5" mb={6}>
          Mappings
        </Title>
        {props.definitions.map((definition, index) => {
          const check = props.checks[index];
          if (check?.isError)
            return (
              <ErrorState
                key={definition.id}
                error={check.error}
                what="The check"
                onRetry={() => void check.refetch()}
              />
            );
          if (check?.data === undefined)
            return <Loading key={definition.id} what={`Checking the mappings of ${definition.name}`} />;
          return <MappingTable key={definition.id} definition={definition} issues={check.data.issues} />;
        })}
      </section>
    </Stack>
  );
}
