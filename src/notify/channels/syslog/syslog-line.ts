import type { Message } from "../../message.ts";
import type { Severity } from "../../severity.ts";

/** Critical, error, warning, notice, informational (RFC 5424, 6.2.1). */
const severities: Readonly<Record<Severity, number>> = { critical: 2, high: 3, medium: 4, low: 5, informational: 6 };

/** The number that RFC 5612 keeps free for examples: we have none of our own. */
const enterprise = 32_473;
const valueMax = 200;
const byteOrderMark = "\u{feff}";

/** A message as RFC 5424 has it; what programs look for stands in its structured data. */
export function syslogLine(
  message: Message,
  { facility, hostname }: { readonly facility: number; readonly hostname: string },
): string {
  const priority = facility * 8 + severities[message.severity];
  const time = new Date(message.at).toISOString();
  const kinds = [...new Set(message.notices.map(({ kind }) => kind))];
  const kind = kinds.length === 1 ? (kinds[0] ?? message.form) : message.form;
  const data = structuredData(message, kind);
  const words = [message.subject, message.text, message.link ?? ""].filter((text) => text !== "").join(" | ");
  return `<${priority}>1 ${time} ${hostname} trailwarden - ${kind} ${data} ${byteOrderMark}${words}`;
}

function structuredData({ key, form, thread, state, severity, notices }: Message, kind: string): string {
  const accounts = [...new Set(notices.flatMap(({ accountIds }) => accountIds))].slice(0, 10).join(",");
  const rules = [...new Set(notices.flatMap((notice) => notice.rules))].slice(0, 5).join(",");
  const values = { id: key, form, thread, state, severity, kind, count: String(notices.length), accounts, rules };
  const told = Object.entries(values).filter(([, value]) => value !== "");
  return `[notice@${enterprise} ${told.map(([name, value]) => `${name}="${escaped(value)}"`).join(" ")}]`;
}

/** Three signs are escaped, and no control is let through (RFC 5424, 6.3.3). */
function escaped(value: string): string {
  return value
    .slice(0, valueMax)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, " ")
    .replaceAll(/["\\\]]/g, (sign) => `\\${sign}`);
}
