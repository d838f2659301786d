import { timingSafeEqual } from "node:crypto";
import { type Clock } from "../../base/clock.ts";
import { type CredentialLookup, type FoundCredential } from "../front/credentials.ts";
import { callerOfKey, callerOfSession } from "./callers.ts";
import { type Directory } from "./directory.ts";

/** Finds who stands behind an access key; a key whose user or role is gone is unknown, as it is to AWS. */
export function createCredentialLookup(directory: Directory, clock: Clock): CredentialLookup {
  return {
    find(accessKeyId, sessionToken): FoundCredential {
      const key = directory.accessKeys.get(accessKeyId);
      if (key !== undefined) {
        const caller = callerOfKey(key, directory);
        if (caller === undefined) return { kind: "unknown" };
        if (sessionToken !== undefined) return { kind: "wrong-token" };
        return key.isActive ? { kind: "found", secret: key.secret, caller } : { kind: "inactive" };
      }
      const session = directory.sessions.get(accessKeyId);
      if (session === undefined) return { kind: "unknown" };
      if (!isSame(session.token, sessionToken)) return { kind: "wrong-token" };
      const now = clock.now();
      if (session.expiresAt <= now) return { kind: "expired" };
      const caller = callerOfSession(session, directory, now);
      return caller === undefined ? { kind: "unknown" } : { kind: "found", secret: session.secret, caller };
    },
  };
}

function isSame(token: string, given: string | undefined): boolean {
  const [a, b] = [Buffer.from(token), Buffer.from(given ?? "")];
  return a.length === b.length && timingSafeEqual(a, b);
}
