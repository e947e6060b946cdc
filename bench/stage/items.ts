/**
 * Flat records of 20 fields, computed from their number, so that a million of them need no memory and what a target
 * received can be compared with what the source sent, on both sides of the wire.
 */
import type { TransferDefinition } from "@fieldbridge/model";

export const itemObject = "Item__c";

/** Name and Salesforce type of every mapped field; `Key__c` is the external key. */
export const itemFields = [
  ["Key__c", "string"],
  ["Name", "string"],
  ["Street__c", "string"],
  ["City__c", "string"],
  ["Country__c", "string"],
  ["Phone__c", "string"],
  ["Email__c", "string"],
  ["Owner__c", "string"],
  ["Category__c", "string"],
  ["Note__c", "string"],
  ["Price__c", "currency"],
  ["Cost__c", "currency"],
  ["Quantity__c", "double"],
  ["Weight__c", "double"],
  ["Discount__c", "double"],
  ["Version__c", "double"],
  ["Active__c", "boolean"],
  ["Ordered__c", "date"],
  ["Shipped__c", "date"],
  ["Seen__c", "datetime"],
] as const;

export const toItemId = (index: number): string => `a00${String(index).padStart(12, "0")}AAA`;
export const toItemIndex = (id: string): number => Number(id.slice(3, 15));
export const toItemKey = (index: number): string => `I${String(index).padStart(9, "0")}`;
export const keyToItemIndex = (key: string): number => Number(key.slice(1));

const cities = ["Kolding", "Odense", "Hamburg", "Lyon", "Turin", "Porto", "Leeds"];
const countries = ["DK", "DK", "DE", "FR", "IT", "PT", "GB"];

const day = (index: number): string => {
  const n = index % 28;
  return `2026-0${1 + (index % 9)}-${n < 9 ? "0" : ""}${n + 1}`;
};

/** The mapped fields of a record as the members of a JSON object, without its braces. */
export function toItemMembers(index: number, version: number): string {
  const place = index % 7;
  return (
    `"Key__c":"${toItemKey(index)}","Name":"Item ${index}","Street__c":"${index % 300} Harbour Road",` +
    `"City__c":"${cities[place]}","Country__c":"${countries[place]}","Phone__c":"+45 ${10_000_000 + (index % 9_999_999)}",` +
    `"Email__c":"i${index}@fieldbridge.example","Owner__c":"Owner ${index % 40}","Category__c":"C${index % 12}",` +
    `"Note__c":"Checked on site by team ${index % 9}","Price__c":${(index % 9000) + 1}.${10 + (index % 89)},` +
    `"Cost__c":${(index % 5000) + 1}.05,"Quantity__c":${1 + (index % 50)},"Weight__c":${index % 80}.125,` +
    `"Discount__c":${index % 30},"Version__c":${version},"Active__c":${index % 2 === 0},` +
    `"Ordered__c":"${day(index)}","Shipped__c":"${day(index + 5)}","Seen__c":"${day(index)}T08:30:00.000+0000"`
  );
}

/** Copies all fields by `Key__c`, or with another match. */
export const itemTransfer = (more: Partial<TransferDefinition> = {}): TransferDefinition => ({
  kind: "transfer",
  version: 1,
  id: "tr_items",
  name: "Items to items",
  source: { connection: "here", object: itemObject },
  target: { connection: "there", object: itemObject },
  changes: { by: "watermark", field: "SystemModstamp" },
  match: { by: "keys", keys: { Key__c: "Key__c" }, found: "update", missing: "create" },
  mappings: Object.fromEntries(itemFields.map(([name]) => [name, { value: name }])),
  ...more,
});
