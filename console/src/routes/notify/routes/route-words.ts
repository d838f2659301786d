import type { NoticeRoute } from "../../../notify-api.ts";
import { formatSpan } from "../../../parts/instants.ts";
import { levelWords } from "../../../parts/levels.ts";
import { dayNames, kindWords } from "../notify-words.ts";

/** What a route tells, as the end of a sentence: "incidents and findings, high or worse, of 2 accounts". */
export function whatWords({ kinds, severity, accountIds, rules }: NoticeRoute): string {
  const what = kinds.length === 0 ? "everything" : kinds.map((kind) => kindWords[kind][0].toLowerCase()).join(", ");
  const level =
    severity === "informational"
      ? ""
      : severity === "critical"
        ? ", critical"
        : `, ${levelWords[severity].toLowerCase()} or worse`;
  const accounts =
    accountIds.length === 0
      ? ""
      : accountIds.length === 1
        ? `, of ${accountIds[0] ?? ""}`
        : `, of ${accountIds.length} accounts`;
  const among = rules.length === 0 ? "" : rules.length === 1 ? ", by one rule" : `, by ${rules.length} rules`;
  return `${what}${level}${accounts}${among}`;
}

/** When it tells: "at once, Mon to Fri 08:00–18:00 (Europe/Berlin), outside of that only critical". */
export function whenWords({ schedule, digestAt, groupMs, quietSeverity }: NoticeRoute): string {
  const pace =
    digestAt.length > 0
      ? `together at ${digestAt.join(", ")}`
      : groupMs > 0
        ? `within ${formatSpan(groupMs / 1000)}`
        : "at once";
  if (schedule === null) return `${pace}, day and night`;
  const hours = schedule.hours.map(({ days, from, to }) => `${daysWords(days)} ${from}–${to}`).join("; ");
  const quiet =
    quietSeverity === "informational"
      ? ""
      : `; outside of that only what is ${levelWords[quietSeverity].toLowerCase()}${quietSeverity === "critical" ? "" : " or worse"}`;
  return `${pace}, ${hours} (${schedule.timeZone})${quiet}`;
}

/** `[1, 2, 3, 4, 5]` → "Mon to Fri"; 0 is Sunday too. */
export function daysWords(days: readonly number[]): string {
  const those = [...new Set(days.map((day) => (day === 0 ? 7 : day)))].toSorted((a, b) => a - b);
  if (those.length === 7) return "every day";
  const [first = 1] = those;
  const last = those.at(-1) ?? first;
  const name = (day: number) => dayNames[day - 1] ?? "";
  if (those.length > 2 && last - first === those.length - 1) return `${name(first)} to ${name(last)}`;
  return those.map(name).join(", ");
}
