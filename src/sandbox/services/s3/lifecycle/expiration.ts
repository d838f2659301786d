import { type Bucket, type LifecycleRule } from "../bucket.ts";
import { type StoredObject } from "../objects/object-version.ts";
import { formEncode } from "../objects/url-encoding.ts";

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** When a rule lets an object expire, and which: the header `x-amz-expiration`. API Reference, PutObject. */
export function expirationOf(bucket: Bucket, object: StoredObject): { readonly Expiration?: string } {
  const expiring = (bucket.lifecycle?.rules ?? []).flatMap((rule) => {
    const at = expiresAt(rule, object);
    return at === undefined ? [] : [{ at, id: rule.ID ?? "" }];
  });
  const [first] = expiring.sort((a, b) => a.at - b.at);
  if (first === undefined) return {};
  return { Expiration: `expiry-date="${new Date(first.at).toUTCString()}", rule-id="${formEncode(first.id)}"` };
}

/** When a rule lets the latest version of a key expire; undefined when it does not. */
export function expiresAt(rule: LifecycleRule, object: StoredObject): number | undefined {
  if (rule.Status !== "Enabled" || !appliesTo(rule, object)) return undefined;
  if (rule.Expiration?.Date !== undefined) return rule.Expiration.Date;
  return rule.Expiration?.Days === undefined ? undefined : daysAfter(object.at, rule.Expiration.Days);
}

/** S3 User Guide, 'Lifecycle configuration elements': so many days later, then the next midnight of UTC. */
export function daysAfter(at: number, days: number): number {
  return Math.ceil((at + days * dayMilliseconds) / dayMilliseconds) * dayMilliseconds;
}

/** Whether a rule is for an object, by its key, tags and size. */
export function appliesTo(rule: LifecycleRule, object: StoredObject): boolean {
  const filter = rule.Filter ?? {};
  const prefixes = [rule.Prefix, filter.Prefix, filter.And?.Prefix];
  const tags = [...(filter.Tag === undefined ? [] : [filter.Tag]), ...(filter.And?.Tags ?? [])];
  const greater = [filter.ObjectSizeGreaterThan, filter.And?.ObjectSizeGreaterThan];
  const less = [filter.ObjectSizeLessThan, filter.And?.ObjectSizeLessThan];
  return (
    prefixes.every((prefix) => prefix === undefined || object.key.startsWith(prefix)) &&
    tags.every((tag) => object.tags.some(({ Key, Value }) => Key === tag.Key && Value === tag.Value)) &&
    greater.every((size) => size === undefined || object.sizeBytes > size) &&
    less.every((size) => size === undefined || object.sizeBytes < size)
  );
}
