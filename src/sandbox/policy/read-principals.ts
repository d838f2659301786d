import { type PrincipalClause } from "./policy-document.ts";

type ReadPrincipalsResult =
  | { readonly ok: true; readonly clauses: readonly PrincipalClause[] }
  | { readonly ok: false; readonly part: string };

/**
 * Reads `"*"` or an object of `AWS`, `Service`, `Federated`, `CanonicalUser`. IAM User Guide, 'AWS JSON policy elements:
 * Principal'.
 */
export function readPrincipals(value: unknown): ReadPrincipalsResult {
  if (value === "*") return { ok: true, clauses: [{ kind: "everyone" }] };
  if (typeof value !== "object" || value === null || Array.isArray(value)) return bad(JSON.stringify(value) ?? "");
  const clauses: PrincipalClause[] = [];
  for (const [kind, given] of Object.entries(value) as [string, unknown][]) {
    const names: readonly unknown[] = Array.isArray(given) ? given : [given];
    for (const name of names) {
      const clause = typeof name === "string" ? readClause(kind, name) : undefined;
      if (clause === undefined) return bad(`${JSON.stringify(kind)}:${JSON.stringify(name) ?? ""}`);
      clauses.push(clause);
    }
  }
  return clauses.length === 0 ? bad("{}") : { ok: true, clauses };
}

function readClause(kind: string, name: string): PrincipalClause | undefined {
  switch (kind) {
    case "AWS":
      return readAwsPrincipal(name);
    case "Service":
      return /^[a-z0-9.-]+\.(?:amazonaws\.com(?:\.cn)?|amazon\.com|aws\.internal)$/.test(name)
        ? { kind: "service", service: name }
        : undefined;
    case "Federated":
      return name === "" ? undefined : { kind: "federated", provider: name };
    case "CanonicalUser":
      return /^[0-9a-f]{64}$/.test(name) ? { kind: "canonical-user", id: name } : undefined;
    default:
      return undefined;
  }
}

function readAwsPrincipal(name: string): PrincipalClause | undefined {
  if (name === "*") return { kind: "everyone" };
  if (/^\d{12}$/.test(name)) return { kind: "account", accountId: name };
  if (/^A[A-Z]{3}[A-Z0-9]{12,}$/.test(name)) return { kind: "id", id: name };
  const parts = /^arn:aws[a-z-]*:(iam|sts)::(\d{12}):([^*?]+)$/s.exec(name);
  const [, service, accountId = "", rest = ""] = parts ?? [];
  if (parts === null) return undefined;
  if (service === "iam" && rest === "root") return { kind: "account", accountId };
  const forms = service === "iam" ? /^(?:user|role)\/./s : /^(?:assumed-role\/[^/]+|federated-user)\/./s;
  return forms.test(rest) ? { kind: "arn", arn: name } : undefined;
}

function bad(part: string): ReadPrincipalsResult {
  return { ok: false, part };
}
