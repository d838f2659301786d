import { assumedVolumes } from "../../src/setup/cost/volumes.ts";
import type { SetupOptions } from "../../src/setup/index.ts";

/** What set-up asks of a store in which nothing is. */
export const nothingStored = {
  volumes: { measure: () => Promise.resolve(assumedVolumes([])) },
  async *records() {},
  events: { find: () => Promise.resolve([]) },
} satisfies Partial<SetupOptions>;
