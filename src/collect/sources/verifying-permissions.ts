import type { SourcePermission } from "./source.ts";

/** What is asked with a source's rights to prove what it collects; log files are collected without. */
export const verifyingPermissions: readonly SourcePermission[] = [
  {
    action: "cloudtrail:ListPublicKeys",
    purpose: "to get the keys that digests are signed with, for proofs of log files",
    isOptional: true,
  },
  {
    action: "cloudtrail:GetTrailStatus",
    purpose: "to tell logging that was stopped from digests that are missing",
    isOptional: true,
  },
  { action: "cloudtrail:DescribeTrails", purpose: "to see which trails write digests", isOptional: true },
];
