/** The page of a built-in sandbox that lists an object's records. */
export const toSandboxList = (origin: string, object: string): string =>
  new URL(`/?object=${encodeURIComponent(object)}`, origin).href;
