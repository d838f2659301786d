/**
 * The folders of `src/` in the order of an event's way. A folder imports only folders above it in this list, only
 * through their `index.ts`; `base` is open. The linter (`oxlint.config.ts`) and a test read this list.
 */
export const floors = [
  "base",
  "cloudtrail",
  "aws",
  "predicate",
  "store",
  "state",
  "collect",
  "setup",
  "verify",
  "search",
  "lineage",
  "assets",
  "detect",
  "insights",
  "incidents",
  "notify",
  "respond",
  "reports",
  "recorder",
  "sandbox",
  "config",
  "server",
  "mcp",
  "cli",
] as const;

export type Floor = (typeof floors)[number];
