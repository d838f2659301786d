/** Digits behind the point that a price may have: AWS's lists give ten. */
export const decimalsMax = 12;

const form = new RegExp(`^\\d{1,9}(?:\\.\\d{1,${decimalsMax}})?$`);

export function isDecimal(text: string): boolean {
  return form.test(text);
}

/** A decimal number as a whole number of its smallest parts, so that nothing is lost to binary fractions. */
function smallestParts(decimal: string): bigint {
  if (!isDecimal(decimal)) throw new RangeError(`${JSON.stringify(decimal.slice(0, 40))} is no price`);
  const [whole = "0", behind = ""] = decimal.split(".");
  return BigInt(whole + behind.padEnd(decimalsMax, "0"));
}

const microsDecimals = 6;
const partsInMicro = 10n ** BigInt(decimalsMax - microsDecimals);

/** What a quantity costs at `amount` dollars for each `per`, in millionths of a dollar, rounded once, half up. */
export function costOf(quantity: number, { amount, per }: { readonly amount: string; readonly per: number }): number {
  const parts = smallestParts(amount) * BigInt(Math.max(0, Math.round(quantity)));
  const by = BigInt(per) * partsInMicro;
  return Number((parts * 2n + by) / (by * 2n));
}

/** `amount` for each `per` as the amount for each `newPer`; nothing when that has more digits than are kept. */
export function rescaled(amount: string, per: number, newPer: number): string | undefined {
  const parts = smallestParts(amount) * BigInt(newPer);
  if (parts % BigInt(per) !== 0n) return undefined;
  const digits = String(parts / BigInt(per)).padStart(decimalsMax + 1, "0");
  const scaled = `${digits.slice(0, -decimalsMax)}.${digits.slice(-decimalsMax)}`.replace(/\.?0+$/, "");
  return isDecimal(scaled) ? scaled : undefined;
}
