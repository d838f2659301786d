import assert from "node:assert/strict";

import { sandboxRegion, type TestSandbox } from "../../src/sandbox/sandbox.fixture.ts";

/** An object with everything that belongs to it. */
export interface HeldObject {
  readonly body: Uint8Array;
  readonly metadata: Readonly<Record<string, string>>;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
}

/** An administrator of an account, at one bucket, over S3's own API. */
export interface BucketHands {
  makeBucket(policy: string): Promise<void>;
  /** CloudTrail can no longer write to it. */
  breakBucket(): Promise<void>;
  mendBucket(): Promise<void>;
  /** All keys, sorted. */
  keys(): Promise<readonly string[]>;
  read(key: string): Promise<HeldObject>;
  write(key: string, object: HeldObject): Promise<void>;
  remove(key: string): Promise<void>;
  /** Does something while objects are tampered with, and puts them back as they were. */
  tampered<Result>(
    keys: readonly string[],
    tamper: () => Promise<void>,
    during: () => Promise<Result>,
  ): Promise<Result>;
}

export async function openBucketHands(
  open: TestSandbox,
  { accountId, bucket }: { readonly accountId: string; readonly bucket: string },
): Promise<BucketHands> {
  const s3 = await open.client("s3", { accountId });
  let policy = "";
  const setPolicy = async (Policy: string) => void (await s3.call("PutBucketPolicy", { Bucket: bucket, Policy }));
  const hands: BucketHands = {
    async makeBucket(given) {
      policy = given;
      await s3.call("CreateBucket", {
        Bucket: bucket,
        CreateBucketConfiguration: { LocationConstraint: sandboxRegion },
      });
      await setPolicy(policy);
    },
    breakBucket: async () => void (await s3.call("DeleteBucketPolicy", { Bucket: bucket })),
    mendBucket: () => setPolicy(policy),
    async keys() {
      const keys: string[] = [];
      for (let after: string | undefined, more = true; more;) {
        const page = await s3.call("ListObjectsV2", { Bucket: bucket, ContinuationToken: after });
        keys.push(...(page.Contents ?? []).map(({ Key = "" }) => Key));
        more = page.IsTruncated === true;
        after = page.NextContinuationToken;
      }
      return keys.sort();
    },
    async read(key) {
      const object = await s3.call("GetObject", { Bucket: bucket, Key: key });
      assert.ok(object.Body);
      return {
        body: await object.Body.transformToByteArray(),
        metadata: object.Metadata ?? {},
        contentType: object.ContentType,
        contentEncoding: object.ContentEncoding,
      };
    },
    async write(key, { body, metadata, contentType, contentEncoding }) {
      await s3.call("PutObject", {
        ...{ Bucket: bucket, Key: key, Body: body, Metadata: { ...metadata } },
        ...{ ContentType: contentType, ContentEncoding: contentEncoding },
      });
    },
    remove: async (key) => void (await s3.call("DeleteObject", { Bucket: bucket, Key: key })),
    async tampered(keys, tamper, during) {
      const held = new Map<string, HeldObject>();
      for (const key of keys) held.set(key, await hands.read(key));
      try {
        await tamper();
        return await during();
      } finally {
        for (const [key, object] of held) await hands.write(key, object);
      }
    },
  };
  return hands;
}
