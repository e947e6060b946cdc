/** Whether formulas show the names of fields instead of pills, kept in this browser for all formulas. */
import { useLocalStorage } from "@mantine/hooks";

export const useNamesAsText = () =>
  useLocalStorage<boolean>({
    key: "fieldbridge-names-as-text",
    defaultValue: false,
    getInitialValueInEffect: false,
  });
