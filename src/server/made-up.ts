import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { RuleBook } from "../detect/index.ts";
import type { EventStore } from "../store/index.ts";

export const madeUpSetting = "made-up-note";

const note = "These events are made up by Trailwarden: no AWS account is behind them";

/** Fills an empty store with made-up events, through the same way that real log files take. */
export async function fillWithMadeUpEvents(
  store: EventStore,
  options: { dataDirectory: string; now: () => number; eventsPerDay?: number },
): Promise<void> {
  const folder = await mkdtemp(join(options.dataDirectory, "made-up-"));
  try {
    const { importFiles } = await import("../collect/index.ts");
    const { writeMadeUpFolder } = await import("../sandbox/index.ts");
    const { now, eventsPerDay } = options;
    const size = eventsPerDay === undefined ? {} : { eventsPerDay };
    await writeMadeUpFolder(folder, { seed: 20, now: now(), deliveryMinutes: 120, ...size });
    // Said before the first event is stored: a half-filled folder must never pass for real.
    await store.setSetting(madeUpSetting, note);
    await importFiles({ paths: [folder], workingDirectory: folder }, { store, now: options.now });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Stories need users, roles and buckets before they begin, which the made-up company's administrator makes by real calls:
 * rules would see an attack in that, and rightly. People find this tuning among the others, and may take it back.
 */
export async function leaveOutStageHands(book: RuleBook): Promise<void> {
  await book.tune({
    name: "made-up-stage",
    rules: [],
    query: "userIdentity.userName:admin (sourceIPAddress:198.51.100.20 OR sourceIPAddress:127.0.0.1)",
    reason: "The made-up company's administrator sets the stage for its stories",
    until: undefined,
  });
}
