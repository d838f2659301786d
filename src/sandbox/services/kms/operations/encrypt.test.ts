import assert from "node:assert/strict";
import { createHash, createPublicKey, verify } from "node:crypto";
import { test } from "node:test";
import { testCaller } from "../../call.fixture.ts";
import { refusedWith, testKms } from "../kms.fixture.ts";

const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString();

test("what is encrypted is read with the same context only, in whatever order, and not when it was changed", async () => {
  const { call } = testKms();
  const { KeyMetadata } = await call("CreateKey", {});
  const KeyId = KeyMetadata?.KeyId;
  const EncryptionContext = { a: "1", b: "2" };
  const { CiphertextBlob = new Uint8Array() } = await call("Encrypt", {
    KeyId,
    Plaintext: Buffer.from("secret"),
    EncryptionContext,
  });
  assert.ok(!Buffer.from(CiphertextBlob).includes("secret"));
  const read = await call("Decrypt", { CiphertextBlob, EncryptionContext: { b: "2", a: "1" } });
  assert.equal(text(read.Plaintext), "secret");
  assert.equal(read.KeyId, KeyMetadata?.Arn);
  for (const wrong of [undefined, { a: "1" }, { a: "1", b: "3" }, { ...EncryptionContext, c: "" }]) {
    await assert.rejects(
      call("Decrypt", { CiphertextBlob, EncryptionContext: wrong }),
      refusedWith("InvalidCiphertextException"),
    );
  }
  for (const at of [0, 5, 20, 50, 70, CiphertextBlob.length - 1]) {
    const changed = Buffer.from(CiphertextBlob);
    changed.writeUInt8((changed.readUInt8(at) ^ 1) & 0xff, at);
    await assert.rejects(
      call("Decrypt", { CiphertextBlob: changed, EncryptionContext }),
      refusedWith("InvalidCiphertextException"),
      `byte ${at}`,
    );
  }
  const other = await call("CreateKey", {});
  await assert.rejects(
    call("Decrypt", { CiphertextBlob, EncryptionContext, KeyId: other.KeyMetadata?.KeyId }),
    refusedWith("IncorrectKeyException"),
  );
});

test("a data key comes clear and encrypted; only KMS makes the one of the other", async () => {
  const { call } = testKms();
  const { KeyMetadata } = await call("CreateKey", {});
  const KeyId = KeyMetadata?.KeyId;
  const made = await call("GenerateDataKey", { KeyId, KeySpec: "AES_256" });
  assert.equal(made.Plaintext?.length, 32);
  const read = await call("Decrypt", { CiphertextBlob: made.CiphertextBlob });
  assert.deepEqual(read.Plaintext, made.Plaintext);
  const without = await call("GenerateDataKeyWithoutPlaintext", { KeyId, NumberOfBytes: 5 });
  assert.equal("Plaintext" in without, false);
  assert.equal((await call("Decrypt", { CiphertextBlob: without.CiphertextBlob })).Plaintext?.length, 5);
  for (const given of [{}, { KeySpec: "AES_256" as const, NumberOfBytes: 1 }, { NumberOfBytes: 1025 }]) {
    await assert.rejects(call("GenerateDataKey", { KeyId, ...given }), refusedWith("ValidationException"));
  }
  await assert.rejects(
    call("GenerateDataKey", { KeyId, KeySpec: "AES_256", DryRun: true }),
    refusedWith("DryRunOperationException"),
  );
});

test("records of KMS have the context, never the bytes; those of failed calls have no parameters", async () => {
  const kms = testKms();
  const { KeyMetadata } = await kms.call("CreateKey", {});
  const KeyId = KeyMetadata?.Arn;
  const EncryptionContext = { "aws:s3:arn": "arn:aws:s3:::b/k" };
  const { CiphertextBlob } = await kms.call("GenerateDataKey", { KeyId, KeySpec: "AES_256", EncryptionContext });
  const last = () => Object.assign({}, ...kms.notes) as (typeof kms.notes)[number];
  assert.deepEqual(last().requestParameters, {
    keyId: KeyId,
    keySpec: "AES_256",
    encryptionContext: EncryptionContext,
  });
  assert.equal(last().responseElements, null);
  assert.equal(last().isReadOnly, true);
  await kms.call("Decrypt", { CiphertextBlob, EncryptionContext });
  assert.deepEqual(last().requestParameters, {
    encryptionAlgorithm: "SYMMETRIC_DEFAULT",
    encryptionContext: EncryptionContext,
  });
  assert.deepEqual(kms.notes[1]?.resources, [{ accountId: "111122223333", type: "AWS::KMS::Key", ARN: KeyId }]);
  await assert.rejects(kms.call("Decrypt", { CiphertextBlob }));
  assert.equal(last().requestParameters, null);
});

