import { systemClock } from "../base/clock.ts";
import type { RunningCollector } from "../collect/index.ts";
import { readServerFile } from "../config/index.ts";
import type { Notifier } from "../notify/index.ts";
import type { State } from "../state/index.ts";

/** What telling people stands on here. */
export interface NotifierParts {
  readonly state: State;
  readonly collector: RunningCollector;
  readonly dataDirectory: string;
  /** Where people elsewhere open the console, if somebody said. */
  readonly publicUrl?: string | undefined;
  readonly customUserAgent: string;
  readonly version: string;
  readonly onFailure: (error: unknown) => void;
}

/** Brings telling people in, and opens it. */
export async function bringNotifier(parts: NotifierParts): Promise<Notifier> {
  const { state, collector, dataDirectory, publicUrl, onFailure, version } = parts;
  const [notify, { incidentNews }] = await Promise.all([import("../notify/index.ts"), import("../incidents/index.ts")]);
  const clock = systemClock;
  return notify.openNotifier({
    table: state.notify,
    sources: [
      notify.incidentNotices(incidentNews(state.incidents)),
      notify.findingNotices(state.findings),
      notify.integrityNotices(state.integrity),
      notify.repairNotices(state.deployments),
      notify.healthNotices(collector, clock),
    ],
    // Else where this machine's people open it; whoever is elsewhere knows the way by the path.
    consoleUrl: async () => publicUrl ?? (await readServerFile(dataDirectory))?.url,
    clock,
    onFailure,
    version,
  });
}
