import { type Iam } from "./iam.ts";

/** How many users, groups and roles of an account each managed policy is attached to, by ARN. */
export function attachmentsOf({ directory }: Iam, accountId: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const things of [directory.users, directory.groups, directory.roles]) {
    for (const { attached } of things.of(accountId)) {
      for (const arn of attached) counts.set(arn, (counts.get(arn) ?? 0) + 1);
    }
  }
  return counts;
}

/** How many users and roles each managed policy bounds. */
export function boundariesOf({ directory }: Iam, accountId: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const things of [directory.users, directory.roles]) {
    for (const { boundaryArn } of things.of(accountId)) {
      if (boundaryArn !== undefined) counts.set(boundaryArn, (counts.get(boundaryArn) ?? 0) + 1);
    }
  }
  return counts;
}
