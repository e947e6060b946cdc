// Which table holds a set of a company. Every company has tables of its own; those of the first are named like the sets,
// so that whoever looks into the store finds `customers` under that name.
import { companySets } from "../entities/catalog.ts";
import type { Entity } from "../entities/entity.ts";
import { COMPANIES, CRONUS } from "../identity.ts";

/** A name that each company has for itself: of a table, a number series, a seeded record. */
export function nameIn(companyId: string, name: string): string {
  return companyId === CRONUS.id ? name : `${companyId}/${name}`;
}

export interface CompanyTable {
  readonly name: string;
  readonly companyId: string;
  readonly entity: Entity;
}

export const companyTables: readonly CompanyTable[] = COMPANIES.flatMap(({ id }) =>
  companySets.map((entity) => ({ name: nameIn(id, entity.set), companyId: id, entity })),
);

const tablesByName = new Map(companyTables.map((table) => [table.name, table]));

/** The table of a company; undefined for tables outside the companies. */
export function findCompanyTable(name: string): CompanyTable | undefined {
  return tablesByName.get(name);
}

const insideNames: ReadonlySet<string> = new Set(companySets.map(({ set }) => set));

/** The table a set means in a company; what lies outside the companies is one table for all of them. */
export function tableOf(companyId: string, set: string): string {
  return insideNames.has(set) ? nameIn(companyId, set) : set;
}
