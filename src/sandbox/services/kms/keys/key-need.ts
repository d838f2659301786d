import { type Call, type Need } from "../../../service.ts";
import { type KmsState } from "../kms-state.ts";
import { keyArn, type KmsGrant, type KmsKey } from "./key.ts";

type Context = Readonly<Record<string, string | readonly string[]>>;

/** A permission on a key: its policy, and what its grants give. */
export function keyNeed(state: KmsState, key: KmsKey, call: Call, action: string, context: Context = {}): Need {
  const aliases = state.aliasesOf(key).map(({ name }) => name);
  return {
    action,
    resource: keyArn(key),
    resourcePolicy: withGrants(key.policy, state.grants(key.keyId)),
    ownerId: key.accountId,
    context: {
      "kms:CallerAccount": call.caller.accountId,
      "kms:KeySpec": key.spec,
      "kms:KeyUsage": key.usage,
      "kms:KeyOrigin": "AWS_KMS",
      "kms:MultiRegion": "false",
      ...(aliases.length === 0 ? {} : { "kms:ResourceAliases": aliases }),
      ...Object.fromEntries(key.tags.map(({ TagKey, TagValue }) => [`aws:ResourceTag/${TagKey}`, TagValue])),
      ...context,
    },
  };
}

/** What conditions see of an encryption context. KMS Developer Guide, 'kms:EncryptionContext:context-key'. */
export function encryptionContextKeys(context: Readonly<Record<string, string>> = {}): Context {
  const names = Object.keys(context);
  if (names.length === 0) return {};
  return {
    "kms:EncryptionContextKeys": names,
    ...Object.fromEntries(names.map((name) => [`kms:EncryptionContext:${name}`, context[name] ?? ""])),
  };
}

/** What conditions see of how a key is named in the request. */
export function requestAlias(name: string | undefined): Context {
  const alias = name === undefined ? undefined : /(?:^|:)(alias\/.+)$/s.exec(name)?.[1];
  return alias === undefined ? {} : { "kms:RequestAlias": alias };
}

/** Grants as statements of the key's policy. API Reference, CreateGrant, GrantConstraints. */
function withGrants(policy: string, grants: readonly KmsGrant[]): string {
  if (grants.length === 0) return policy;
  const document = JSON.parse(policy) as { readonly Statement?: unknown };
  const statements = grants.map((grant) => ({
    Effect: "Allow",
    Principal: { AWS: grant.grantee },
    Action: grant.operations.map((operation) => `kms:${operation}`),
    Resource: "*",
    ...conditionsOf(grant),
  }));
  return JSON.stringify({ ...document, Statement: [...[document.Statement ?? []].flat(), ...statements] });
}

function conditionsOf({ contextEquals, contextSubset }: KmsGrant): object {
  const context = contextEquals ?? contextSubset;
  if (context === undefined) return {};
  const wanted = Object.fromEntries(
    Object.entries(context).map(([name, value]) => [`kms:EncryptionContext:${name}`, escapeVariables(value)]),
  );
  return {
    Condition: {
      ...(Object.keys(wanted).length === 0 ? {} : { StringEquals: wanted }),
      ...(contextEquals === undefined
        ? {}
        : { "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": Object.keys(contextEquals) } }),
    },
  };
}

/** A value that looks like a variable of a policy means itself. */
function escapeVariables(value: string): string {
  return value.replaceAll("${", "${$}{");
}