test("a grant lets in its grantee for its operations and context, until it is revoked or retired", async () => {
  const { call } = testKms();
  const { KeyMetadata } = await call("CreateKey", {});
  const KeyId = KeyMetadata?.Arn;
  const eve = testCaller({ accountId: "444455556666", userName: "eve" });
  const use = (context: Record<string, string>) =>
    call("GenerateDataKey", { KeyId, KeySpec: "AES_256", EncryptionContext: context }, { caller: eve });
  await assert.rejects(use({ team: "a" }), refusedWith("AccessDeniedException"));
  const given = { KeyId, GranteePrincipal: eve.arn, Operations: ["GenerateDataKey" as const, "Decrypt" as const] };
  const subset = await call("CreateGrant", {
    ...given,
    Constraints: { EncryptionContextSubset: { team: "a" } },
    RetiringPrincipal: eve.arn,
  });
  await use({ team: "a", more: "x" });
  await assert.rejects(use({ team: "b" }), refusedWith("AccessDeniedException"));
  await call("RetireGrant", { GrantToken: subset.GrantToken }, { caller: eve });
  await assert.rejects(use({ team: "a" }), refusedWith("AccessDeniedException"));
  const equals = await call("CreateGrant", {
    ...given,
    Name: "one",
    Constraints: { EncryptionContextEquals: { team: "${aws:username}" } },
  });
  const again = await call("CreateGrant", {
    ...given,
    Name: "one",
    Constraints: { EncryptionContextEquals: { team: "${aws:username}" } },
  });
  assert.equal(again.GrantId, equals.GrantId);
  await use({ team: "${aws:username}" });
  await assert.rejects(use({ team: "${aws:username}", more: "x" }), refusedWith("AccessDeniedException"));
  assert.equal((await call("ListGrants", { KeyId })).Grants?.length, 1);
  await call("RevokeGrant", { KeyId, GrantId: equals.GrantId });
  await assert.rejects(use({ team: "${aws:username}" }), refusedWith("AccessDeniedException"));
});

test("data is moved from key to key and context to context without being seen", async () => {
  const { call } = testKms();
  const one = (await call("CreateKey", {})).KeyMetadata;
  const two = (await call("CreateKey", {})).KeyMetadata;
  const from = await call("Encrypt", { KeyId: one?.KeyId, Plaintext: Buffer.from("x"), EncryptionContext: { a: "1" } });
  const to = await call("ReEncrypt", {
    CiphertextBlob: from.CiphertextBlob,
    SourceEncryptionContext: { a: "1" },
    DestinationKeyId: two?.KeyId,
    DestinationEncryptionContext: { b: "2" },
  });
  assert.deepEqual([to.SourceKeyId, to.KeyId], [one?.Arn, two?.Arn]);
  const read = await call("Decrypt", { CiphertextBlob: to.CiphertextBlob, EncryptionContext: { b: "2" } });
  assert.equal(text(read.Plaintext), "x");
});

test("asymmetric keys sign, and anybody verifies with the public key", async () => {
  const { call } = testKms();
  const Message = Buffer.from("message");
  for (const [KeySpec, SigningAlgorithm] of [
    ["ECC_NIST_P256", "ECDSA_SHA_256"],
    ["RSA_2048", "RSASSA_PKCS1_V1_5_SHA_256"],
    ["RSA_2048", "RSASSA_PSS_SHA_512"],
  ] as const) {
    const { KeyMetadata } = await call("CreateKey", { KeySpec, KeyUsage: "SIGN_VERIFY" });
    const KeyId = KeyMetadata?.KeyId;
    const { Signature } = await call("Sign", { KeyId, Message, SigningAlgorithm });
    const checked = await call("Verify", { KeyId, Message, SigningAlgorithm, Signature });
    assert.equal(checked.SignatureValid, true);
    await assert.rejects(
      call("Verify", { KeyId, Message: Buffer.from("other"), SigningAlgorithm, Signature }),
      refusedWith("KMSInvalidSignatureException"),
    );
    const { PublicKey } = await call("GetPublicKey", { KeyId });
    const key = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: "der", type: "spki" });
    if (!SigningAlgorithm.startsWith("RSASSA_PSS")) {
      assert.ok(verify("sha256", Message, key, Signature ?? new Uint8Array()));
    }
    if (SigningAlgorithm.startsWith("RSASSA_PKCS1")) {
      const digest = createHash("sha256").update(Message).digest();
      const byDigest = await call("Sign", { KeyId, Message: digest, MessageType: "DIGEST", SigningAlgorithm });
      assert.deepEqual(Buffer.from(byDigest.Signature ?? []), Buffer.from(Signature ?? []));
      await call("Verify", { KeyId, Message: digest, MessageType: "DIGEST", SigningAlgorithm, Signature });
    }
    await assert.rejects(
      call("GenerateDataKey", { KeyId, KeySpec: "AES_256" }),
      refusedWith("InvalidKeyUsageException"),
    );
  }
});

test("a MAC is right for its message only", async () => {
  const { call } = testKms();
  const { KeyMetadata } = await call("CreateKey", { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
  const KeyId = KeyMetadata?.KeyId;
  const MacAlgorithm = "HMAC_SHA_256" as const;
  const { Mac } = await call("GenerateMac", { KeyId, Message: Buffer.from("m"), MacAlgorithm });
  assert.equal((await call("VerifyMac", { KeyId, Message: Buffer.from("m"), MacAlgorithm, Mac })).MacValid, true);
  await assert.rejects(
    call("VerifyMac", { KeyId, Message: Buffer.from("n"), MacAlgorithm, Mac }),
    refusedWith("KMSInvalidMacException"),
  );
});
