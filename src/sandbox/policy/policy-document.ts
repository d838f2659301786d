import { type Pattern } from "./pattern.ts";

/** A policy that has been read. */
export interface Policy {
  readonly version: "2008-10-17" | "2012-10-17";
  readonly id: string | undefined;
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly sid: string | undefined;
  readonly effect: "Allow" | "Deny";
  /** Undefined in policies of identities, which say nobody. */
  readonly principals: PrincipalSet | undefined;
  readonly actions: PatternSet;
  /** Undefined in trust policies, whose resource is their role. */
  readonly resources: PatternSet | undefined;
  readonly conditions: readonly Condition[];
  /** Whether `${…}` are variables: in version 2012-10-17 only. */
  readonly hasVariables: boolean;
}

/** `Action` or, when `isNot`, `NotAction`; likewise for resources. */
export interface PatternSet {
  readonly isNot: boolean;
  readonly patterns: readonly TextPattern[];
}

/** A pattern as it stands, and taken apart unless it has variables. */
export interface TextPattern {
  readonly text: string;
  readonly compiled: Pattern | undefined;
}

export interface PrincipalSet {
  readonly isNot: boolean;
  readonly clauses: readonly PrincipalClause[];
}

export type PrincipalClause =
  | { readonly kind: "everyone" }
  /** By number or by the ARN of its root: the account with all in it. */
  | { readonly kind: "account"; readonly accountId: string }
  /** A user, role, role session or federated user. */
  | { readonly kind: "arn"; readonly arn: string }
  /** A unique id, such as AWS leaves behind where a user or role was deleted. */
  | { readonly kind: "id"; readonly id: string }
  | { readonly kind: "service"; readonly service: string }
  | { readonly kind: "federated"; readonly provider: string }
  | { readonly kind: "canonical-user"; readonly id: string };

export interface Condition {
  /** As written, such as `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  /** In lower case, without what stands before and after it. */
  readonly name: string;
  readonly quantifier: "any" | "all" | undefined;
  readonly isIfExists: boolean;
  /** In lower case. */
  readonly key: string;
  readonly values: readonly string[];
}
