import { type Aws, defineCases, outcome } from "../contract-case.ts";
import { policy } from "./trail-setting.ts";

const api = (operation: string) => `KMS API Reference, ${operation}`;

async function keyOf(aws: Aws): Promise<string> {
  const { KeyMetadata } = await aws.call("kms", "CreateKey", { Description: "of a case" });
  return KeyMetadata?.KeyId ?? "";
}

const bytes = (text: string) => new TextEncoder().encode(text);

export const kmsCases = defineCases([
  {
    name: "a new key is symmetric, enabled and its customer's",
    source: api("CreateKey"),
    run: async (aws) => {
      const { KeyMetadata } = await aws.call("kms", "DescribeKey", { KeyId: await keyOf(aws) });
      const {
        KeySpec,
        KeyUsage,
        KeyState,
        Enabled,
        KeyManager,
        Origin,
        MultiRegion,
        AWSAccountId,
        Arn = "",
        KeyId,
      } = KeyMetadata ?? {};
      return {
        KeySpec,
        KeyUsage,
        KeyState,
        Enabled,
        KeyManager,
        Origin,
        MultiRegion,
        AWSAccountId,
        arn: Arn === `arn:aws:kms:${aws.region}:${aws.accountId}:key/${KeyId}`,
      };
    },
    expected: {
      KeySpec: "SYMMETRIC_DEFAULT",
      KeyUsage: "ENCRYPT_DECRYPT",
      KeyState: "Enabled",
      Enabled: true,
      KeyManager: "CUSTOMER",
      Origin: "AWS_KMS",
      MultiRegion: false,
      AWSAccountId: "123456789012",
      arn: true,
    },
  },
  {
    name: "a key that is not there is refused",
    source: api("DescribeKey, NotFoundException"),
    run: async (aws) => {
      const KeyId = "00000000-0000-4000-8000-000000000000";
      return [
        await outcome(aws.call("kms", "DescribeKey", { KeyId })),
        await outcome(aws.call("kms", "GenerateDataKey", { KeyId, KeySpec: "AES_256" })),
        await outcome(aws.call("kms", "DescribeKey", { KeyId: "alias/contract-none" })),
      ];
    },
    expected: ["NotFoundException 400", "NotFoundException 400", "NotFoundException 400"],
  },
  {
    name: "what was encrypted is decrypted in the same context only",
    source: 'KMS Developer Guide, "Encryption context"',
    run: async (aws) => {
      const KeyId = await keyOf(aws);
      const EncryptionContext = { "aws:cloudtrail:arn": "a" };
      const { CiphertextBlob } = await aws.call("kms", "Encrypt", {
        KeyId,
        Plaintext: bytes("hello"),
        EncryptionContext,
      });
      const { Plaintext } = await aws.call("kms", "Decrypt", { CiphertextBlob, EncryptionContext });
      return [
        new TextDecoder().decode(Plaintext),
        await outcome(aws.call("kms", "Decrypt", { CiphertextBlob, EncryptionContext: { "aws:cloudtrail:arn": "b" } })),
        await outcome(aws.call("kms", "Decrypt", { CiphertextBlob: bytes("nothing of the kind") })),
      ];
    },
    expected: ["hello", "InvalidCiphertextException 400", "InvalidCiphertextException 400"],
  },
  {
    name: "a data key comes in the clear and locked",
    source: api("GenerateDataKey"),
    run: async (aws) => {
      const KeyId = await keyOf(aws);
      const { Plaintext, CiphertextBlob } = await aws.call("kms", "GenerateDataKey", { KeyId, KeySpec: "AES_256" });
      const opened = await aws.call("kms", "Decrypt", { CiphertextBlob });
      return [Plaintext?.length, Buffer.from(Plaintext ?? []).equals(Buffer.from(opened.Plaintext ?? []))];
    },
    expected: [32, true],
  },
  {
    name: "a disabled key does nothing until it is enabled",
    source: 'KMS Developer Guide, "Key states of AWS KMS keys"',
    run: async (aws) => {
      const KeyId = await keyOf(aws);
      await aws.call("kms", "DisableKey", { KeyId });
      const disabled = await outcome(aws.call("kms", "GenerateDataKey", { KeyId, KeySpec: "AES_256" }));
      const { KeyMetadata } = await aws.call("kms", "DescribeKey", { KeyId });
      await aws.call("kms", "EnableKey", { KeyId });
      return [
        disabled,
        KeyMetadata?.KeyState,
        await outcome(aws.call("kms", "GenerateDataKey", { KeyId, KeySpec: "AES_256" })),
      ];
    },
    expected: ["DisabledException 400", "Disabled", "taken"],
  },
  {
    name: "a key waits for its deletion, and can be kept",
    source: api("ScheduleKeyDeletion and CancelKeyDeletion"),
    run: async (aws) => {
      const KeyId = await keyOf(aws);
      const short = await outcome(aws.call("kms", "ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 6 }));
      const { KeyState } = await aws.call("kms", "ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 });
      const used = await outcome(aws.call("kms", "Encrypt", { KeyId, Plaintext: bytes("a") }));
      await aws.call("kms", "CancelKeyDeletion", { KeyId });
      const { KeyMetadata } = await aws.call("kms", "DescribeKey", { KeyId });
      return [short, KeyState, used, KeyMetadata?.KeyState];
    },
    expected: ["ValidationException 400", "PendingDeletion", "KMSInvalidStateException 400", "Disabled"],
  },
  {
    name: "an alias leads to its key, and is taken once",
    source: api("CreateAlias"),
    run: async (aws) => {
      const [KeyId, AliasName] = [await keyOf(aws), `alias/${aws.name("key")}`];
      await aws.call("kms", "CreateAlias", { AliasName, TargetKeyId: KeyId });
      const { KeyMetadata } = await aws.call("kms", "DescribeKey", { KeyId: AliasName });
      const { Aliases = [] } = await aws.call("kms", "ListAliases", { KeyId });
      return [
        KeyMetadata?.KeyId === KeyId,
        Aliases.map((alias) => alias.AliasName === AliasName),
        await outcome(aws.call("kms", "CreateAlias", { AliasName, TargetKeyId: KeyId })),
        await outcome(aws.call("kms", "CreateAlias", { AliasName: "alias/aws/mine", TargetKeyId: KeyId })),
      ];
    },
    expected: [true, [true], "AlreadyExistsException 400", "NotAuthorizedException 400"],
  },
  {
    name: "a key's policy lets its account in at first, and comes back as it was put",
    source: 'KMS Developer Guide, "Default key policy"',
    run: async (aws) => {
      const KeyId = await keyOf(aws);
      const asked = async () =>
        JSON.parse((await aws.call("kms", "GetKeyPolicy", { KeyId, PolicyName: "default" })).Policy ?? "{}") as {
          Statement?: { Principal?: unknown; Action?: unknown }[];
        };
      const first = (await asked()).Statement?.map(({ Principal, Action }) => [Principal, Action]);
      const Policy = policy([
        {
          Sid: "root",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${aws.accountId}:root` },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "trail",
          Effect: "Allow",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: "kms:GenerateDataKey*",
          Resource: "*",
        },
      ]);
      await aws.call("kms", "PutKeyPolicy", { KeyId, PolicyName: "default", Policy });
      return [
        first,
        (await asked()).Statement?.length,
        await outcome(aws.call("kms", "PutKeyPolicy", { KeyId, PolicyName: "default", Policy: "{bad" })),
      ];
    },
    expected: [[[{ AWS: "arn:aws:iam::123456789012:root" }, "kms:*"]], 2, "MalformedPolicyDocumentException 400"],
  },
  {
    name: "a key turns each year when asked",
    source: api("EnableKeyRotation and GetKeyRotationStatus"),
    run: async (aws) => {
      const KeyId = await keyOf(aws);
      const before = await aws.call("kms", "GetKeyRotationStatus", { KeyId });
      await aws.call("kms", "EnableKeyRotation", { KeyId });
      const { KeyRotationEnabled, RotationPeriodInDays } = await aws.call("kms", "GetKeyRotationStatus", { KeyId });
      return [before.KeyRotationEnabled, KeyRotationEnabled, RotationPeriodInDays];
    },
    expected: [false, true, 365],
  },
  {
    name: "another account does not use a key that does not let it in",
    source: 'KMS Developer Guide, "Allowing users in other accounts to use a KMS key"',
    run: async (aws) => {
      const KeyId = `arn:aws:kms:${aws.region}:${aws.accountId}:key/${await keyOf(aws)}`;
      return await outcome(
        aws.call("kms", "GenerateDataKey", { KeyId, KeySpec: "AES_256" }, { credentials: aws.other.credentials }),
      );
    },
    expected: "AccessDeniedException 400",
  },
]);
