/** What the person at this browser is called by the others; there is no sign-in yet, so the browser remembers it. */
import { useLocalStorage } from "@mantine/hooks";

/** Blank until the person has said it. */
export function useOwnName(): readonly [string, (name: string) => void] {
  const [name, setName] = useLocalStorage({
    key: "fieldbridge-own-name",
    defaultValue: "",
    getInitialValueInEffect: false,
  });
  return [name, (next) => setName(next.trim())];
}
