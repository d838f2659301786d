import { type AdvancedSelector, type FieldSelector, type SelectableRecord, type TrailSelectors } from "./selectors.ts";
import { advancedFormOf } from "./advanced-form.ts";

type Test<Thing> = (thing: Thing) => boolean;

/** What a selector asks of a record beyond its resources. */
const fieldValues: Readonly<Record<string, (record: SelectableRecord) => string | undefined>> = {
  eventCategory: (record) => record.eventCategory,
  eventSource: (record) => record.eventSource,
  eventName: (record) => record.eventName,
  eventType: (record) => record.eventType,
  errorCode: (record) => record.errorCode,
  vpcEndpointId: (record) => record.vpcEndpointId,
  readOnly: (record) => asText(record.readOnly),
  sessionCredentialFromConsole: (record) => asText(record.sessionCredentialFromConsole),
  "userIdentity.arn": (record) => record.userIdentity?.arn,
};

const tests = new WeakMap<TrailSelectors, Test<SelectableRecord>>();

/** Whether any of the selectors wants a record (API Reference, PutEventSelectors: "matches any event selector"). */
export function selectorTest(selectors: TrailSelectors): Test<SelectableRecord> {
  const known = tests.get(selectors);
  if (known !== undefined) return known;
  const made = anyOf(advancedFormOf(selectors).map(oneSelectorTest));
  tests.set(selectors, made);
  return made;
}

/**
 * Within a selector every field has to agree; that is read from the User Guide's examples, no sentence says it. Type and
 * ARN of `resources` are asked of the same resource, for the guide wants the ARN to be of the type.
 */
function oneSelectorTest({ fields }: AdvancedSelector): Test<SelectableRecord> {
  const ofRecord = fields.flatMap((field) => {
    const valueOf = Object.hasOwn(fieldValues, field.field) ? fieldValues[field.field] : undefined;
    if (valueOf === undefined) return [];
    const test = valueTest(field);
    return [(record: SelectableRecord) => test(valueOf(record))];
  });
  const types = fields.filter(({ field }) => field === "resources.type").map(valueTest);
  const arns = fields.filter(({ field }) => field === "resources.ARN").map(valueTest);
  if (types.length + arns.length > 0) {
    ofRecord.push((record) =>
      (record.resources ?? []).some(
        (resource) =>
          types.every((test) => test(resource.type)) && arns.every((test) => test(resource.ARN ?? resource.ARNPrefix)),
      ),
    );
  }
  return (record) => ofRecord.every((test) => test(record));
}

/** Any of the values wanted, and none of those unwanted. What a record does not have is never wanted, never unwanted. */
function valueTest(selector: FieldSelector): Test<string | undefined> {
  const { Equals, StartsWith, EndsWith, NotEquals, NotStartsWith, NotEndsWith } = selector;
  const wanted = anyOf(textTests(Equals, StartsWith, EndsWith));
  const unwanted = anyOf(textTests(NotEquals, NotStartsWith, NotEndsWith));
  const wantsSome = (Equals ?? StartsWith ?? EndsWith) !== undefined;
  return (value) => {
    if (value === undefined) return !wantsSome;
    return (!wantsSome || wanted(value)) && !unwanted(value);
  };
}

function textTests(
  equals: readonly string[] = [],
  starts: readonly string[] = [],
  ends: readonly string[] = [],
): readonly Test<string>[] {
  const exact = new Set(equals);
  return [
    (text) => exact.has(text),
    ...starts.map((start) => (text: string) => text.startsWith(start)),
    ...ends.map((end) => (text: string) => text.endsWith(end)),
  ];
}

function anyOf<Thing>(all: readonly Test<Thing>[]): Test<Thing> {
  return (thing) => all.some((test) => test(thing));
}

function asText(value: string | boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
