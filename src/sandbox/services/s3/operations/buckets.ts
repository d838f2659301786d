import { AwsError, type InputOf } from "../../../../aws/index.ts";
import { type Call } from "../../../service.ts";
import { hasAclInput, isPrivateAcl, isPublicAcl, privateAcl, readAcl } from "../access/acl.ts";
import { canonicalIdOf } from "../../../identity/unique-ids.ts";
import { type Bucket, bucketArn, type Ownership } from "../bucket.ts";
import { isBucketName } from "../bucket-name.ts";
import { accessDenied, invalidArgument, notImplemented } from "../errors.ts";
import { bucketNeed } from "../need.ts";
import { noteRequest } from "../note-request.ts";
import { onBucket, type S3, type S3Operation } from "../operation.ts";
import { readTags } from "../tags.ts";

export function createBucket(s3: S3): S3Operation<"CreateBucket"> {
  return {
    needs(input, call) {
      call.note(noteRequest("CreateBucket", { ...input }, call, undefined, s3.world.random));
      const resource = bucketArn(input.Bucket ?? "");
      const context = {
        "s3:LocationConstraint": input.CreateBucketConfiguration?.LocationConstraint ?? call.region,
        ...(input.ACL === undefined ? {} : { "s3:x-amz-acl": input.ACL }),
        ...(input.ObjectOwnership === undefined ? {} : { "s3:x-amz-object-ownership": input.ObjectOwnership }),
      };
      const actions = [
        "s3:CreateBucket",
        ...(hasAclInput(input) ? ["s3:PutBucketAcl"] : []),
        ...(input.ObjectOwnership === undefined ? [] : ["s3:PutBucketOwnershipControls"]),
        ...(input.ObjectLockEnabledForBucket === true
          ? ["s3:PutBucketObjectLockConfiguration", "s3:PutBucketVersioning"]
          : []),
        ...(input.CreateBucketConfiguration?.Tags === undefined ? [] : ["s3:TagResource"]),
      ];
      return actions.map((action) => ({ action, resource, context }));
    },
    answer(input, call) {
      const bucket = readNewBucket(s3, input, call);
      const before = s3.buckets.get(bucket.name);
      if (before !== undefined) return answerTaken(s3, before, call);
      s3.buckets.put(bucket.name, bucket);
      call.note({ resources: [{ accountId: bucket.ownerId, type: "AWS::S3::Bucket", ARN: bucketArn(bucket.name) }] });
      return {
        Location: bucket.region === "us-east-1" ? `/${bucket.name}` : `http://${bucket.name}.s3.amazonaws.com/`,
        BucketArn: bucketArn(bucket.name),
      };
    },
  };
}

/** API Reference, CreateBucket: in us-east-1 making one's own bucket again is no error, and sets its ACL back. */
function answerTaken(s3: S3, before: Bucket, call: Call): { Location: string; BucketArn: string } {
  if (before.ownerId !== call.accountId) {
    throw new AwsError(
      "BucketAlreadyExists",
      "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
      409,
      { BucketName: before.name },
    );
  }
  if (before.region !== "us-east-1" || call.region !== "us-east-1") {
    throw new AwsError(
      "BucketAlreadyOwnedByYou",
      "Your previous request to create the named bucket succeeded and you already own it.",
      409,
      { BucketName: before.name },
    );
  }
  s3.buckets.put(before.name, { ...before, acl: privateAcl(before.ownerId) });
  return { Location: `/${before.name}`, BucketArn: bucketArn(before.name) };
}

function readNewBucket(s3: S3, input: InputOf<"s3", "CreateBucket">, call: Call): Bucket {
  const { Bucket: name = "", CreateBucketConfiguration: configuration = {} } = input;
  if (!isBucketName(name)) {
    throw new AwsError("InvalidBucketName", "The specified bucket is not valid.", 400, { BucketName: name });
  }
  if (call.caller.kind === "anonymous") throw accessDenied();
  if (configuration.Bucket !== undefined || configuration.Location !== undefined) {
    throw notImplemented("directory buckets");
  }
  if (input.BucketNamespace !== undefined && input.BucketNamespace !== "global") {
    throw notImplemented("namespaces of an account and region");
  }
  const ownership = readOwnership(input.ObjectOwnership);
  const acl = readAcl(input, { ownerId: call.accountId, bucketOwnerId: call.accountId }, s3.world.accounts);
  if (acl !== undefined && ownership === "BucketOwnerEnforced" && !isPrivateAcl(acl, call.accountId)) {
    throw new AwsError(
      "InvalidBucketAclWithObjectOwnership",
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    );
  }
  // Blocking of public access is on for every new bucket (S3 User Guide, 'Blocking public access', since April 2023).
  if (acl !== undefined && isPublicAcl(acl)) {
    throw new AwsError(
      "InvalidBucketAclWithBlockPublicAccessError",
      "Bucket cannot have public ACLs set with BlockPublicAccess enabled",
    );
  }
  const tags = configuration.Tags === undefined ? undefined : readTags(configuration.Tags, 50);
  return {
    name,
    ownerId: call.accountId,
    region: readRegion(configuration.LocationConstraint, call.region),
    createdAt: call.at,
    acl: acl ?? privateAcl(call.accountId),
    ownership,
    publicAccessBlock: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    encryption: { algorithm: "AES256", hasBucketKey: false, blocked: ["SSE-C"] },
    payer: "BucketOwner",
    ...(tags === undefined ? {} : { tags }),
    ...(input.ObjectLockEnabledForBucket === true ? { objectLock: {}, versioning: "Enabled" } : {}),
  };
}

