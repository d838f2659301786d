import { FetchError } from "../../fetch/fetch-error.ts";
import { object, ofObject, queue, said, testCases } from "./told-cases.fixture.ts";

// Texts as AWS's pages print them: S3 API Reference, "Error responses"; SQS API Reference, "Common errors".
testCases([
  {
    what: "a queue that is not there",
    error: said("sqs:ReceiveMessage", "AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist."),
    code: "queue-missing",
    sentence: /trailwarden does not exist in eu-central-1$/,
  },
  {
    what: "a queue that is in another region by its URL",
    error: said("sqs:ReceiveMessage", "QueueDoesNotExist", "The specified queue does not exist."),
    about: { what: queue, region: "eu-west-1" },
    code: "queue-missing",
    sentence: /is not in eu-west-1, by its URL it is in eu-central-1$/,
    help: /^Give the source the region eu-central-1/,
  },
  {
    what: "a bucket that is not there",
    error: said("s3:ListObjectsV2", "NoSuchBucket", "The specified bucket does not exist", { status: 404 }),
    about: { what: "the bucket logs" },
    code: "bucket-missing",
    sentence: "The bucket logs cannot be used: there is no such bucket",
  },
  {
    what: "a bucket in another region",
    error: said(
      "s3:ListObjectsV2",
      "PermanentRedirect",
      "The bucket you are attempting to access must be addressed using the specified endpoint.",
      {
        status: 301,
        members: { Region: "eu-west-1" },
      },
    ),
    about: { what: "the bucket logs", region: "eu-central-1" },
    code: "wrong-region",
    sentence: "The bucket logs is in eu-west-1, not in eu-central-1",
    help: /^Give the source the region eu-west-1$/,
  },
  {
    what: "an object that is not there",
    error: said("s3:GetObject", "NoSuchKey", "The specified key does not exist.", { status: 404 }),
    about: ofObject,
    code: "object-missing",
    sentence: `${object} is not there`,
  },
  {
    what: "an object in an archive",
    error: said("s3:GetObject", "InvalidObjectState", "The operation is not valid for the object's storage class", {
      status: 403,
    }),
    about: ofObject,
    code: "object-archived",
    sentence: `${object} is archived, and cannot be read before it is restored`,
  },
  {
    what: "an object larger than any log file",
    error: new FetchError(`${object} has 999 bytes`, { code: "object-too-large" }),
    about: ofObject,
    code: "object-too-large",
    sentence: `${object} has 999 bytes`,
  },
]);
