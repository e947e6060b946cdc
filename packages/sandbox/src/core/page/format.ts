// How amounts and instants look on the page.

/** "1234567.5" → "1,234,567.50"; at least two decimals, never fewer digits than there are. */
export function formatAmount(text: string, currency?: string): string {
  const [whole = "0", fraction = ""] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const amount = `${grouped}.${fraction.padEnd(2, "0")}`;
  return currency ? `${amount} ${currency}` : amount;
}

/** "2026-11-03T08:00:00.000+0000" → "2026-11-03 08:00:00"; a date stays a date. */
export function formatInstant(iso: string): string {
  return iso.length <= 10 ? iso : iso.slice(0, 19).replace("T", " ");
}
