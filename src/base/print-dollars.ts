/** Dollars with cents, and with more digits where it is less than a cent: `$1,012.30`, `$0.0004`, `-$3.00`. */
export function printDollars(microDollars: number): string {
  const size = Math.abs(microDollars);
  const digits = size === 0 || size >= 10_000 ? 2 : size >= 100 ? 4 : 6;
  const limits = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return `${microDollars < 0 ? "-" : ""}$${(size / 1_000_000).toLocaleString("en-US", limits)}`;
}
