import assert from "node:assert/strict";
import { test } from "node:test";
import { AwsCallError, type AwsClient, type ServiceName } from "../../aws/index.ts";
import type { SourceAws } from "../sources/source.ts";
import { S3Lister } from "./s3-lister.ts";

/** S3 as it answers for a bucket in eu-west-1, one turn of the loop later. */
function awsOf(asked: (string | undefined)[]): SourceAws {
  const answerFrom = async (region: string | undefined) => {
    asked.push(region);
    await new Promise(setImmediate);
    if (region === "eu-west-1") return { Contents: [{ Key: "a", Size: 1 }] };
    throw AwsCallError.of(
      { service: "s3", operation: "ListObjectsV2" },
      { code: "PermanentRedirect", message: "Elsewhere", status: 301, members: { Region: "eu-west-1" } },
    );
  };
  return {
    client: <S extends ServiceName>(_service: S, region?: string) =>
      Promise.resolve({ call: () => answerFrom(region) } as unknown as AwsClient<S>),
    objects() {
      throw new TypeError("Nobody gets objects here");
    },
  };
}

test("pages that are asked for at once are all listed where S3 says that the bucket is", async () => {
  const asked: (string | undefined)[] = [];
  const lister = new S3Lister(awsOf(asked), { requestsAtOnce: 8 });
  const { signal } = new AbortController();
  const lists = ["a/", "b/", "c/"].map((folder) => Array.fromAsync(lister.pages("logs", folder, signal)));
  const keys = (await Promise.all(lists)).map(([page]) => page?.objects.map(({ key }) => key));
  assert.deepEqual(keys, [["a"], ["a"], ["a"]]);
  assert.equal(asked.filter((region) => region === undefined).length, 3);
});
