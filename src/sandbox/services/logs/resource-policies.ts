import { AwsError } from "../../../aws/index.ts";
import { type Collection, keyOf } from "../../../base/lasting.ts";
import { type Service } from "../../service.ts";
import { type World } from "../../world.ts";
import { readPolicyDocument } from "../policy-document.ts";
import { invalid } from "./invalid-parameter.ts";

interface StoredPolicy {
  readonly name: string;
  readonly document: string;
  readonly at: number;
}

/** CloudWatch Logs quotas: policies of an account and region, characters of one. */
const policiesMax = 10;
const documentMax = 5_120;

/** The policies that let services of AWS write to log groups: they hang on account and region, not on one group. */
export class ResourcePolicies {
  readonly #stored: Collection<StoredPolicy>;

  constructor(world: World) {
    this.#stored = world.state.collection("logs/resource-policies");
  }

  /** All of an account and region as one policy. */
  of(accountId: string, region: string): string | undefined {
    const documents = this.list(accountId, region).map(({ document }) => readPolicyDocument(document));
    const statements = documents.flatMap((document) => (typeof document === "string" ? [] : document.Statement));
    // Two policies may use the same Sid.
    const unnamed = statements.map(({ Sid: _sid, ...statement }) => statement);
    return unnamed.length === 0 ? undefined : JSON.stringify({ Version: "2012-10-17", Statement: unnamed });
  }

  list(accountId: string, region: string): readonly StoredPolicy[] {
    return [...this.#stored.values(keyOf(accountId, region, ""))];
  }

  put(accountId: string, region: string, policy: StoredPolicy): void {
    const key = keyOf(accountId, region, policy.name);
    if (!this.#stored.has(key) && this.list(accountId, region).length >= policiesMax)
      throw new AwsError("LimitExceededException", "Resource limit exceeded.");
    this.#stored.put(key, policy);
  }

  delete(accountId: string, region: string, name: string): boolean {
    return this.#stored.delete(keyOf(accountId, region, name));
  }
}

export function policyOperations(policies: ResourcePolicies) {
  const needs = (action: string) => [{ action: `logs:${action}`, resource: "*" }];
  const tell = ({ name, document, at }: StoredPolicy) => ({
    policyName: name,
    policyDocument: document,
    lastUpdatedTime: at,
  });
  return {
    PutResourcePolicy: {
      needs: () => needs("PutResourcePolicy"),
      answer: (input, call) => {
        if (input.resourceArn !== undefined || input.expectedRevisionId !== undefined)
          throw invalid("Policies of one resource are not part of this endpoint.");
        const { policyName: name = "", policyDocument: document = "" } = input;
        if (!/^[^\u0000-\u001F]{1,255}$/u.test(name)) throw invalid("policyName is missing or too long.");
        if (document.length > documentMax) throw invalid(`policyDocument is longer than ${documentMax} characters.`);
        const fault = readPolicyDocument(document);
        if (typeof fault === "string") throw invalid(fault);
        const policy = { name, document, at: call.at };
        policies.put(call.accountId, call.region, policy);
        return { resourcePolicy: tell(policy) };
      },
    },
    DescribeResourcePolicies: {
      needs: () => needs("DescribeResourcePolicies"),
      answer: (input, call) => {
        if (input.resourceArn !== undefined || (input.policyScope !== undefined && input.policyScope !== "ACCOUNT"))
          throw invalid("Policies of one resource are not part of this endpoint.");
        return { resourcePolicies: policies.list(call.accountId, call.region).map(tell) };
      },
    },
    DeleteResourcePolicy: {
      needs: () => needs("DeleteResourcePolicy"),
      answer: (input, call) => {
        if (input.resourceArn !== undefined) throw invalid("Policies of one resource are not part of this endpoint.");
        if (!policies.delete(call.accountId, call.region, input.policyName ?? ""))
          throw new AwsError(
            "ResourceNotFoundException",
            `Policy with name [${input.policyName ?? ""}] does not exist.`,
          );
        return {};
      },
    },
  } satisfies Service<"logs">["operations"];
}
