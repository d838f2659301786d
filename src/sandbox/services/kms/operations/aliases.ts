import { type Call, type Need } from "../../../service.ts";
import { alreadyExists, limitExceeded, notFound, validation } from "../errors.ts";
import { AwsError } from "../../../../aws/index.ts";
import { findKey } from "../keys/find-key.ts";
import { aliasArn, keyArn, type KmsAlias, type KmsKey } from "../keys/key.ts";
import { keyNeed } from "../keys/key-need.ts";
import { checkNotPending } from "../keys/use-key.ts";
import { type Kms, type KmsOperation } from "../operation.ts";
import { pageOf } from "../page.ts";
import { recordedParameters } from "../recorded-parameters.ts";

const aliasesOfKeyMax = 50;

export function createAlias(kms: Kms): KmsOperation<"CreateAlias"> {
  return {
    needs(input, call) {
      const key = targetKey(kms, input.TargetKeyId, call);
      noteAlias(call, input.AliasName, [key]);
      return [aliasNeed(call, "kms:CreateAlias", input.AliasName), keyNeed(kms.state, key, call, "kms:CreateAlias")];
    },
    answer(input, call) {
      const name = readName(input.AliasName);
      const key = targetKey(kms, input.TargetKeyId, call);
      checkNotPending(key);
      if (kms.state.alias(call.accountId, call.region, name) !== undefined) {
        throw alreadyExists(`An alias with the name ${aliasArn({ ...call, name })} already exists`);
      }
      if (kms.state.aliasesOf(key).length >= aliasesOfKeyMax) throw limitExceeded("The key has 50 aliases already");
      kms.state.putAlias({
        name,
        accountId: call.accountId,
        region: call.region,
        keyId: key.keyId,
        createdAt: call.at,
        updatedAt: call.at,
      });
      call.note({ requestParameters: recordedParameters("CreateAlias", input) });
      return {};
    },
  };
}

export function updateAlias(kms: Kms): KmsOperation<"UpdateAlias"> {
  return {
    needs(input, call) {
      const alias = findAlias(kms, input.AliasName, call);
      const before = kms.state.key(call.region, alias.keyId);
      const after = targetKey(kms, input.TargetKeyId, call);
      noteAlias(call, input.AliasName, [after]);
      return [
        aliasNeed(call, "kms:UpdateAlias", input.AliasName),
        ...(before === undefined ? [] : [keyNeed(kms.state, before, call, "kms:UpdateAlias")]),
        keyNeed(kms.state, after, call, "kms:UpdateAlias"),
      ];
    },
    answer(input, call) {
      readName(input.AliasName);
      const alias = findAlias(kms, input.AliasName, call);
      const key = targetKey(kms, input.TargetKeyId, call);
      checkNotPending(key);
      const before = kms.state.key(call.region, alias.keyId);
      // API Reference, UpdateAlias: the keys have to be of one kind and usage.
      if (before !== undefined && (before.usage !== key.usage || isSymmetric(before) !== isSymmetric(key))) {
        throw validation(`Alias ${aliasArn(alias)} cannot be changed from ${before.usage} to ${key.usage}`);
      }
      kms.state.putAlias({ ...alias, keyId: key.keyId, updatedAt: call.at });
      call.note({ requestParameters: recordedParameters("UpdateAlias", input) });
      return {};
    },
  };
}

export function deleteAlias(kms: Kms): KmsOperation<"DeleteAlias"> {
  return {
    needs(input, call) {
      const alias = findAlias(kms, input.AliasName, call);
      const key = kms.state.key(call.region, alias.keyId);
      noteAlias(call, input.AliasName, key === undefined ? [] : [key]);
      return [
        aliasNeed(call, "kms:DeleteAlias", input.AliasName),
        ...(key === undefined ? [] : [keyNeed(kms.state, key, call, "kms:DeleteAlias")]),
      ];
    },
    answer(input, call) {
      readName(input.AliasName);
      kms.state.removeAlias(findAlias(kms, input.AliasName, call));
      call.note({ requestParameters: recordedParameters("DeleteAlias", input) });
      return {};
    },
  };
}

export function listAliases(kms: Kms): KmsOperation<"ListAliases"> {
  return {
    needs: () => [{ action: "kms:ListAliases", resource: "*" }],
    answer(input, call) {
      const key = input.KeyId === undefined ? undefined : findKey(kms.state, call, input.KeyId);
      const all = key === undefined ? kms.state.aliases(call.accountId, call.region) : kms.state.aliasesOf(key);
      const { page, about } = pageOf(all, { ...input, Limit: input.Limit ?? 50 }, 100);
      return {
        Aliases: page.map((alias) => ({
          AliasName: alias.name,
          AliasArn: aliasArn(alias),
          TargetKeyId: alias.keyId,
          CreationDate: new Date(alias.createdAt),
          LastUpdatedDate: new Date(alias.updatedAt),
        })),
        ...about,
      };
    },
  };
}

/** API Reference, CreateAlias: names of AWS's own cannot be given or taken. */
function readName(name = ""): string {
  if (!/^alias\/[a-zA-Z0-9/_-]{1,250}$/.test(name)) {
    throw new AwsError(
      "InvalidAliasNameException",
      "Alias must start with the prefix 'alias/' and consist of letters, digits, '/', '_' and '-'",
    );
  }
  if (name.startsWith("alias/aws/")) throw new AwsError("NotAuthorizedException", "");
  return name;
}

function findAlias(kms: Kms, name = "", call: Call): KmsAlias {
  const alias = kms.state.alias(call.accountId, call.region, name);
  if (alias !== undefined) return alias;
  throw notFound(`Alias ${aliasArn({ ...call, name })} is not found.`);
}

/** The key of an alias is of the same account and region, and is named by id or ARN. */
function targetKey(kms: Kms, name: string | undefined, call: Call): KmsKey {
  if (name?.includes("alias/") === true) throw validation("Aliases must refer to keys. Not aliases");
  const key = findKey(kms.state, call, name);
  if (key.accountId !== call.accountId) throw notFound(`Key '${keyArn(key)}' does not exist`);
  if (key.manager === "AWS") throw new AwsError("NotAuthorizedException", "");
  return key;
}

function aliasNeed(call: Call, action: string, name = ""): Need {
  return { action, resource: aliasArn({ ...call, name }), context: { "kms:RequestAlias": name } };
}

function noteAlias(call: Call, name = "", keys: readonly KmsKey[]): void {
  call.note({
    requestParameters: null,
    responseElements: null,
    isReadOnly: false,
    resources: [
      { accountId: call.accountId, type: "AWS::KMS::Alias", ARN: aliasArn({ ...call, name }) },
      ...keys.map((key) => ({ accountId: key.accountId, type: "AWS::KMS::Key", ARN: keyArn(key) })),
    ],
  });
}

function isSymmetric({ spec }: KmsKey): boolean {
  return spec === "SYMMETRIC_DEFAULT";
}
