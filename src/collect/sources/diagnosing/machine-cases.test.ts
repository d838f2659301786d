import { FetchError } from "../../fetch/fetch-error.ts";
import { object, ofNode, ofObject, said, testCases } from "./told-cases.fixture.ts";

testCases([
  {
    what: "KMS that is busy",
    error: said("s3:GetObject", "KMS.ThrottlingException", "You have exceeded the rate at which you may call KMS."),
    about: ofObject,
    code: "throttled",
    sentence: "AWS asks to go slower",
  },
  {
    what: "S3 that is busy",
    error: said("s3:GetObject", "SlowDown", "Please reduce your request rate.", { status: 503 }),
    code: "throttled",
    sentence: "AWS asks to go slower",
  },
  {
    what: "an object that was cut off",
    error: new FetchError("Of s3://… came 3 bytes instead of 5", { code: "object-cut-off" }),
    about: ofObject,
    code: "unreachable",
    sentence: `${object} cannot be reached`,
  },
  {
    what: "a name that nobody knows",
    error: ofNode("ENOTFOUND", { hostname: "sqs.eu-central-9.amazonaws.com" }),
    code: "unreachable",
    sentence: /the name sqs\.eu-central-9\.amazonaws\.com is not known \(ENOTFOUND\)$/,
    help: /region/,
  },
  {
    what: "nobody who answers at several addresses",
    error: new AggregateError([ofNode("ECONNREFUSED", { address: "::1" }), ofNode("ECONNREFUSED")]),
    code: "unreachable",
    sentence: /cannot be reached at ::1 \(ECONNREFUSED\)$/,
  },
  {
    what: "a proxy that opens connections",
    error: ofNode("SELF_SIGNED_CERT_IN_CHAIN"),
    code: "unreachable",
    sentence: /the certificate at the other end is not trusted/,
    help: /NODE_EXTRA_CA_CERTS/,
  },
  {
    what: "an answer that takes too long",
    error: Object.assign(new Error("Connection timed out after 5000 ms"), { name: "TimeoutError" }),
    code: "unreachable",
    sentence: /cannot be reached$/,
  },
  {
    what: "AWS that is broken",
    error: said("sqs:ReceiveMessage", "InternalError", "We encountered an internal error.", { status: 500 }),
    code: "unreachable",
    sentence: /cannot be reached$/,
    help: /wrong at AWS/,
  },
  { what: "a full disk", error: ofNode("ENOSPC"), code: "store-full", sentence: "The disk of the data folder is full" },
  {
    what: "a folder that is not there",
    error: ofNode("ENOENT"),
    about: { what: "the folder /var/log/trail" },
    code: "folder-missing",
    sentence: "The folder /var/log/trail cannot be read (ENOENT)",
  },
]);
