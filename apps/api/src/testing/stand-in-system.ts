/** Two small outside systems in memory, as the engine's own tests use them: accounts here, customers there. */
import {
  createMemoryClock,
  createMemorySystem,
  field,
  object,
  ownField,
  type MemorySystem,
  type MemorySystemOptions,
} from "@fieldbridge/engine/testing";
import type { Row } from "@fieldbridge/model";

export const createCrm = (accounts: readonly Row[], more: Partial<MemorySystemOptions> = {}): MemorySystem =>
  createMemorySystem({
    name: "crm",
    clock: createMemoryClock(),
    objects: [
      object(
        "Account",
        [ownField("Id", "id"), field("Number"), field("Name"), field("Kind"), field("Synced")],
        {
          nameField: "Name",
        },
      ),
    ],
    rows: { Account: accounts },
    ...more,
  });

export const createShop = (more: Partial<MemorySystemOptions> = {}): MemorySystem =>
  createMemorySystem({
    name: "shop",
    clock: createMemoryClock(),
    objects: [
      object("Customer", [ownField("Id", "id"), field("number"), field("name"), field("kind")], {
        nameField: "number",
      }),
    ],
    ...more,
  });

/** Accounts A0001, A0002, … */
export const manyAccounts = (count: number): Row[] =>
  Array.from({ length: count }, (_none, index) => {
    const number = `A${String(index + 1).padStart(4, "0")}`;
    return { Id: `id-${number}`, Number: number, Name: `Account ${number}`, Kind: "plain" };
  });
