import { createRootRoute, Navigate } from "@tanstack/react-router";

/** What all pages lie below; an address that is none leads to Search. */
export const rootRoute = createRootRoute({ notFoundComponent: () => <Navigate to="/" search={{}} replace /> });

/** Every page has in its address which zone times are shown in. */
export interface Zoned {
  readonly tz?: "local" | undefined;
}

export function readZone(search: Readonly<Record<string, unknown>>): Zoned {
  return search["tz"] === "local" ? { tz: "local" } : {};
}
