import { type KnownDifference } from "./known-difference.ts";

export const s3Differences: readonly KnownDifference[] = [
  {
    case: "s3: a bucket's name with upper case and signs is refused",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "s3: a bucket's name with two periods is refused",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "s3: a bucket's name like an address is refused",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "s3: a bucket's name that begins with xn-- is refused",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "s3: a bucket's policy that is no JSON is refused",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "s3: a bucket's policy without statements is refused",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "s3: a bucket's policy for another bucket is refused",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "s3: a bucket's policy without a principal is refused",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "s3: a bucket's policy with an effect that there is not is refused",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "s3: a new bucket blocks public access, encrypts with S3's keys and has its owner enforced",
    moto: {
      block: "NoSuchPublicAccessBlockConfiguration",
      encryption: "ServerSideEncryptionConfigurationNotFoundError",
      ownership: "OwnershipControlsNotFoundError",
    },
    why: "moto has the defaults of before April 2023",
  },
  {
    case: "s3: a public policy is refused while public policies are blocked",
    moto: ["taken", "taken", null, "NoSuchPublicAccessBlockConfiguration 404"],
    why: "moto keeps the setting and does not act on it",
  },
  {
    case: "s3: a bucket whose owner is enforced takes no access lists but its owner's",
    moto: ["taken", "taken", "taken"],
    why: "moto keeps the setting and does not act on it",
  },
  {
    case: "s3: a lifecycle rule whose days are below one is refused",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "s3: a notice of a new object comes to a queue that lets S3 in",
    moto: ["s3:TestEvent", ["aws:s3", "ObjectCreated:Put", "new", true, "in%2Fa+b%2Bc", 5]],
    why: "moto encodes the slashes of a key; the page has them as they are",
  },
  {
    case: "s3: notices are not set up to a queue that does not let S3 in",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "s3: another account does not get at a bucket",
    moto: ["taken", "taken", "NoSuchBucketPolicy 404"],
    why: "moto lets every account into every bucket, unless a policy denies it",
  },
  {
    case: "s3: an object comes back with its type, encoding, metadata and ETag",
    moto: {
      ETag: '"5d41402abc4b2a76b9719d911017c592"',
      body: "hello",
      type: "application/json",
      encoding: "gzip",
      length: 5,
      metadata: { signature: "00ff", "mixed-case": "x" },
      isDated: true,
      encryption: null,
    },
    why: "moto does not encrypt by default; S3 has since January 2023",
  },
  {
    case: "s3: a list tells keys as they go in addresses when asked",
    moto: ["url", ["a%20b/%C3%A4%2Bc"]],
    why: "moto writes a space as %20. The page shows no space; botocore reads a plus as one",
  },
  {
    case: "s3: versions are kept, a delete only marks, and a version is read and deleted by its id",
    moto: {
      isMarker: true,
      gone: "NoSuchKey 404",
      old: "1",
      ofMarker: "NoSuchVersion 404",
      back: "2",
      versions: [
        [2, true],
        [1, false],
      ],
      markers: 0,
    },
    why: "moto says of a delete marker that there is no such version",
  },
  {
    case: "s3: an object in parts is refused with small, missing or disordered parts",
    moto: ["EntityTooSmall 400", "EntityTooSmall 400", "InvalidPart 400", "Error 500"],
    why: "moto fails for an upload that was given up, and does not look at the order first",
  },
  {
    case: "s3: an object's attributes are told",
    moto: "failed: TypeError",
    why: "moto tells an instant that the SDK cannot read",
  },
  {
    case: "s3: an object whose checksum is not what was said is refused",
    moto: ["taken", "taken", "taken", "taken"],
    why: "moto does not compute checksums of what it gets",
  },
  {
    case: "s3: a locked version is not deleted before its day",
    moto: "failed: Error",
    why: "moto fails to read the instant of a lock",
  },
];
