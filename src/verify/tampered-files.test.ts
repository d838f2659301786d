import { gunzipSync, gzipSync } from "node:zlib";
import { hourMs } from "./made-chain.fixture.ts";
import { lostDigest, oneGap, type Tampering, testTamperings } from "./tampering.fixture.ts";

const changedContents: readonly Tampering[] = [
  {
    what: "a record is changed in a log file",
    does: (bucket) => {
      const file = bucket.file(3, 1);
      bucket.put(file, { bytes: gzipSync(gunzipSync(file.bytes).toString().replace("Do", "Un")) });
    },
    says: { "3/1": "broken content-differs" },
  },
  {
    what: "a log file is deleted",
    does: (bucket) => bucket.remove(bucket.file(3, 1)),
    says: { "3/1": "missing not-found" },
  },
  {
    what: "two log files change their contents with each other",
    does: (bucket) => {
      bucket.put(bucket.file(3, 1), { bytes: bucket.file(4, 2).bytes });
      bucket.put(bucket.file(4, 2), { bytes: bucket.made.digests[3]?.logFiles[1]?.bytes ?? Buffer.alloc(0) });
    },
    says: { "3/1": "broken content-differs", "4/2": "broken content-differs" },
  },
  {
    what: "a log file's end is cut off",
    does: (bucket) => bucket.put(bucket.file(3, 1), { bytes: bucket.file(3, 1).bytes.subarray(0, -20) }),
    says: { "3/1": "broken cut-off" },
  },
  {
    what: "nothing is left of a log file",
    does: (bucket) => bucket.put(bucket.file(3, 1), { bytes: Buffer.alloc(0) }),
    says: { "3/1": "broken not-gzip" },
  },
  ...(
    [
      ["zero bytes", Buffer.alloc(7), "bytes-behind"],
      ["other bytes", Buffer.from("and more"), "bytes-behind"],
      ["an empty member", gzipSync(""), "second-member"],
      ["a member with records", gzipSync('{"Records":[]}'), "second-member"],
      ["half a member", gzipSync('{"Records":[]}').subarray(0, 15), "bytes-behind"],
    ] as const
  ).flatMap(([more, bytes, reason]): readonly Tampering[] => [
    {
      what: `${more} are put behind a log file`,
      does: (bucket) => bucket.put(bucket.file(3, 1), { bytes: Buffer.concat([bucket.file(3, 1).bytes, bytes]) }),
      says: { "3/1": `broken ${reason}` },
    },
    {
      what: `${more} are put behind a digest`,
      does: (bucket) => bucket.put(bucket.digest(3), { bytes: Buffer.concat([bucket.digest(3).bytes, bytes]) }),
      says: lostDigest(3, `broken ${reason}`),
      gaps: oneGap,
    },
  ]),
  {
    what: "the records of a log file are put in another order",
    does: (bucket) => {
      const file = bucket.made.logFile(bucket.made.end, 5);
      const { Records } = JSON.parse(gunzipSync(file.bytes).toString()) as { Records: unknown[] };
      bucket.made.addOne({ logFiles: [file] });
      bucket.put(bucket.digest(-1));
      bucket.put(file, { bytes: gzipSync(JSON.stringify({ Records: Records.toReversed() })) });
    },
    says: { "8/0": "broken content-differs" },
  },
  {
    what: "a log file is stored without compression",
    does: (bucket) => bucket.put(bucket.file(3, 1), { bytes: gunzipSync(bucket.file(3, 1).bytes) }),
    says: { "3/1": "broken not-gzip" },
  },
  {
    what: "a log file is compressed again, and holds the same",
    does: (bucket) =>
      bucket.put(bucket.file(3, 1), { bytes: gzipSync(gunzipSync(bucket.file(3, 1).bytes), { level: 1 }) }),
    says: {},
  },
  {
    what: "a log file is put into the bucket that no digest names",
    does: (bucket) => bucket.put(bucket.made.logFile(bucket.made.end - 4 * hourMs)),
    says: {},
    others: { log: "undeclared not-named" },
  },
  {
    what: "a log file is put there in the last window, where the next digest may still name it",
    does: (bucket) => bucket.put(bucket.made.logFile(bucket.made.end - 10 * 60_000)),
    says: {},
    others: { log: "unproven not-covered" },
  },
  {
    what: "a copy of a log file is put beside it",
    does: (bucket) => {
      const { key } = bucket.file(3, 1);
      bucket.put(bucket.file(3, 1), { key: key.replace(/_\w{16}\./, "_AAAABBBBCCCCDDDD.") });
    },
    says: {},
    others: { log: "undeclared not-named" },
  },
];

testTamperings(changedContents);
