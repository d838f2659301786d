import { type AdvancedSelector, type BasicSelector, type FieldSelector, type TrailSelectors } from "./selectors.ts";
import { isWholeService } from "./basic-resources.ts";

/** Basic selectors said as advanced ones that keep the same records; advanced ones as they are. */
export function advancedFormOf(selectors: TrailSelectors): readonly AdvancedSelector[] {
  return selectors.kind === "advanced" ? selectors.selectors : selectors.selectors.flatMap(advancedFormOfOne);
}

function advancedFormOfOne(selector: BasicSelector): readonly AdvancedSelector[] {
  const readOnly: readonly FieldSelector[] =
    selector.readWriteType === "All"
      ? []
      : [{ field: "readOnly", Equals: [String(selector.readWriteType === "ReadOnly")] }];
  const management: AdvancedSelector = {
    fields: [
      { field: "eventCategory", Equals: ["Management"] },
      ...readOnly,
      ...(selector.excludedManagementSources.length === 0
        ? []
        : [{ field: "eventSource", NotEquals: selector.excludedManagementSources }]),
    ],
  };
  const data = selector.dataResources
    .filter(({ values }) => values.length > 0)
    .map(({ type, values }): AdvancedSelector => ({
      fields: [
        { field: "eventCategory", Equals: ["Data"] },
        { field: "resources.type", Equals: [type] },
        ...readOnly,
        ...arnFields(type, values),
      ],
    }));
  return selector.includesManagementEvents ? [management, ...data] : data;
}

/** S3's values are beginnings, Lambda's and DynamoDB's are whole ARNs (API Reference, DataResource). */
function arnFields(type: string, values: readonly string[]): readonly FieldSelector[] {
  if (values.some((value) => isWholeService(type, value))) return [];
  return [{ field: "resources.ARN", ...(type === "AWS::S3::Object" ? { StartsWith: values } : { Equals: values }) }];
}
