/** Which view of the mappings shows: the one in the address, else the one that suits their number and the screen. */
import { useMediaQuery } from "@mantine/hooks";
import type { MappingView } from "../session/studio-url.ts";

/** Above this number of mappings the table is easier to read than lines. */
const linesUpTo = 60;

export function useMappingView(chosen: MappingView | null, mappings: number): MappingView {
  const isNarrow = useMediaQuery("(width < 900px)", false, { getInitialValueInEffect: false });
  if (chosen === "code") return "code";
  return isNarrow ? "table" : (chosen ?? (mappings > linesUpTo ? "table" : "lines"));
}
