import { type InputOf } from "../../../aws/index.ts";
import { type Call, type Service } from "../../service.ts";
import { type Envelope, readObject } from "./envelope.ts";
import { type EventsParts, onBus } from "./events-needs.ts";
import { forwardedIn } from "./forwarded.ts";
import { busArn, findBus, invalid, readBusName } from "./rule.ts";

type Entry = NonNullable<InputOf<"events", "PutEvents">["Entries"]>[number];

/** EventBridge API Reference, PutEvents: of all entries together. */
const bytesMax = 262_144;
const hidden = "HIDDEN_DUE_TO_SECURITY_REASONS";

/** Events come in. */
export function putEventsOperation(parts: EventsParts) {
  const { store, router } = parts;

  async function take(
    entry: Entry,
    call: Call,
    handedOn: Envelope | undefined,
  ): Promise<{ EventId?: string; ErrorCode?: string; ErrorMessage?: string }> {
    const refuse = (code: string, message: string) => ({ ErrorCode: code, ErrorMessage: message });
    const { Source: source = "", DetailType: detailType = "", Detail: detailText = "" } = entry;
    if (source === "")
      return refuse("InvalidArgument", "Parameter Source is not valid. Reason: Source is a required argument.");
    if (detailType === "" || detailType.length > 128)
      return refuse("InvalidArgument", "Parameter DetailType is not valid. Reason: DetailType is a required argument.");
    if (detailText === "")
      return refuse("InvalidArgument", "Parameter Detail is not valid. Reason: Detail is a required argument.");
    const detail = readObject(detailText);
    if (detail === undefined) return refuse("MalformedDetail", "Detail is malformed.");
    // What begins with aws. comes from AWS alone: EventBridge User Guide, "Sending events with PutEvents".
    const isFromAws = handedOn !== undefined || call.caller.kind === "service";
    if (/^aws\./iu.test(source) && !isFromAws)
      return refuse("NotAuthorizedForSourceException", "Not authorized for the source.");
    const address = readBusName(entry.EventBusName, call);
    if (findBus(store, address) === undefined)
      return refuse("ResourceNotFoundException", `Event bus ${address.name} does not exist.`);
    const envelope: Envelope = handedOn ?? {
      id: store.world.random.uuid(),
      detailType,
      source,
      account: call.accountId,
      at: entry.Time === undefined ? call.at : new Date(entry.Time).getTime(),
      region: address.region,
      resources: entry.Resources ?? [],
      detail,
      takenAt: call.at,
      isReadOnlyManagement: false,
      hops: 0,
    };
    await router.route(address, envelope);
    return { EventId: envelope.id };
  }

  return {
    PutEvents: {
      needs: (input, call) =>
        (input.Entries ?? []).slice(0, 10).flatMap((entry) =>
          onBus(parts, "PutEvents", entry.EventBusName, call, {
            "events:source": entry.Source ?? "",
            "events:detail-type": entry.DetailType ?? "",
          }),
        ),
      answer: async (input, call) => {
        const entries = input.Entries ?? [];
        if (entries.length === 0 || entries.length > 10)
          throw invalid(
            "1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10",
          );
        if (input.EndpointId !== undefined) throw invalid("Global endpoints are not part of this endpoint");
        const bytes = entries.reduce((sum, entry) => sum + bytesOf(entry), 0);
        if (bytes > bytesMax) throw invalid("Total size of the entries in the request is over the limit.");
        const buses = [...new Set(entries.map((entry) => busArn(readBusName(entry.EventBusName, call))))];
        call.note({
          category: "Data",
          resources: buses.map((ARN) => ({ ARN, accountId: ARN.split(":")[4] ?? "", type: "AWS::Events::EventBus" })),
          requestParameters: {
            entries: entries.map(({ Source: source, DetailType: detailType }) => ({
              source: source ?? "",
              detailType: detailType ?? "",
              detail: hidden,
            })),
          },
        });
        const handedOn = forwardedIn(input);
        const results: Awaited<ReturnType<typeof take>>[] = [];
        for (const entry of entries) results.push(await take(entry, call, handedOn));
        return {
          FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode !== undefined).length,
          Entries: results,
        };
      },
    },
  } satisfies Service<"events">["operations"];
}

/** EventBridge User Guide, "Calculating PutEvents event entry size". */
function bytesOf({
  Time: time,
  Source: source,
  DetailType: type,
  Detail: detail,
  Resources: resources,
}: Entry): number {
  const texts = [source, type, detail, ...(resources ?? [])];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ""), time === undefined ? 0 : 14);
}
