import type { AccountView } from "./account.ts";

/** What was not looked at, as `AccountView.unread` has it. */
export const regionList = "the list of regions";
export function trailsIn(region: string): string {
  return `the trails of ${region}`;
}

export interface UnseenRegions {
  /** There may be trails there. */
  readonly open: readonly string[];
  /** The organization lets nobody do anything there. */
  readonly closed: readonly string[];
}

/** Regions whose trails could not be seen, though an account with all its rights may have some there. */
export function unseenRegions({ regions, unread }: Pick<AccountView, "regions" | "unread">): UnseenRegions {
  const open: string[] = [];
  const closed: string[] = [];
  for (const region of regions) {
    const found = unread.find(({ what }) => what === trailsIn(region));
    // IAM User Guide, "Troubleshoot access denied error messages".
    if (found !== undefined) (/service control policy/.test(found.sentence) ? closed : open).push(region);
  }
  if (unread.some(({ what }) => what === regionList)) open.push(`other regions than ${regions.join(", ")}`);
  return { open, closed };
}
