/** The filters of the held page: state, transfer, class with counts, age, and who looks after the records. */
import { Button, Group, SegmentedControl, Select } from "@mantine/core";
import { UserRound } from "lucide-react";
import { useState } from "react";
import { useApi } from "../../api/index.ts";
import { formatCount } from "../../format/number.ts";
import { useOwnName } from "../../state/own-name.ts";
import classes from "./held.module.css";
import {
  classChoices,
  heldAges,
  heldStates,
  nobody,
  readState,
  toHeldQuery,
  type HeldSearch,
} from "./held-search.ts";
import { NameDialog } from "./name-dialog.tsx";

export interface HeldFiltersProps {
  readonly search: HeldSearch;
  readonly now: number;
  readonly onChange: (change: Partial<Record<keyof HeldSearch, string>>) => void;
}

function ClassChips({ search, now, onChange }: HeldFiltersProps) {
  const counts = useApi("countHeld", { query: toHeldQuery(search, now) }, { keepPrevious: true });
  const found = new Map(counts.data?.classes.map((each) => [each.class, each.count]));
  const all = [...found.values()].reduce((sum, count) => sum + count, 0);
  const chips = [
    { value: "", label: "All classes", count: all },
    ...classChoices
      .map((each) => ({ ...each, count: found.get(each.value) ?? 0 }))
      .filter((each) => each.count > 0 || each.value === search.class),
  ];
  return (
    <Group gap={6} role="group" aria-label="Class of cause">
      {chips.map((chip) => {
        const active = (search.class ?? "") === chip.value;
        return (
          <Button
            key={chip.value}
            size="compact-sm"
            radius="xl"
            variant={active ? "light" : "default"}
            aria-pressed={active}
            onClick={() => onChange({ class: chip.value, cause: "", record: "" })}
          >
            {chip.label} <span className={classes.chipCount}>{formatCount(chip.count)}</span>
          </Button>
        );
      })}
    </Group>
  );
}

export function HeldFilters(props: HeldFiltersProps) {
  const { search, now, onChange } = props;
  const [ownName, setOwnName] = useOwnName();
  const [naming, setNaming] = useState(false);
  const transfers = useApi("listTransfers", { query: { limit: 500 } });
  const counts = useApi("countHeld", { query: toHeldQuery(search, now) }, { keepPrevious: true });
  const names = [
    ...new Set([
      ...(counts.data?.assignees ?? []).flatMap((each) => each.assignee ?? []),
      search.who ?? nobody,
    ]),
  ].filter((name) => name !== nobody);
  const isMine = ownName !== "" && search.who === ownName;
  const narrow = (change: Partial<Record<keyof HeldSearch, string>>): void =>
    onChange({ ...change, cause: "", record: "" });
  return (
    <>
      <Group gap="sm" align="flex-end">
        <SegmentedControl
          aria-label="State"
          data={[...heldStates]}
          value={readState(search)}
          onChange={(value) => narrow({ state: value === "open" ? "" : value })}
        />
        <Select
          label="Transfer"
          w={240}
          placeholder="All transfers"
          clearable
          searchable
          clearButtonProps={{ "aria-label": "All transfers" }}
          data={(transfers.data?.items ?? []).map((each) => ({ value: each.id, label: each.name }))}
          value={search.transfer ?? null}
          onChange={(value) => narrow({ transfer: value ?? "" })}
        />
        <Select
          label="Age"
          w={160}
          placeholder="Any age"
          clearable
          clearButtonProps={{ "aria-label": "Any age" }}
          data={[...heldAges]}
          value={search.age ?? null}
          onChange={(value) => narrow({ age: value ?? "" })}
        />
        <Select
          label="Looked after by"
          w={180}
          placeholder="Anybody"
          clearable
          clearButtonProps={{ "aria-label": "Anybody" }}
          data={[{ value: nobody, label: "Nobody yet" }, ...names]}
          value={search.who ?? null}
          onChange={(value) => narrow({ who: value ?? "" })}
        />
        <Button
          variant={isMine ? "light" : "default"}
          aria-pressed={isMine}
          leftSection={<UserRound size={16} aria-hidden />}
          onClick={() => (ownName === "" ? setNaming(true) : narrow({ who: isMine ? "" : ownName }))}
        >
          Mine
        </Button>
      </Group>
      <ClassChips {...props} />
      <NameDialog
        opened={naming}
        onClose={() => setNaming(false)}
        onName={(name) => {
          setOwnName(name);
          setNaming(false);
          narrow({ who: name });
        }}
      />
    </>
  );
}
