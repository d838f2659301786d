import { findOperation } from "../operations/catalog.ts";
import { happen } from "../perform.ts";
import type { Happening } from "../record.ts";
import type { Story, Telling } from "./story.ts";
import { sessionOf } from "./session-of.ts";

/** A trail stands still for twenty-three minutes. */
export const stoppedTrailStory: Story = {
  id: "stopped-trail",
  title: "A trail is stopped",
  summary:
    "ben@example.com stops the trail of Example Staging from the command line; ana@example.com starts it again 23 minutes later",
  query: "eventName:StopLogging",
  found: 1,
  hoursBefore: 74,
  *tell({ company, random, from }: Telling): Generator<Happening> {
    const accountId = company.accountFor("staging");
    const place = company.placeIn(accountId, company.homeRegion);
    const ben = sessionOf({ company, random, from }, "ben@example.com", accountId, true);
    yield happen({
      random,
      place,
      at: from,
      caller: ben,
      operation: findOperation("cloudtrail:DescribeTrails"),
    });
    yield happen({
      random,
      place,
      at: from + 14_000,
      caller: ben,
      operation: findOperation("cloudtrail:StopLogging"),
    });
    yield happen({
      random,
      place,
      at: from + 95_000,
      caller: ben,
      operation: findOperation("ec2:RunInstances"),
    });
    const back = from + 23 * 60_000;
    const ana = sessionOf({ company, random, from: back }, "ana@example.com", accountId, false);
    yield happen({
      random,
      place,
      at: back,
      caller: ana,
      operation: findOperation("cloudtrail:GetTrailStatus"),
    });
    yield happen({
      random,
      place,
      at: back + 20_000,
      caller: ana,
      operation: findOperation("cloudtrail:StartLogging"),
    });
  },
};
