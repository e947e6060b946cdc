/** One named formula: name, parameters, body and tests, judged with every change by the code that runs it. */
import { Button, Grid, Group, List, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useBlocker, useNavigate } from "@tanstack/react-router";
import { judgeNamedFormula, scopeForNamedFormula } from "@fieldbridge/engine";
import { checkFormula, formatSegment } from "@fieldbridge/formula";
import type { LibraryFormula, NamedFormula, StoredFormula, ValueMap } from "@fieldbridge/model";
import { useMemo, useState } from "react";
import { ApiProblem, invalidateApi, useApiMutation } from "../../api/index.ts";
import { ActionError, Banner, Panel } from "../../kit/index.ts";
import { FormulaField } from "../../studio/formula-editor/formula-field.tsx";
import { toVocabulary } from "../../studio/formula-editor/vocabulary.ts";
import { DeleteFormula } from "./delete-formula.tsx";
import { FormulaConflict } from "./formula-conflict.tsx";
import { emptyFormula, isSameFormula, signatureOf, toSaved } from "./formula-draft.ts";
import { FormulaParameters } from "./formula-parameters.tsx";
import { FormulaTests } from "./formula-tests.tsx";
import { FormulaUsers } from "./formula-users.tsx";

export interface FormulaFormProps {
  /** Null for one that is not saved yet. */
  readonly stored: StoredFormula | null;
  readonly namedFormulas: readonly NamedFormula[];
  readonly valueMaps: readonly ValueMap[];
}

/** `base` is what the library had when the form was filled; only a save, or an untouched form, moves it on. */
function useFormulaDraft(stored: StoredFormula | null) {
  const [{ base, draft }, setState] = useState<{ base: StoredFormula | null; draft: LibraryFormula }>({
    base: stored,
    draft: stored ?? emptyFormula,
  });
  const isChanged = !isSameFormula(draft, base ?? emptyFormula);
  if (!isChanged && stored !== null && stored.version > (base?.version ?? 0))
    setState({ base: stored, draft: stored });
  return {
    base,
    draft,
    isChanged,
    setDraft: (next: LibraryFormula) => setState({ base, draft: next }),
    restart: (next: StoredFormula | null, content: LibraryFormula = next ?? emptyFormula) =>
      setState({ base: next, draft: content }),
  };
}

export function FormulaForm({ stored, namedFormulas, valueMaps }: FormulaFormProps) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [now] = useState(() => new Date().toISOString());
  const { base, draft, isChanged, setDraft, restart } = useFormulaDraft(stored);
  const save = useApiMutation("saveNamedFormula", {
    invalidates: ["getNamedFormula", "listFormulaUsers", "listTransfers", "getTransfer"],
    onSuccess: async (formula) => {
      restart(formula);
      await invalidateApi(client, ["listNamedFormulas"]);
      if (base === null)
        void navigate({
          to: "/library/formulas/$name",
          params: { name: formula.name },
          replace: true,
          ignoreBlocker: true,
        });
    },
  });
  const saved = toSaved(draft);
  const verdict = useMemo(
    () => judgeNamedFormula(draft, { namedFormulas, valueMaps, now }),
    [draft, namedFormulas, valueMaps, now],
  );
  const scope = useMemo(
    () => scopeForNamedFormula(draft, { namedFormulas, valueMaps }),
    [draft, namedFormulas, valueMaps],
  );
  const vocabulary = useMemo(() => toVocabulary(scope, () => null, formatSegment), [scope]);
  const isTaken = base === null && namedFormulas.some((each) => each.name === draft.name);
  const isConflict = save.error instanceof ApiProblem && save.error.code === "API-903" && base !== null;
  const failing = verdict.results.filter((each) => !each.passed).length;
  const shapeIssues = verdict.issues.filter(
    (each) => each.code.startsWith("LIB-") && each.code !== "LIB-001" && draft.name !== "",
  );
  const whyNot =
    draft.name === ""
      ? "Give it a name"
      : isTaken
        ? "The name is taken"
        : draft.body === ""
          ? "Write the formula"
          : failing > 0
            ? `${failing} of ${draft.tests.length} tests fail`
            : verdict.ok
              ? null
              : "It has errors";
  useBlocker({
    shouldBlockFn: () => isChanged && !window.confirm("Leave without saving this formula?"),
    enableBeforeUnload: () => isChanged,
    disabled: !isChanged,
  });
  const { name, parameters, body } = saved;
  return (
    <Stack gap="md">
      <Group gap="sm">
        <Button
          disabled={!isChanged || whyNot !== null || isConflict}
          loading={save.isPending}
          onClick={() =>
            save.mutate({ params: { name: saved.name }, body: { ...saved, version: base?.version ?? 0 } })
          }
        >
          Save
        </Button>
        <Button
          variant="default"
          disabled={!isChanged}
          onClick={() => {
            save.reset();
            restart(base);
          }}
        >
          Discard changes
        </Button>
        <Text size="sm" c="dimmed" component="output" mr="auto">
          {isChanged
            ? `Not saved yet${whyNot === null ? "" : `: ${whyNot}`}`
            : save.data && base !== null
              ? "Saved"
              : ""}
        </Text>
        {base === null ? null : <DeleteFormula name={base.name} />}
      </Group>
      {isConflict && base !== null ? (
        <FormulaConflict
          base={base}
          onTakeTheirs={(theirs) => {
            save.reset();
            restart(theirs);
          }}
          onKeepMine={(theirs) => {
            save.reset();
            restart(theirs, draft);
          }}
        />
      ) : save.error ? (
        <ActionError error={save.error} what="The formula was not saved" />
      ) : null}
      {shapeIssues.length === 0 ? null : (
        <Banner kind="error" title="This cannot be saved">
          <List size="sm">
            {shapeIssues.map((each) => (
              <List.Item key={`${each.path} ${each.message}`}>{each.message}</List.Item>
            ))}
          </List>
        </Banner>
      )}
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="md">
            <Panel title="Parameters">
              <FormulaParameters formula={draft} onChange={setDraft} />
            </Panel>
            <Panel title="Formula">
              <FormulaField
                label={signatureOf(draft)}
                value={draft.body}
                placeholder="Write what it gives, with its parameters"
                vocabulary={vocabulary}
                check={(text) => checkFormula(text, scope).issues}
                onApply={(text) => setDraft({ ...draft, body: text })}
              />
            </Panel>
            <Panel title="Tests">
              <FormulaTests formula={draft} results={verdict.results} onChange={setDraft} />
            </Panel>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="md">
            {base === null ? (
              <TextInput
                label="Name"
                description="Capitals, digits and _. It cannot be changed later."
                value={draft.name}
                maxLength={40}
                error={isTaken ? "There is a formula of this name." : null}
                onChange={(event) =>
                  setDraft({
                    ...draft,
                    name: event.currentTarget.value.toUpperCase().replace(/[^A-Z0-9_]/g, ""),
                  })
                }
              />
            ) : null}
            <Textarea
              label="What it does"
              autosize
              maxLength={1_000}
              value={draft.description ?? ""}
              onChange={(event) => setDraft({ ...draft, description: event.currentTarget.value })}
            />
            {base === null ? null : (
              <FormulaUsers
                name={base.name}
                proposed={isChanged && verdict.ok ? { name, parameters, body } : null}
              />
            )}
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
