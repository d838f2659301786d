import type { NoticeKind, NoticeRoute } from "../../../notify-api.ts";
import type { Level } from "../../../parts/levels.ts";

/** A route as its form has it. */
export interface RouteEntries {
  readonly name: string;
  readonly channels: readonly string[];
  readonly kinds: readonly NoticeKind[];
  readonly severity: Level;
  /** With spaces, commas or lines between. */
  readonly accounts: string;
  readonly rules: string;
  readonly hasHours: boolean;
  readonly timeZone: string;
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
  readonly quietSeverity: Level;
  readonly groupSeconds: string;
  readonly digestAt: string;
}

const workDays = [1, 2, 3, 4, 5];

export function firstEntries(route: NoticeRoute | undefined, timeZone: string): RouteEntries {
  const hours = route?.schedule?.hours[0];
  return {
    name: route?.name ?? "",
    channels: route?.channels ?? [],
    kinds: route?.kinds ?? [],
    severity: route?.severity ?? "high",
    accounts: route?.accountIds.join("\n") ?? "",
    rules: route?.rules.join("\n") ?? "",
    hasHours: hours !== undefined,
    timeZone: route?.schedule?.timeZone ?? timeZone,
    days: (hours?.days ?? workDays).map((day) => (day === 0 ? 7 : day)),
    from: hours?.from ?? "08:00",
    to: hours?.to ?? "18:00",
    quietSeverity: route?.quietSeverity ?? "critical",
    groupSeconds: String((route?.groupMs ?? 30_000) / 1000),
    digestAt: route?.digestAt.join(", ") ?? "",
  };
}

/** The route that a filled form means; hours beyond the first, which the form does not show, stay. */
export function readRoute(entries: RouteEntries, before: NoticeRoute | undefined): NoticeRoute {
  const { name, severity, timeZone, from, to, quietSeverity } = entries;
  const more = before?.schedule?.hours.slice(1) ?? [];
  return {
    name: name.trim(),
    channels: [...entries.channels],
    kinds: [...entries.kinds],
    ...{ severity, quietSeverity },
    accountIds: parts(entries.accounts).map((id) => id.replaceAll("-", "")),
    rules: entries.rules
      .split("\n")
      .map((rule) => rule.trim())
      .filter((rule) => rule !== ""),
    schedule: entries.hasHours
      ? { timeZone: timeZone.trim(), hours: [{ days: [...entries.days], from, to }, ...more] }
      : null,
    groupMs: Math.round(Math.max(0, Number(entries.groupSeconds) || 0) * 1000),
    digestAt: parts(entries.digestAt),
    isOn: before?.isOn ?? true,
  };
}

function parts(text: string): string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== "");
}
