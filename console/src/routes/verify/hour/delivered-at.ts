const inName = /_(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(?:\d{2})?Z(?:_[^/]*)?\.json\.gz$/;

/** When a log file was delivered, by the time in its name, milliseconds; nothing for other names. */
export function deliveredAt(name: string): number | undefined {
  const [, year, month, day, hour, minute] = inName.exec(name) ?? [];
  if (minute === undefined) return undefined;
  const at = Date.parse(`${year ?? ""}-${month ?? ""}-${day ?? ""}T${hour ?? ""}:${minute}:00Z`);
  return Number.isNaN(at) ? undefined : at;
}
