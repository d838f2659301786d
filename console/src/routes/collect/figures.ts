import { formatSpan } from "../../parts/instants.ts";
import { formatNumber } from "../../parts/numbers.ts";

/** 3.2 → "3.2", 41.7 → "42": rates are no exact things. */
export function formatRate(perMinute: number): string {
  if (perMinute === 0) return "0";
  if (perMinute < 0.1) return "< 0.1";
  return perMinute < 10 ? perMinute.toFixed(1) : formatNumber(Math.round(perMinute));
}

/** Milliseconds as people say them, below a second too. */
export function formatLag(lagMs: number | null): string {
  if (lagMs === null) return "–";
  return lagMs < 1_000 ? "< 1 s" : formatSpan(lagMs / 1_000);
}

/** A share as a percentage that says 100 only when nothing is missing. */
export function formatShare(share: number | null): string {
  if (share === null) return "–";
  if (share >= 1) return "100 %";
  const [whole, tenths] = [share * 100, Math.floor(share * 1_000) / 10];
  return whole >= 99.9 ? `${Math.floor(whole * 1_000) / 1_000} %` : `${tenths} %`;
}
