export const operators = ["Equals", "StartsWith", "EndsWith", "NotEquals", "NotStartsWith", "NotEndsWith"] as const;

export type Operator = (typeof operators)[number];

/** What a field of an advanced selector may be asked. */
export interface FieldRule {
  readonly operators: readonly Operator[];
  readonly isRequired?: true;
  /** The only values there are. */
  readonly values?: readonly string[];
  /** One field with one value in each selector. */
  readonly isSingle?: true;
}

const anything: FieldRule = { operators };
const readOnly: FieldRule = { operators: ["Equals"], values: ["true", "false"], isSingle: true };
const category: FieldRule = { operators: ["Equals"], isRequired: true, isSingle: true };

/**
 * The fields that a trail's advanced selector may have, by its category (API Reference, AdvancedFieldSelector;
 * `userIdentity.arn` of network activity: User Guide, document history of July 2026).
 */
export const trailFieldRules: Readonly<Record<string, Readonly<Record<string, FieldRule>>>> = {
  Management: {
    eventCategory: category,
    readOnly,
    eventSource: { operators: ["NotEquals"], values: ["kms.amazonaws.com", "rdsdata.amazonaws.com"] },
  },
  Data: {
    eventCategory: category,
    "resources.type": { operators: ["Equals"], isRequired: true, isSingle: true },
    readOnly,
    eventName: anything,
    eventSource: anything,
    eventType: anything,
    "resources.ARN": anything,
    sessionCredentialFromConsole: { operators: ["Equals", "NotEquals"], values: ["true"] },
    "userIdentity.arn": anything,
  },
  NetworkActivity: {
    eventCategory: category,
    eventSource: { operators: ["Equals"], isRequired: true, isSingle: true },
    eventName: anything,
    errorCode: { operators: ["Equals"], values: ["VpceAccessDenied"] },
    vpcEndpointId: anything,
    "userIdentity.arn": anything,
  },
};

/** The one selector of an event data store for what applications send (API Reference, AdvancedFieldSelector). */
export const auditStoreFieldRules: typeof trailFieldRules = { ActivityAuditLog: { eventCategory: category } };
