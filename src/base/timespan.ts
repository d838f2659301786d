const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** A length of time as people and Sigma write it, such as `90m`, in milliseconds. */
export function readTimespan(text: string): number | undefined {
  const parts = /^([1-9]\d{0,6})([smhdw])$/.exec(text);
  return parts === null ? undefined : Number(parts[1]) * (unitMs[parts[2] ?? ""] ?? 0);
}
