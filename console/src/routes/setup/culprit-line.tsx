import { Link } from "@tanstack/react-router";
import { quoteValue } from "../../../../src/search/language/index.ts";
import { formatInstant } from "../../parts/instants.ts";
import { VisibleText } from "../../parts/visible-text.tsx";
import type { Culprit } from "../../setup-types.ts";
import { useTz, useZone } from "../../parts/titled-page.tsx";

/** Who did it, when and from where, with the way to the event that says so. All of it is the caller's own words. */
export function CulpritLine({ culprit }: { readonly culprit: Culprit }) {
  const { eventId, eventName, eventTime, actor, sourceIp, userAgent } = culprit;
  const zone = useZone();
  const tz = useTz();
  return (
    <>
      <strong>
        <VisibleText text={actor} />
      </strong>{" "}
      called{" "}
      <Link to="/" search={{ ...tz, query: `eventID:${quoteValue(eventId)}`, event: eventId }}>
        <VisibleText text={eventName} />
      </Link>{" "}
      {isInstant(eventTime) ? `on ${formatInstant(eventTime, zone)}` : <VisibleText text={eventTime} />}
      {sourceIp === "" ? null : (
        <>
          {" "}
          from <VisibleText text={sourceIp} />
        </>
      )}
      {userAgent === "" ? null : (
        <>
          {" "}
          with <VisibleText text={shortened(userAgent)} />
        </>
      )}
      .
    </>
  );
}

const agentLengthMax = 160;

function shortened(text: string): string {
  return text.length > agentLengthMax ? `${text.slice(0, agentLengthMax)}…` : text;
}

function isInstant(text: string): boolean {
  return !Number.isNaN(Date.parse(text));
}
