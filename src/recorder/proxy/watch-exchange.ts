import { type WireRequest } from "../../aws/index.ts";
import { type ApiCall } from "../api-call.ts";
import { copyBytesMax } from "./body-copy.ts";
import { describeExchange, type Scene } from "./describe-exchange.ts";
import { type Tally } from "./figures.ts";
import { type CallName, nameCall, readHead, type RequestHead } from "./name-call.ts";
import { type Exchange, type Onlooker } from "./pass-on.ts";
import { wantsOutput } from "./read-exchange.ts";

export interface WatchParts {
  readonly tally: Tally;
  readonly withDataEvents: boolean;
  readonly scene: () => Omit<Scene, "sourceIp">;
  /** Resolves when the calls last. */
  readonly record: (calls: readonly ApiCall[]) => Promise<void>;
  /** Told of what went wrong within, which nobody who calls is to suffer from. */
  readonly failed: (error: unknown) => void;
}

/** An error says what it says in less. */
const errorBytesMax = 64 * 1024;

/** Looks on while a request passes, and records it before its answer ends. */
export async function watchExchange(request: WireRequest, sourceIp: string, parts: WatchParts): Promise<Onlooker> {
  const { tally } = parts;
  const head = await readHead(request).catch(() => undefined);
  return {
    requestBytesKept: head !== undefined && wantsRequest(head) ? copyBytesMax : 0,
    answerBytesKept: (status) => (head === undefined ? 0 : answerBytes(head, status)),
    async answered(exchange) {
      const calls = head === undefined ? [] : await describe(head, exchange, sourceIp, parts);
      if (head === undefined) tally.addUnnamed();
      const wanted = calls.filter(({ category }) => category === "Management" || parts.withDataEvents);
      try {
        await parts.record(wanted);
      } catch (error) {
        // What cannot be recorded is not answered as done.
        tally.add({ passed: 1, unrecorded: 1 });
        parts.failed(error);
        throw error;
      }
      tally.add({ passed: 1, records: wanted.length, dataEvents: calls.length - wanted.length });
    },
    unanswered: () => tally.add({ passed: 1, unanswered: 1 }),
  };
}

async function describe(
  head: RequestHead,
  exchange: Exchange,
  sourceIp: string,
  { tally, scene, failed }: WatchParts,
): Promise<readonly ApiCall[]> {
  if (head.isOwn) {
    tally.add({ own: 1 });
    return [];
  }
  const name = await nameCall(head, exchange.sent).catch((): CallName => ({ kind: "unnamed", service: head.service }));
  if (name.kind === "unnamed") {
    tally.addUnnamed(name.service);
    return [];
  }
  try {
    const { calls, unreadable } = describeExchange(head, name, exchange, { ...scene(), sourceIp });
    if (unreadable > 0) tally.add({ unreadable });
    return calls;
  } catch (error) {
    // A defect of ours; the call goes its way all the same.
    failed(error);
    tally.addUnnamed(name.kind === "known" ? name.named.operation.service.name : name.service);
    return [];
  }
}

/** Objects pass by; so does what a service takes whose parameters are not recorded. */
function wantsRequest({ named, model, isForm, isOwn }: RequestHead): boolean {
  if (isOwn) return false;
  if (named !== undefined) {
    const { payload, body } = named.operation.input.bindings;
    const isStream = payload?.shape.kind === "blob" && payload.shape.isStreaming;
    return (payload !== undefined || body.length > 0) && !isStream;
  }
  return isForm || (model !== undefined && model.name !== "s3");
}

/** What was read is not recorded but for errors, and what a write answered only where the operation says so. */
function answerBytes({ named, model, request, isOwn }: RequestHead, status: number): number {
  if (isOwn) return 0;
  if (status >= 300) return errorBytesMax;
  if (named !== undefined) return wantsOutput(named.operation) ? copyBytesMax : 0;
  const target = request.headers["x-amz-target"];
  if (target !== undefined) {
    const operation = model?.operations.get(target.slice(target.lastIndexOf(".") + 1));
    return operation !== undefined && wantsOutput(operation) ? copyBytesMax : 0;
  }
  // Of forms and of paths it is not known yet what they ask for.
  return model === undefined || model.name === "s3" ? 0 : copyBytesMax;
}
