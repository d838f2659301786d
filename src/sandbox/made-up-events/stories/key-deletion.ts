import { findOperation } from "../operations/catalog.ts";
import { scheduleKeyDeletion } from "../operations/kms.ts";
import { callOf, happen } from "../perform.ts";
import type { Happening } from "../record.ts";
import type { Story, Telling } from "./story.ts";
import { sessionOf } from "./session-of.ts";

/** A key that data hangs on is put on the list of the dying, and saved. */
export const keyDeletionStory: Story = {
  id: "key-deletion",
  title: "The deletion of a KMS key is scheduled",
  summary:
    "dmitri@example.com schedules the deletion of a key of Example Data in seven days; two hours later ella@example.com of the security team cancels it",
  query: "eventName:ScheduleKeyDeletion",
  found: 1,
  hoursBefore: 145,
  *tell({ company, random, from }: Telling): Generator<Happening> {
    const accountId = company.accountFor("data");
    const place = company.placeIn(accountId, company.homeRegion);
    const key = place.keys[3] ?? "";
    const resources = [
      {
        accountId,
        type: "AWS::KMS::Key",
        ARN: `arn:aws:kms:${place.region}:${accountId}:key/${key}`,
      },
    ];
    const dmitri = sessionOf({ company, random, from }, "dmitri@example.com", accountId, false);
    const first = { random, place, at: from, caller: dmitri };
    yield happen({
      ...first,
      operation: findOperation("kms:DescribeKey"),
      body: { request: { keyId: key }, resources },
    });
    yield happen({
      ...first,
      at: from + 45_000,
      operation: findOperation("kms:ScheduleKeyDeletion"),
      body: scheduleKeyDeletion(callOf({ ...first, at: from + 45_000 }), key, 7),
    });
    const rescue = from + 2 * 3_600_000;
    const ella = sessionOf({ company, random, from: rescue }, "ella@example.com", accountId, true);
    const second = { random, place, at: rescue, caller: ella };
    yield happen({
      ...second,
      operation: findOperation("kms:CancelKeyDeletion"),
      body: { request: { keyId: key }, response: { keyId: resources[0]?.ARN ?? "" }, resources },
    });
  },
};
