import { givenOptions, type Arguments, type CommandOption } from "./command.ts";

/** What every question about integrity can be narrowed by. */
export const integrityOptions = {
  account: { type: "string", value: "ID", summary: "Of this account; dashes and spaces may stay" },
  region: { type: "string", value: "REGION", summary: "Of this region" },
  from: {
    type: "string",
    value: "TIME",
    summary: "Delivered from then on (default a week ago): 2026-01-02, 2026-01-02T03:00:00Z or now-30d",
  },
  to: { type: "string", value: "TIME", summary: "Delivered before (default now)" },
} as const satisfies Record<string, CommandOption>;

/** The options that were given, as the API takes them. */
export function readIntegrityAsk(args: Arguments): Partial<Record<keyof typeof integrityOptions, string>> {
  return givenOptions(args, Object.keys(integrityOptions) as (keyof typeof integrityOptions)[]);
}
