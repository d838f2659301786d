import {
  literalOf,
  literalsOf,
  tidyPattern,
  type FieldPath,
  type Pattern,
  type Predicate,
} from "../../predicate/index.ts";
import { fieldOfName } from "./resolve.ts";
import type { Comparison } from "./query.ts";
import { testOf } from "./test-of.ts";
import { wordsOrText } from "./words-or-text.ts";

type Is = Comparison & { readonly op: "is" };

const userName: FieldPath = ["userIdentity", "userName"];
const callerArn: FieldPath = ["userIdentity", "arn"];
const issuerName: FieldPath = ["userIdentity", "sessionContext", "sessionIssuer", "userName"];
const issuerArn: FieldPath = ["userIdentity", "sessionContext", "sessionIssuer", "arn"];

/** What a short name asks of the record. Comparisons that are no texts are asked of each of its paths. */
export function readAlias(name: string, test: Comparison): Predicate {
  const reader = readers[name];
  if (test.op === "is" && reader !== undefined) {
    return reader(test);
  }
  const paths = fieldOfName(name)?.paths ?? [];
  return anyOf(paths.map((path) => where(path, test)));
}

const readers: Readonly<Record<string, (test: Is) => Predicate>> = {
  user: (test) =>
    isArn(test.pattern)
      ? anyOf([where(callerArn, test), ...(isSession(test.pattern) ? [] : [where(issuerArn, test)])])
      : anyOf([where(userName, test), where(issuerName, test), ...endOfCaller(test)]),
  role: (test) =>
    isArn(test.pattern)
      ? where(issuerArn, test)
      : anyOf([where(issuerName, test), where(callerArn, around("*:assumed-role/", test, "/*"))]),
  service: (test) => {
    const isHostName = literalsOf(test.pattern).some((text) => text.includes("."));
    const withDomain = around("", test, ".amazonaws.com");
    if (isHostName) {
      return where(["eventSource"], test);
    }
    const [short, long] = [literalOf(test.pattern), literalOf(withDomain.pattern)];
    if (short !== undefined && long !== undefined) {
      return {
        kind: "field",
        path: ["eventSource"],
        test: { op: "equals", values: [long, short], cased: test.cased },
      };
    }
    return anyOf([where(["eventSource"], withDomain), where(["eventSource"], test)]);
  },
  account: (test) =>
    anyOf([
      where(["recipientAccountId"], test),
      {
        kind: "and",
        of: [
          { kind: "not", of: where(["recipientAccountId"], { op: "has-value" }) },
          where(["userIdentity", "accountId"], test),
        ],
      },
    ]),
  resource: (test) => {
    const named = (path: FieldPath) => [where(path, test), ...(isArn(test.pattern) ? [] : endsWith(path, test))];
    const inParameters = anyOf(named(["requestParameters", "*"]));
    // What stands in a parameter stands in the record; an index of words tells at once where that may be.
    return anyOf([...named(["resources", "ARN"]), { kind: "and", of: [wordsOrText(test.pattern), inParameters] }]);
  },
  agent: (test) => where(["userAgent"], around("*", test, "*")),
};

function where(path: FieldPath, test: Comparison): Predicate {
  return { kind: "field", path, test: testOf(test) };
}

/** The only caller whose name stands behind a colon is an account's root user; to ask for others there takes far longer. */
function endOfCaller(test: Is): Predicate[] {
  const name = literalOf(test.pattern);
  const [behindSlash, behindColon] = endsWith(callerArn, test);
  return name === undefined || name.toLowerCase() === "root" ? [behindSlash, behindColon] : [behindSlash];
}

/** The last part of an ARN: behind a slash or a colon. */
function endsWith(path: FieldPath, test: Is): [Predicate, Predicate] {
  return [where(path, around("*/", test, "")), where(path, around("*:", test, ""))];
}

function around(before: string, test: Is, after: string): Is {
  return {
    ...test,
    pattern: tidyPattern([...patternOf(before), ...test.pattern, ...patternOf(after)]),
  };
}

function patternOf(text: string): Pattern {
  return text.split(/(\*)/).map((part) => (part === "*" ? part : { text: part }));
}

function isArn(pattern: Pattern): boolean {
  const [first] = pattern;
  return typeof first === "object" && /^arn:/i.test(first.text);
}

/** A session of a role is a caller; what issued it is the role (CloudTrail user guide, "sessionContext"). */
function isSession(pattern: Pattern): boolean {
  const [first] = pattern;
  return typeof first === "object" && /^arn:[a-z-]+:sts::\d+:assumed-role\//i.test(first.text);
}

function anyOf(of: readonly Predicate[]): Predicate {
  const [only] = of;
  return of.length === 1 && only !== undefined ? only : { kind: "or", of };
}
