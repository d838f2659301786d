const cents = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
const amount = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

/** Millionths of a dollar as people pay them: 1_230_000 → $1.23; what is less than a cent is no nothing. */
export function formatMicros(micros: number): string {
  return micros !== 0 && Math.abs(micros) < 10_000 ? "under $0.01" : cents.format(micros / 1_000_000);
}

/** What something adds to a bill, in words: `$1.23 more`, `nothing more`. */
export function addedWords(micros: number): string {
  if (micros === 0) return "nothing more";
  return micros > 0 ? `${formatMicros(micros)} more` : `${formatMicros(-micros)} less`;
}

/** Bytes are counted as AWS counts them: a GB is 2^30 of them. */
const gigabyte = 2 ** 30;
const byteUnits: Readonly<Record<string, string>> = { bytes: "GB", "byte-months": "GB in a month" };

/** How many, of what: bytes as gigabytes. */
export function formatQuantity(quantity: number, unit: string): string {
  const big = byteUnits[unit];
  const value = big === undefined ? quantity : quantity / gigabyte;
  return `${value > 0 && value < 0.01 ? "under 0.01" : amount.format(value)} ${big ?? unit}`;
}

/** `2.00 for 100,000` as it is said: `$2.00 for 100,000`, `$0.023 a GB`, `$1.00 each`; any other words stay. */
export function formatPrice(price: string, unit: string): string {
  const [, dollars, count = ""] = /^([\d.]+) for ([\d,]+)$/.exec(price) ?? [];
  if (dollars === undefined) return price;
  const per = Number(count.replaceAll(",", ""));
  if (per === 1) return `$${dollars} each`;
  if (unit in byteUnits && per === gigabyte) return `$${dollars} a GB`;
  return `$${dollars} for ${count}`;
}
