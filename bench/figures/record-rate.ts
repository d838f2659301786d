import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { driveCalls } from "../harness/drive-calls.ts";
import { mustBe } from "../harness/errors.ts";
import { defineFigure } from "../harness/figure.ts";
import { median } from "../harness/quantiles.ts";
import { deliveredRecords, prepareCalls, recordEverything } from "../harness/recorded-calls.ts";
import { startSandboxProcess } from "../harness/sandbox-process.ts";

const accountId = "111122223333";
const lanes = 16;
const seconds = 5;
/** Until the machine code is there that a longer run would use. */
const warmUpSeconds = 3;

/** How many calls the made-up AWS answers and records, while it delivers what it has recorded. */
export const recordRateFigure = defineFigure({
  name: "record-rate",
  summary: "Records of signed calls a second, each answered only when it lasts, delivered meanwhile",
  target: [{ of: "value", atLeast: 1000 }],
  async run(stage) {
    const folder = await stage.freshDirectory("sandbox");
    await using sandbox = await startSandboxProcess({ folder, port: 0, accountIds: [accountId] });
    const { target } = sandbox;
    await recordEverything(target);
    const requests = await prepareCalls(target);
    const answered: string[] = [];
    let failed = 0;
    const onAnswer = (status: number, requestId: string) => {
      answered.push(requestId);
      if (status >= 500) failed += 1;
    };
    await driveCalls({ port: sandbox.port, requests, lanes, seconds: warmUpSeconds, onAnswer });
    const rates: number[] = [];
    for (let times = stage.repetitions; times > 0; times -= 1) {
      const driven = await driveCalls({ port: sandbox.port, requests, lanes, seconds, onAnswer });
      rates.push(driven.answers / driven.seconds);
    }
    await sandbox.deliver();
    const recorded = new Set((await deliveredRecords(target)).map(({ requestID }) => requestID));
    mustBe("The number of answered calls without a record", answered.filter((id) => !recorded.has(id)).length, 0);
    mustBe("The number of calls that failed", failed, 0);
    const value = median(rates);
    const yardstickValue = await bareRate(requests);
    return {
      value,
      unit: "records/s",
      yardstick: "node:http answering 200 to the same requests",
      yardstickValue,
      ratio: value / yardstickValue,
      extra: { rates, calls: answered.length },
    };
  },
});

async function bareRate(requests: readonly Uint8Array[]): Promise<number> {
  const program = fileURLToPath(new URL("../measure/answer-nothing.ts", import.meta.url));
  const child = fork(program);
  const [port] = (await once(child, "message")) as [number];
  await driveCalls({ port, requests, lanes, seconds: 1 });
  const driven = await driveCalls({ port, requests, lanes, seconds });
  const gone = once(child, "exit");
  child.send("stop");
  await gone;
  return driven.answers / driven.seconds;
}
