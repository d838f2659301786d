import { AwsError } from "../../../aws/index.ts";
import { type Collection, keyOf } from "../../../base/lasting.ts";
import { type Service } from "../../service.ts";
import { pageOf } from "../pages.ts";
import { compileFilter } from "./filter-pattern.ts";
import { limitOf } from "./group-operations.ts";
import { invalid } from "./invalid-parameter.ts";
import { groupArn, type LogsParts, onGroup, readGroup } from "./log-names.ts";

interface Transformation {
  readonly metricName: string;
  readonly metricNamespace: string;
  readonly metricValue: string;
  readonly defaultValue?: number;
}

interface MetricFilter {
  readonly name: string;
  readonly groupName: string;
  readonly pattern: string;
  readonly transformations: readonly Transformation[];
  readonly at: number;
}

/** CloudWatch Logs quotas: metric filters of a group. */
const filtersMax = 100;

/** Metric filters, which are kept and can be tried; there are no metrics here. Subscriptions lead nowhere yet. */
export function filterOperations(parts: LogsParts) {
  const { store } = parts;
  const filters: Collection<MetricFilter> = store.world.state.collection("logs/metric-filters");
  const tell = ({ name, groupName, pattern, transformations, at }: MetricFilter) => ({
    filterName: name,
    logGroupName: groupName,
    filterPattern: pattern,
    creationTime: at,
    metricTransformations: transformations.map((each) => ({ ...each })),
  });

  return {
    PutMetricFilter: {
      needs: (input, call) => onGroup(parts, "PutMetricFilter", readGroup(input.logGroupName, undefined, call)),
      answer: (input, call) => {
        const group = store.groupOf(readGroup(input.logGroupName, undefined, call));
        const { filterName: name = "", filterPattern: pattern } = input;
        if (!/^[^:*]{1,512}$/u.test(name)) throw invalid("filterName is missing or has : or * in it.");
        if (pattern === undefined) throw invalid("filterPattern is missing.");
        compileFilter(pattern);
        const other = ["applyOnTransformedLogs", "fieldSelectionCriteria", "emitSystemFieldDimensions"].find(
          (each) => (input as unknown as Readonly<Record<string, unknown>>)[each] !== undefined,
        );
        if (other !== undefined) throw invalid(`${other} is not part of this endpoint.`);
        const transformations = (input.metricTransformations ?? []).map(readTransformation);
        if (transformations.length !== 1) throw invalid("metricTransformations has one entry.");
        const key = keyOf(group.arn, name);
        if (!filters.has(key) && [...filters.entries(keyOf(group.arn, ""))].length >= filtersMax)
          throw new AwsError("LimitExceededException", "Resource limit exceeded.");
        filters.put(key, { name, groupName: group.name, pattern, transformations, at: call.at });
        return {};
      },
    },
    DescribeMetricFilters: {
      needs: (input, call) =>
        onGroup(
          parts,
          "DescribeMetricFilters",
          input.logGroupName === undefined
            ? { accountId: call.accountId, region: call.region, name: "" }
            : readGroup(input.logGroupName, undefined, call),
        ),
      answer: (input, call) => {
        const prefix =
          input.logGroupName === undefined
            ? groupArn({ accountId: call.accountId, region: call.region, name: "" })
            : keyOf(store.groupOf(readGroup(input.logGroupName, undefined, call)).arn, input.filterNamePrefix ?? "");
        if (input.filterNamePrefix !== undefined && input.logGroupName === undefined)
          throw invalid("filterNamePrefix needs a logGroupName.");
        const found = [...filters.values(prefix)].filter(({ transformations }) =>
          transformations.some(
            (each) =>
              each.metricName === (input.metricName ?? each.metricName) &&
              each.metricNamespace === (input.metricNamespace ?? each.metricNamespace),
          ),
        );
        const page = pageOf(
          found,
          ({ groupName, name }) => keyOf(groupName, name),
          limitOf(input.limit, 50),
          input.nextToken,
        );
        if (page === undefined) throw invalid("The specified nextToken is invalid.");
        return { metricFilters: page.items.map(tell), ...(page.next === undefined ? {} : { nextToken: page.next }) };
      },
    },
    DeleteMetricFilter: {
      needs: (input, call) => onGroup(parts, "DeleteMetricFilter", readGroup(input.logGroupName, undefined, call)),
      answer: (input, call) => {
        const group = store.groupOf(readGroup(input.logGroupName, undefined, call));
        if (!filters.delete(keyOf(group.arn, input.filterName ?? "")))
          throw new AwsError("ResourceNotFoundException", "The specified metric filter does not exist.");
        return {};
      },
    },
    TestMetricFilter: {
      needs: () => [{ action: "logs:TestMetricFilter", resource: "*" }],
      answer: (input) => {
        const messages = input.logEventMessages ?? [];
        if (messages.length === 0 || messages.length > 50) throw invalid("logEventMessages has 1 to 50 entries.");
        const isMatch = compileFilter(input.filterPattern);
        const numbered = messages.map((eventMessage, index) => ({
          eventNumber: index + 1,
          eventMessage,
          extractedValues: {},
        }));
        return { matches: numbered.filter(({ eventMessage }) => isMatch(eventMessage)) };
      },
    },
    PutSubscriptionFilter: {
      needs: (input, call) => onGroup(parts, "PutSubscriptionFilter", readGroup(input.logGroupName, undefined, call)),
      answer: (input): Record<string, never> => {
        throw invalid(
          `Subscriptions to ${input.destinationArn ?? "nothing"} are not part of this endpoint: there are no streams and functions here.`,
        );
      },
    },
    DescribeSubscriptionFilters: {
      needs: (input, call) =>
        onGroup(parts, "DescribeSubscriptionFilters", readGroup(input.logGroupName, undefined, call)),
      answer: (input, call) => {
        store.groupOf(readGroup(input.logGroupName, undefined, call));
        return { subscriptionFilters: [] };
      },
    },
  } satisfies Service<"logs">["operations"];
}

function readTransformation(given: {
  readonly metricName: string | undefined;
  readonly metricNamespace: string | undefined;
  readonly metricValue: string | undefined;
  readonly defaultValue?: number | undefined;
  readonly dimensions?: unknown;
  readonly unit?: unknown;
}): Transformation {
  const { metricName, metricNamespace, metricValue, defaultValue } = given;
  if (given.dimensions !== undefined || given.unit !== undefined)
    throw invalid("Dimensions and units of metrics are not part of this endpoint.");
  for (const [name, value, max] of [
    ["metricName", metricName, 255],
    ["metricNamespace", metricNamespace, 255],
    ["metricValue", metricValue, 100],
  ] as const) {
    if (value === undefined || value === "" || value.length > max || /[:*]/u.test(name === "metricValue" ? "" : value))
      throw invalid(`${name} is missing or not allowed.`);
  }
  return {
    metricName: metricName ?? "",
    metricNamespace: metricNamespace ?? "",
    metricValue: metricValue ?? "",
    ...(defaultValue === undefined ? {} : { defaultValue }),
  };
}
