/** Above the trees: view, filter, where we are (header or lines), sample record and suggestions. */
import {
  Breadcrumbs,
  Button,
  Group,
  SegmentedControl,
  Select,
  Text,
  UnstyledButton,
  VisuallyHidden,
} from "@mantine/core";
import { AlignVerticalSpaceAround, Lightbulb } from "lucide-react";
import type { ReactNode } from "react";
import type { MappingView } from "../session/studio-url.ts";
import { showFilters, showWords, type ShowFilter } from "./filter-rows.ts";
import classes from "./mapping-tab.module.css";

export interface MappingToolbarProps {
  readonly view: MappingView;
  readonly onView: (view: MappingView) => void;
  readonly show: ShowFilter;
  readonly onShow: (show: ShowFilter) => void;
  readonly sourceShown: boolean;
  readonly onSource: () => void;
  readonly linedUp: boolean;
  readonly onLineUp: () => void;
  /** Labels of the lines shown; null in the header. */
  readonly linesLabel: string | null;
  readonly onHeader: () => void;
  readonly highCount: number;
  readonly suggestionCount: number;
  readonly onReview: () => void;
  readonly onAcceptHigh: () => void;
  readonly sample: ReactNode;
}

const isView = (value: string): value is MappingView => ["lines", "table", "code"].includes(value);

export function MappingToolbar(props: MappingToolbarProps) {
  return (
    <div className={classes.toolbar}>
      <Group gap="sm" wrap="wrap">
        <SegmentedControl
          size="xs"
          aria-label="View"
          value={props.view}
          onChange={(value) => {
            if (isView(value)) props.onView(value);
          }}
          data={[
            { value: "lines", label: "Lines" },
            { value: "table", label: "Table" },
            { value: "code", label: "Code" },
          ]}
        />
        {props.view === "code" ? null : (
          <>
            <Select
              size="xs"
              w={112}
              aria-label="Show"
              allowDeselect={false}
              value={props.show}
              data={showFilters.map((value) => ({ value, label: showWords[value] }))}
              onChange={(value) => {
                const next = showFilters.find((each) => each === value);
                if (next) props.onShow(next);
              }}
            />
            <Button
              size="xs"
              variant={props.linedUp ? "light" : "default"}
              aria-pressed={props.linedUp}
              leftSection={<AlignVerticalSpaceAround size={14} aria-hidden />}
              onClick={props.onLineUp}
              title="Sort the target in the order of its source fields; the transfer does not change"
            >
              Line up
            </Button>
          </>
        )}
        {props.view === "code" ? null : (
          <Button
            size="xs"
            className={classes.sourceToggle}
            variant={props.sourceShown ? "light" : "default"}
            aria-pressed={props.sourceShown}
            onClick={props.onSource}
          >
            Source fields
          </Button>
        )}
        {props.linesLabel === null ? null : (
          <nav aria-label="Place in the document">
            <Breadcrumbs separatorMargin={6}>
              <UnstyledButton className={classes.crumb} onClick={props.onHeader}>
                Header
              </UnstyledButton>
              <Text size="sm" fw={600} aria-current="location">
                {props.linesLabel}
              </Text>
            </Breadcrumbs>
          </nav>
        )}
      </Group>
      <Group gap="sm" wrap="wrap" justify="flex-end">
        {props.sample}
        {props.suggestionCount === 0 ? null : (
          <Group gap={6} wrap="nowrap">
            {props.highCount > 0 ? (
              <Button
                size="xs"
                variant="light"
                leftSection={<Lightbulb size={14} aria-hidden />}
                onClick={props.onAcceptHigh}
              >
                Accept all High ({props.highCount})
              </Button>
            ) : null}
            <Button size="xs" variant="default" onClick={props.onReview}>
              Review {props.suggestionCount}
              <VisuallyHidden> suggestions</VisuallyHidden>
            </Button>
          </Group>
        )}
      </Group>
    </div>
  );
}
