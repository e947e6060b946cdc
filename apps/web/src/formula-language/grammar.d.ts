/** What the build makes of the grammar. */
declare module "*/formula.grammar" {
  import type { LRParser } from "@lezer/lr";
  export const parser: LRParser;
}

declare module "*/formula.grammar.terms" {
  export const name: number;
  export const And: number;
  export const Or: number;
  export const Not: number;
  export const True: number;
  export const False: number;
  export const Blank: number;
}
