/** Which columns of a table are shown, remembered in the browser; the first one always is. */
import { Button, Checkbox, Popover, Stack } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { Columns3 } from "lucide-react";
import type { ReactNode } from "react";
import type { Column } from "./data-table.tsx";

/** `table` names the memory; the chooser is to be put beside the table's other tools. */
export function useColumnChoice<T>(
  table: string,
  columns: readonly Column<T>[],
): { readonly shown: readonly Column<T>[]; readonly chooser: ReactNode } {
  const [hidden, setHidden] = useLocalStorage<readonly string[]>({
    key: `fieldbridge-hidden-columns-${table}`,
    defaultValue: [],
    getInitialValueInEffect: false,
  });
  const shown = columns.filter((column, index) => index === 0 || !hidden.includes(column.id));
  const chooser = (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<Columns3 size={14} aria-hidden />}
        >
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={8} role="group" aria-label="Columns to show">
          {columns.slice(1).map((column) => (
            <Checkbox
              key={column.id}
              label={column.header}
              checked={!hidden.includes(column.id)}
              onChange={(event) =>
                setHidden(
                  event.currentTarget.checked
                    ? hidden.filter((id) => id !== column.id)
                    : [...hidden, column.id],
                )
              }
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
  return { shown, chooser };
}
