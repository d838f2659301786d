import { type Case, found, upper } from "./case.ts";

/** What is asked for is not there, or somewhere else. */
export const placeCases: readonly Case[] = [
  function queueMissing({ code }, { what, region }) {
    if (!/NonExistentQueue|QueueDoesNotExist|^InvalidAddress$/.test(code)) return undefined;
    const [, ofUrl] = /\bsqs\.([a-z0-9-]+)\.amazonaws\./.exec(what) ?? [];
    if (ofUrl !== undefined && region !== undefined && ofUrl !== region) {
      return found(
        "queue-missing",
        `${upper(what)} is not in ${region}, by its URL it is in ${ofUrl}`,
        `Give the source the region ${ofUrl}, or the URL of the queue in ${region}`,
      );
    }
    return found(
      "queue-missing",
      `${upper(what)} does not exist${region === undefined ? "" : ` in ${region}`}`,
      "Compare account, name and region in the queue's URL with the console's; a queue that was just made takes up to a minute",
    );
  },
  function bucketMissing({ code }, { what }) {
    if (!/^(NoSuchBucket|InvalidBucketName)$/.test(code)) return undefined;
    return found(
      "bucket-missing",
      `${upper(what)} cannot be used: there is no such bucket`,
      "Compare its name with the one that the trail delivers to (aws cloudtrail describe-trails)",
    );
  },
  function wrongRegion({ code, status, service, members }, { what, region }) {
    const codes = ["PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"];
    if (!codes.includes(code) && !(service === "s3" && status === 301)) return undefined;
    const { Region: own } = members;
    return found(
      "wrong-region",
      `${upper(what)} is in ${own ?? "another region"}${region === undefined ? "" : `, not in ${region}`}`,
      own === undefined
        ? "Give the region that the console shows beside the bucket's name"
        : `Give the source the region ${own}`,
    );
  },
  function objectArchived({ code }, { what }) {
    if (code !== "InvalidObjectState") return undefined;
    return found(
      "object-archived",
      `${upper(what)} is archived, and cannot be read before it is restored`,
      "Restore it (aws s3api restore-object), and see which lifecycle rule archives the trail's log files",
    );
  },
  function objectMissing({ code }, { what }) {
    if (!/^(NoSuchKey|NoSuchVersion|NotFound|MethodNotAllowed|KeyTooLongError)$/.test(code)) return undefined;
    return found(
      "object-missing",
      `${upper(what)} is not there`,
      "It may come late, and is looked for again; what was deleted only comes back from the bucket's older versions",
    );
  },
  function objectTooLarge({ code, message }) {
    if (code !== "object-too-large") return undefined;
    return found(
      "object-too-large",
      message,
      "It is left alone; if it holds events, import it by hand: trailwarden import",
    );
  },
];
