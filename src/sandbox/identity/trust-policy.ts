import { type Directory } from "./directory.ts";
import { type Role } from "./things.ts";

/**
 * A role's trust policy as it stands now: a user or role that is gone, or that is another of the same name, is named by
 * its old id, which means nobody. IAM User Guide, 'AWS JSON policy elements: Principal'.
 */
export function currentTrust(role: Role, directory: Directory): string {
  const gone = role.trusted.filter(({ arn, id }) => principalId(arn, directory) !== id);
  if (gone.length === 0) return role.trust;
  const ids = new Map(gone.map(({ arn, id }) => [arn, id]));
  return JSON.stringify(JSON.parse(role.trust), (_, value: unknown) =>
    typeof value === "string" ? (ids.get(value) ?? value) : value,
  );
}

/** The id of the user or role with this ARN, if there is one. */
export function principalId(arn: string, directory: Directory): string | undefined {
  return directory.userByArn(arn)?.id ?? directory.roleByArn(arn)?.id;
}
