import { type Directory } from "../../identity/directory.ts";
import { entityArn } from "../../identity/entity-arn.ts";
import { type InstanceProfiles } from "./instance-profiles.ts";

/** Instance profiles as IAM keeps them. */
export function iamProfiles({
  instanceProfiles,
  roles,
}: Pick<Directory, "instanceProfiles" | "roles">): InstanceProfiles {
  return {
    find(accountId, nameOrArn) {
      const name = nameOrArn.startsWith("arn:") ? nameOrArn.slice(nameOrArn.lastIndexOf("/") + 1) : nameOrArn;
      const profile = instanceProfiles.get(accountId, name);
      if (profile === undefined) return undefined;
      const arn = entityArn("instance-profile", profile);
      if (nameOrArn !== name && nameOrArn !== arn) return undefined;
      const role = profile.roleName === undefined ? undefined : roles.get(accountId, profile.roleName);
      return { arn, id: profile.id, roleArn: role === undefined ? undefined : entityArn("role", role) };
    },
  };
}
