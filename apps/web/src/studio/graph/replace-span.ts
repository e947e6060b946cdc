/** A text with one span replaced: how every Fix of the checker is carried out. */
export const replaceSpan = (
  text: string,
  span: { readonly start: number; readonly end: number },
  by: string,
): string => text.slice(0, span.start) + by + text.slice(span.end);
