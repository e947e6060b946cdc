/** Exact decimals in the reader's own number format: every digit is kept, and money has at least two decimals. */

const decimalSign = (): string => {
  const parts = new Intl.NumberFormat().formatToParts(1.1);
  return parts.find((part) => part.type === "decimal")?.value ?? ".";
};

/** `-1234567.5` is "-1,234,567.50". Digits never pass through a binary number. */
export function formatAmount(decimal: string): string {
  const [, sign = "", whole = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? [];
  const digits = fraction.replace(/0+$/, "").padEnd(2, "0");
  return `${sign}${new Intl.NumberFormat().format(BigInt(whole))}${decimalSign()}${digits}`;
}

export const isZeroAmount = (decimal: string): boolean => !/[1-9]/.test(decimal);
