import assert from "node:assert/strict";
import { test } from "node:test";

import { loadOperations } from "./load-operations.ts";
import { withoutSecrets } from "./secrets.ts";
import { type StructureShape } from "./shape.ts";

async function outputOf(service: "iam" | "kms", name: string): Promise<StructureShape> {
  const operation = (await loadOperations(service)).operations.get(name);
  assert.ok(operation);
  return operation.output;
}

test("a new access key is recorded without its secret", async () => {
  const AccessKey = { UserName: "bob", AccessKeyId: "AKIA", SecretAccessKey: "hush", CreateDate: new Date(0) };
  assert.deepEqual(withoutSecrets(await outputOf("iam", "CreateAccessKey"), { AccessKey }), {
    AccessKey: { UserName: "bob", AccessKeyId: "AKIA", CreateDate: new Date(0) },
  });
});

test("secrets in lists and members that no schema knows are left out", async () => {
  const VirtualMFADevices = [{ SerialNumber: "1", Base32StringSeed: new Uint8Array([1]), Unknown: "hush" }];
  assert.deepEqual(withoutSecrets(await outputOf("iam", "ListVirtualMFADevices"), { VirtualMFADevices }), {
    VirtualMFADevices: [{ SerialNumber: "1" }],
  });
});

test("who asks may put something in a secret's place", async () => {
  const paths: string[] = [];
  const shape = await outputOf("kms", "Decrypt");
  const shown = withoutSecrets(shape, { KeyId: "k", Plaintext: new Uint8Array([1]) }, (path) => {
    paths.push(path);
    return "HIDDEN_DUE_TO_SECURITY_REASONS";
  });
  assert.deepEqual(shown, { KeyId: "k", Plaintext: "HIDDEN_DUE_TO_SECURITY_REASONS" });
  assert.deepEqual(paths, ["Plaintext"]);
});
