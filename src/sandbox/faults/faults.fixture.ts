import { gunzipSync, gzipSync } from "node:zlib";

import { SteppedClock } from "../../base/clock.ts";
import { type DeliveredObject, type Outlets, type TrailAddress } from "../../recorder/index.ts";
import { createRandom } from "../made-up-events/random.ts";
import { defineStory, matter } from "../stories/story.ts";
import { FaultBoard, findFault } from "./board.ts";

export const trail: TrailAddress = {
  arn: "arn:aws:cloudtrail:eu-central-1:111122223333:trail/t",
  ownerId: "111122223333",
  region: "eu-central-1",
};

/** A story in which nothing happens. */
export const story = defineStory({
  name: "small",
  title: "A small story",
  summary: "Nothing much",
  actors: [],
  matters: { only: matter("iam", "CreateUser", "T1136.003", "It is the only one") },
  setUp: () => Promise.resolve(),
  play: () => Promise.resolve(),
});

/** A board before outlets that write down what reaches them. */
export function testBoard(answer: (asked: string) => object = () => ({})) {
  const clock = new SteppedClock(Date.UTC(2026, 10, 20, 12));
  const random = createRandom("faults");
  const asked: (readonly [where: string, operation: string, input: object])[] = [];
  const board = new FaultBoard({
    clock,
    random: { next: () => random.fraction() },
    administrator: (accountId, region) => ({
      call: (service, operation, input) => {
        const name = `${service}:${String(operation)}`;
        asked.push([`${accountId} ${region}`, name, input as object]);
        return Promise.resolve(answer(name) as never);
      },
    }),
  });
  const files: (readonly [key: string, body: Uint8Array])[] = [];
  const notices: string[] = [];
  const outlets = board.around({
    putObject: (_, { key, body }: DeliveredObject) => Promise.resolve(void files.push([key, body])),
    publish: (_, __, message: string) => Promise.resolve(void notices.push(message)),
  } as Outlets);
  return {
    board,
    clock,
    asked,
    files,
    notices,
    outlets,
    put: (key: string, content: object, from = trail) => outlets.putObject(from, objectOf(key, content)),
    publish: (message: string, from = trail) =>
      outlets.publish(from, "arn:aws:sns:eu-central-1:111122223333:t", message),
    apply: (name: string, parameters: object = {}) => {
      const fault = findFault(name);
      if (fault === undefined) throw new TypeError(name);
      return board.apply(fault, parameters);
    },
    /** What lies in the bucket, opened where it can be. */
    contents: () => files.map(([key, body]) => [key, contentOf(body)] as const),
  };
}

function objectOf(key: string, content: object): DeliveredObject {
  return {
    bucket: "example-logs",
    key,
    body: gzipSync(JSON.stringify(content)),
    metadata: {},
    contentType: "application/json",
    contentEncoding: "gzip",
    kmsKeyArn: undefined,
  };
}

function contentOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(gunzipSync(body).toString("utf8"));
  } catch {
    return "broken";
  }
}
