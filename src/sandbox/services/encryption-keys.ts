import { type Need } from "../service.ts";

/** A key as queues and topics need it, to judge who may use what they encrypt. */
export interface EncryptionKey {
  readonly arn: string;
  readonly ownerId: string;
  /** The key's policy, as JSON text. */
  readonly policy: string;
  readonly isEnabled: boolean;
}

/** Finds a key by id, ARN, alias or alias ARN, as the account in the region names it. */
export interface EncryptionKeys {
  find(accountId: string, region: string, keyId: string): EncryptionKey | undefined;
}

/** What somebody has to be allowed by a key to send something through an encrypted queue or topic. */
export function keyNeeds(
  key: EncryptionKey,
  actions: readonly string[],
  via: { readonly service: string; readonly region: string; readonly context: Readonly<Record<string, string>> },
): readonly Need[] {
  const context: Record<string, string> = { "kms:ViaService": `${via.service}.${via.region}.amazonaws.com` };
  for (const [name, value] of Object.entries(via.context)) context[`kms:EncryptionContext:${name}`] = value;
  return actions.map((action) => ({
    action,
    resource: key.arn,
    resourcePolicy: key.policy,
    ownerId: key.ownerId,
    context,
  }));
}
