const cents = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
const exact = new Intl.NumberFormat("en-US", {
  style: "currency",
  currency: "USD",
  minimumFractionDigits: 2,
  maximumFractionDigits: 10,
});
const amount = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

/** Millionths of a dollar as people pay them: 1_230_000 → $1.23; what is less than a cent is no nothing. */
export function formatMicros(micros: number): string {
  return micros > 0 && micros < 10_000 ? "under $0.01" : cents.format(micros / 1_000_000);
}

/** What one costs, with all its digits: $0.00002 */
export function formatUnitPrice(price: number | string): string {
  const value = Number(price);
  return Number.isFinite(value) && String(price).trim() !== "" ? exact.format(value) : String(price);
}

export function formatQuantity(quantity: number): string {
  return quantity > 0 && quantity < 0.01 ? "under 0.01" : amount.format(quantity);
}
