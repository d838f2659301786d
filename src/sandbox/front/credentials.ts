import { type Caller } from "../caller.ts";

/** Who knows the access keys: IAM's users' and the sessions that STS has handed out. */
export interface CredentialLookup {
  /**
   * Looks a key up, before the signature is verified. `sessionToken` is what the request brings, if it does; a session's
   * key without its token, or with another's, is `wrong-token`.
   */
  find(accessKeyId: string, sessionToken: string | undefined): FoundCredential | Promise<FoundCredential>;
}

export type FoundCredential =
  | { readonly kind: "found"; readonly secret: string; readonly caller: Caller }
  | { readonly kind: "unknown" | "inactive" | "expired" | "wrong-token" };
