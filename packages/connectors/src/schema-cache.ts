/** Remembers what objects look like for the lifetime of a port; failures are forgotten at once. */
import type { ObjectSchema } from "@fieldbridge/model";

export interface SchemaCache {
  get(name: string): Promise<ObjectSchema>;
  /** Asks the system again. */
  refresh(name: string): Promise<ObjectSchema>;
}

export function createSchemaCache(discover: (name: string) => Promise<ObjectSchema>): SchemaCache {
  const known = new Map<string, Promise<ObjectSchema>>();

  function refresh(name: string): Promise<ObjectSchema> {
    const asked = discover(name);
    known.set(name, asked);
    asked.catch(() => {
      if (known.get(name) === asked) known.delete(name);
    });
    return asked;
  }

  return { get: (name) => known.get(name) ?? refresh(name), refresh };
}