export function readOwnership(given: string | undefined): Ownership {
  switch (given) {
    case undefined:
    case "BucketOwnerEnforced":
      return "BucketOwnerEnforced";
    case "BucketOwnerPreferred":
    case "ObjectWriter":
      return given;
    default:
      throw invalidArgument("Invalid x-amz-object-ownership header", "x-amz-object-ownership", given);
  }
}

/** Where the bucket is to be. Only us-east-1 makes buckets for other regions. API Reference, CreateBucket. */
function readRegion(constraint: string | undefined, asked: string): string {
  if (constraint === undefined || constraint === "") {
    if (asked === "us-east-1") return asked;
    throw new AwsError(
      "IllegalLocationConstraintException",
      "The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.",
    );
  }
  const region = constraint === "EU" ? "eu-west-1" : constraint;
  if (region === "us-east-1" || !/^[a-z]{2}(?:-[a-z]{3,12}){1,2}-\d$/.test(region)) {
    throw new AwsError("InvalidLocationConstraint", "The specified location-constraint is not valid", 400, {
      LocationConstraint: constraint.slice(0, 100),
    });
  }
  if (asked !== "us-east-1" && region !== asked) {
    throw new AwsError(
      "IllegalLocationConstraintException",
      `The ${region} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  }
  return region;
}

export function deleteBucket(s3: S3): S3Operation<"DeleteBucket"> {
  return onBucket(s3, "DeleteBucket", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:DeleteBucket")],
    answer(_input, bucket) {
      if (!s3.objects.isEmpty(bucket.name)) {
        const message =
          s3.objects.objects(bucket.name).next().done === true
            ? "The bucket you tried to delete is not empty. You must delete all versions in the bucket."
            : "The bucket you tried to delete is not empty";
        throw new AwsError("BucketNotEmpty", message, 409, { BucketName: bucket.name });
      }
      // Parts of uploads that were never completed go with the bucket.
      const pieces = [...s3.uploads.list(bucket.name)].flatMap((upload) =>
        s3.uploads.remove(upload).map(({ piece }) => piece),
      );
      s3.buckets.delete(bucket.name);
      return s3.bytes.remove(pieces).then(() => ({}));
    },
  });
}

export function headBucket(s3: S3): S3Operation<"HeadBucket"> {
  return onBucket(s3, "HeadBucket", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:ListBucket")],
    answer: (_input, bucket) => ({
      BucketArn: bucketArn(bucket.name),
      BucketRegion: bucket.region,
      AccessPointAlias: false,
    }),
  });
}

export function getBucketLocation(s3: S3): S3Operation<"GetBucketLocation"> {
  return onBucket(s3, "GetBucketLocation", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:GetBucketLocation")],
    answer: (_input, { region }) => (region === "us-east-1" ? {} : { LocationConstraint: region as "eu-west-1" }),
  });
}

export function listBuckets(s3: S3): S3Operation<"ListBuckets"> {
  return {
    needs(input, call) {
      call.note(noteRequest("ListBuckets", { ...input }, call, undefined, s3.world.random));
      if (call.caller.kind === "anonymous") throw accessDenied();
      return [{ action: "s3:ListAllMyBuckets", resource: "*" }];
    },
    answer(input, call) {
      const { MaxBuckets: max = 10_000, Prefix: prefix, BucketRegion: region, ContinuationToken: token } = input;
      if (!Number.isInteger(max) || max < 1 || max > 10_000) {
        throw invalidArgument(
          "Argument max-buckets must be an integer between 1 and 10000",
          "max-buckets",
          String(max),
        );
      }
      const after = token === undefined ? "" : Buffer.from(token, "base64url").toString("utf8");
      const own = [...s3.buckets.values(prefix ?? "")].filter(
        (bucket) =>
          bucket.ownerId === call.accountId &&
          bucket.name > after &&
          (region === undefined || bucket.region === region),
      );
      const page = own.slice(0, max);
      const last = own.length > max ? page.at(-1) : undefined;
      // API Reference, ListBuckets: the region is told where the request has one of its parameters.
      const tellsRegion = [input.MaxBuckets, prefix, region, token].some((given) => given !== undefined);
      return {
        Owner: { ID: canonicalIdOf(call.accountId) },
        Buckets: page.map((bucket) => ({
          Name: bucket.name,
          CreationDate: new Date(bucket.createdAt),
          BucketArn: bucketArn(bucket.name),
          ...(tellsRegion ? { BucketRegion: bucket.region } : {}),
        })),
        ...(prefix === undefined ? {} : { Prefix: prefix }),
        ...(last === undefined ? {} : { ContinuationToken: Buffer.from(last.name).toString("base64url") }),
      };
    },
  };
}
