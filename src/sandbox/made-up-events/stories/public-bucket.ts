import { type Caller } from "../callers.ts";
import { findOperation } from "../operations/catalog.ts";
import { onObject, putBucketPolicy, putPublicAccessBlock } from "../operations/s3.ts";
import { callOf, happen } from "../perform.ts";
import type { Happening } from "../record.ts";
import type { Story, Telling } from "./story.ts";
import { sessionOf } from "./session-of.ts";

/** A bucket is opened to the world, and the world comes. */
export const publicBucketStory: Story = {
  id: "public-bucket",
  title: "A bucket becomes public",
  summary:
    "carla@example.com lifts the public access block of a bucket of Example Shop and lets everybody read it; nine objects are fetched by nobody in particular from 192.0.2.151",
  query: "eventName:PutBucketPolicy requestParameters.bucketPolicy.Statement.Sid:PublicRead",
  found: 1,
  hoursBefore: 98,
  *tell({ company, random, from }: Telling): Generator<Happening> {
    const accountId = company.accountFor("shop");
    const place = company.placeIn(accountId, company.homeRegion);
    const bucket = place.buckets[5] ?? "example-media";
    const carla = sessionOf({ company, random, from }, "carla@example.com", accountId, false);
    const base = { random, place, caller: carla };
    const [first, second] = [callOf({ ...base, at: from }), callOf({ ...base, at: from + 33_000 })];
    const statement = {
      Sid: "PublicRead",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${bucket}/*`,
    };
    yield happen({
      ...base,
      at: from,
      operation: findOperation("s3:PutBucketPublicAccessBlock"),
      body: putPublicAccessBlock(first, bucket, false),
    });
    yield happen({
      ...base,
      at: from + 33_000,
      operation: findOperation("s3:PutBucketPolicy"),
      body: putBucketPolicy(second, bucket, statement),
    });
    const nobody: Caller = {
      identity: { type: "AWSAccount", principalId: "", accountId: "anonymous" },
      arn: "anonymous",
      sourceIp: "192.0.2.151",
      userAgent: "curl/8.14.1",
      tls: "TLSv1.3",
    };
    for (let count = 1; count <= 9; count += 1) {
      const at = from + 1_500_000 + count * 2300;
      const body = onObject(callOf({ random, place, at, caller: nobody }), 0, 80_000, { bucket });
      yield happen({
        random,
        place,
        at,
        caller: nobody,
        operation: findOperation("s3:GetObject"),
        body,
      });
    }
  },
};
