import { type Call } from "../service.ts";
import { type Directory } from "./directory.ts";

/** IAM tells the last use with a delay and not to the second; a minute saves a write for each call. */
const stepMilliseconds = 60_000;

/** Keeps where and when a key and a role were last used, to the minute. */
export function recordUse(
  directory: Directory,
  { caller, service, region, at }: Pick<Call, "caller" | "service" | "region" | "at">,
): void {
  const key = directory.accessKeys.get(caller.identity.accessKeyId ?? "");
  if (key !== undefined) {
    const { used } = key;
    const isSame = used !== undefined && used.service === service && used.region === region;
    if (!isSame || at - used.at >= stepMilliseconds) {
      directory.accessKeys.put(key.id, { ...key, used: { at, service, region } });
    }
  }
  if (caller.kind !== "role-session") return;
  const role = directory.roleByArn(caller.principalArn);
  if (role !== undefined && (role.usedRegion !== region || at - (role.usedAt ?? 0) >= stepMilliseconds)) {
    directory.roles.put({ ...role, usedAt: at, usedRegion: region });
  }
}
