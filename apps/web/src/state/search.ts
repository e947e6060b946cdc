/** What stands behind the `?` of an address: short texts only, so every link reads as it looks. */

/** A validator that keeps the named keys that hold a text. */
export const readSearch =
  <K extends string>(...keys: readonly K[]) =>
  (search: Record<string, unknown>): { [P in K]?: string } => {
    const entries = keys.flatMap((key) => {
      const value = search[key];
      return typeof value === "string" && value !== "" ? [[key, value] as const] : [];
    });
    // The keys come from the list above and the values were just tested.
    return Object.fromEntries(entries) as { [P in K]?: string };
  };

export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search))
    if (typeof value === "string" && value !== "") params.set(key, value);
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}
