import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { EventStore } from "../store/index.ts";

export const madeUpSetting = "made-up-note";

const note = "These events are made up by Trailwarden: no AWS account is behind them";

/** Fills an empty store with made-up events, through the same way that real log files take. */
export async function fillWithMadeUpEvents(
  store: EventStore,
  options: { dataDirectory: string; now: () => number },
): Promise<void> {
  const folder = await mkdtemp(join(options.dataDirectory, "made-up-"));
  try {
    const { importFiles } = await import("../collect/index.ts");
    const { writeMadeUpFolder } = await import("../sandbox/index.ts");
    await writeMadeUpFolder(folder, { seed: 20, now: options.now(), deliveryMinutes: 120 });
    // Said before the first event is stored: a half-filled folder must never pass for real.
    await store.setSetting(madeUpSetting, note);
    await importFiles({ paths: [folder], workingDirectory: folder }, { store, now: options.now });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
