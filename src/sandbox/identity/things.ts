/** What IAM and STS keep, as plain data; instants are milliseconds since 1970. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly createdAt: number;
  readonly alias?: string | undefined;
}

/** What users, groups and roles have alike. */
export interface Entity {
  readonly accountId: string;
  readonly name: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  /** `AIDA…`, `AGPA…`, `AROA…` */
  readonly id: string;
  readonly createdAt: number;
  /** ARNs of managed policies, in the order of attaching. */
  readonly attached: readonly string[];
  readonly inline: readonly InlinePolicy[];
}

export interface InlinePolicy {
  readonly name: string;
  readonly document: string;
}

export interface User extends Entity {
  readonly tags: readonly Tag[];
  readonly boundaryArn?: string | undefined;
  readonly groupIds: readonly string[];
  readonly login?: Login | undefined;
  readonly passwordUsedAt?: number | undefined;
}

export interface Login {
  readonly createdAt: number;
  readonly changedAt: number;
  readonly mustReset: boolean;
  readonly salt: string;
  readonly hash: string;
}

export type Group = Entity;

export interface Role extends Entity {
  readonly trust: string;
  /** Users and roles that the trust policy names, with the ids that they had: a later one of the same name is another. */
  readonly trusted: readonly { readonly arn: string; readonly id: string }[];
  readonly description: string;
  readonly maxSessionSeconds: number;
  readonly tags: readonly Tag[];
  readonly boundaryArn?: string | undefined;
  readonly usedAt?: number | undefined;
  readonly usedRegion?: string | undefined;
  /** The service that the role belongs to, when it is a service-linked one. */
  readonly linkedService?: string | undefined;
}

export interface ManagedPolicy {
  readonly accountId: string;
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  /** `ANPA…` */
  readonly id: string;
  readonly description: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly versions: readonly PolicyVersion[];
  readonly defaultVersionId: string;
  readonly nextVersion: number;
  readonly tags: readonly Tag[];
}

export interface PolicyVersion {
  readonly id: string;
  readonly document: string;
  readonly createdAt: number;
}

export interface AccessKey {
  /** `AKIA…` */
  readonly id: string;
  readonly secret: string;
  readonly accountId: string;
  /** Undefined for a key of the account's root. */
  readonly userName: string | undefined;
  readonly isActive: boolean;
  readonly createdAt: number;
  readonly used?: { readonly at: number; readonly service: string; readonly region: string } | undefined;
}

export interface Session {
  /** `ASIA…` */
  readonly id: string;
  readonly secret: string;
  readonly token: string;
  readonly accountId: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly of: SessionOwner;
  readonly policies: readonly string[];
  readonly tags: readonly Tag[];
  readonly transitiveTagKeys: readonly string[];
  /** When the device's code was given, if one was. */
  readonly mfaAt?: number | undefined;
  readonly sourceIdentity?: string | undefined;
  /** Begun on the console's sign-in page. */
  readonly isOfConsole?: boolean | undefined;
}

export type SessionOwner =
  | { readonly kind: "root" }
  | { readonly kind: "user"; readonly userName: string; readonly userId: string }
  | {
      readonly kind: "federated-user";
      readonly name: string;
      /** Undefined when the root asked. */
      readonly userName: string | undefined;
      readonly userId: string;
    }
  | { readonly kind: "role"; readonly roleName: string; readonly roleId: string; readonly sessionName: string };

export interface InstanceProfile {
  readonly accountId: string;
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly createdAt: number;
  readonly roleName?: string | undefined;
  readonly tags: readonly Tag[];
}

export interface MfaDevice {
  readonly serialNumber: string;
  readonly accountId: string;
  readonly name: string;
  readonly createdAt: number;
  /** Base32, as an authenticator takes it. */
  readonly seed: string;
  readonly enabledAt?: number | undefined;
  /** Undefined with `enabledAt`: the root's. */
  readonly userName?: string | undefined;
  readonly tags: readonly Tag[];
}

export interface IdentityProvider {
  readonly kind: "oidc" | "saml";
  readonly arn: string;
  readonly accountId: string;
  readonly createdAt: number;
  /** Without `https://`. */
  readonly url?: string | undefined;
  readonly clientIds: readonly string[];
  readonly thumbprints: readonly string[];
  readonly metadata?: string | undefined;
  readonly tags: readonly Tag[];
}
