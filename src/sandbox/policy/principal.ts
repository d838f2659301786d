import { type PrincipalClause, type PrincipalSet } from "./policy-document.ts";

/** Who asks, as policies name them. */
export type Principal =
  | { readonly kind: "root"; readonly accountId: string; readonly arn: string }
  | { readonly kind: "user"; readonly accountId: string; readonly arn: string }
  | {
      readonly kind: "role-session";
      readonly accountId: string;
      /** `arn:aws:sts::…:assumed-role/…` */
      readonly arn: string;
      readonly roleArn: string;
    }
  | {
      readonly kind: "federated-user";
      readonly accountId: string;
      readonly arn: string;
      /** Who asked for the session: a user, or the root. */
      readonly issuerArn: string;
    }
  | { readonly kind: "service"; readonly service: string }
  /** Somebody whom an identity provider vouches for, on the way to a role. */
  | { readonly kind: "provider-user"; readonly provider: string }
  | { readonly kind: "anonymous" };

/**
 * How a policy means somebody: the very caller, what stands behind the caller's session (its role, or the user who asked
 * for it), or the whole account.
 */
export type Meant = "caller" | "issuer" | "account";

/** How a statement's principals mean the caller; undefined when they do not. */
export function meant(
  principals: PrincipalSet,
  principal: Principal,
  canonicalIdOf: (accountId: string) => string,
): Meant | undefined {
  const found = principals.clauses.map((clause) => clauseMeans(clause, principal, canonicalIdOf));
  if (principals.isNot) return found.every((how) => how === undefined) ? "caller" : undefined;
  return found.includes("caller")
    ? "caller"
    : found.includes("issuer")
      ? "issuer"
      : found.includes("account")
        ? "account"
        : undefined;
}

function clauseMeans(
  clause: PrincipalClause,
  principal: Principal,
  canonicalIdOf: (accountId: string) => string,
): Meant | undefined {
  switch (clause.kind) {
    case "everyone":
      return "caller";
    case "service":
      return principal.kind === "service" && principal.service === clause.service ? "caller" : undefined;
    case "federated":
      return principal.kind === "provider-user" && principal.provider === clause.provider ? "caller" : undefined;
    case "id":
      return undefined;
    case "account":
    case "canonical-user": {
      if (!("accountId" in principal)) return undefined;
      const isIt =
        clause.kind === "account"
          ? clause.accountId === principal.accountId
          : clause.id === canonicalIdOf(principal.accountId);
      return isIt ? (principal.kind === "root" ? "caller" : "account") : undefined;
    }
    case "arn":
      return arnMeans(clause.arn, principal);
  }
}

function arnMeans(arn: string, principal: Principal): Meant | undefined {
  if (!("accountId" in principal)) return undefined;
  if (arn === principal.arn) return "caller";
  if (principal.kind === "role-session" && arn === principal.roleArn) return "issuer";
  if (principal.kind === "federated-user" && arn === principal.issuerArn) return "issuer";
  return undefined;
}
