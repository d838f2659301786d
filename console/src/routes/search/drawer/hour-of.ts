import { printCell } from "../../collect/ledger/ledger-state.ts";

const hourMs = 3_600_000;
const inName = /\/AWSLogs\/(?:o-[a-z0-9]+\/)?(\d{12})\/[A-Za-z-]+\/([a-z0-9-]+)\/\d{4}\//;

/** The hour of the Integrity page that a log file was delivered in, as the page's address names it. */
export function hourOf(
  logFile: { readonly name: string; readonly deliveredAt: string | null },
  event: { readonly account: string; readonly region: string },
): string | undefined {
  const { name, deliveredAt } = logFile;
  if (deliveredAt === null) return undefined;
  // An event's own region may be another than the one whose log file it lies in.
  const [, accountId = event.account, region = event.region] = inName.exec(name) ?? [];
  const from = Math.floor(Date.parse(deliveredAt) / hourMs) * hourMs;
  return printCell({ accountId, region, from });
}
