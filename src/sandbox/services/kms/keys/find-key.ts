import { type Call } from "../../../service.ts";
import { keyNotFound, notFound, validation } from "../errors.ts";
import { type KmsState } from "../kms-state.ts";
import { managedServices } from "./default-policies.ts";
import { keyArn, type KmsKey } from "./key.ts";
import { makeManagedKey } from "./make-key.ts";

const keyIdLengthMax = 2048;

/**
 * The key that a request names by id, ARN, alias or alias ARN; keys of other accounts by ARN only. API Reference,
 * DescribeKey. An alias of AWS's own gets its key when it is first asked for.
 */
export function findKey(state: KmsState, call: Pick<Call, "accountId" | "region">, name: string | undefined): KmsKey {
  if (name === undefined || name === "" || name.length > keyIdLengthMax)
    throw validation("1 validation error detected: Value at 'keyId' failed to satisfy constraint");
  const where = { accountId: call.accountId, region: call.region };
  if (name.startsWith("alias/")) return findByAlias(state, where, name);
  if (!name.startsWith("arn:")) return findById(state, where, name);
  const [, region, accountId, resource] = /^arn:aws:kms:([a-z0-9-]+):(\d{12}):((?:key|alias)\/.+)$/s.exec(name) ?? [];
  if (region === undefined || accountId === undefined || resource === undefined) throw notFound(`Invalid arn ${name}`);
  if (region !== call.region) throw notFound(`Invalid arn ${region}`);
  const there = { accountId, region };
  return resource.startsWith("key/") ? findById(state, there, resource.slice(4)) : findByAlias(state, there, resource);
}

interface Where {
  readonly accountId: string;
  readonly region: string;
}

function findById(state: KmsState, where: Where, keyId: string): KmsKey {
  const key = state.key(where.region, keyId);
  if (key?.accountId === where.accountId) return key;
  throw isKeyId(keyId) ? keyNotFound(keyArn({ ...where, keyId })) : notFound(`Invalid keyId '${keyId.slice(0, 256)}'`);
}

function isKeyId(text: string): boolean {
  return /^(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/.test(text);
}

function findByAlias(state: KmsState, where: Where, name: string): KmsKey {
  const alias = state.alias(where.accountId, where.region, name);
  const key = alias === undefined ? undefined : state.key(where.region, alias.keyId);
  if (key !== undefined) return key;
  const service = name.slice("alias/aws/".length);
  if (name.startsWith("alias/aws/") && managedServices.has(service) && state.world.accounts.has(where.accountId)) {
    return makeManagedKey(state, where, service);
  }
  throw notFound(`Alias arn:aws:kms:${where.region}:${where.accountId}:${name} is not found.`);
}
