import type { QueryField } from "./field.ts";
import { aliasFields } from "./fields-aliases.ts";
import { identityFields } from "./fields-identity.ts";
import { recordFields } from "./fields-record.ts";

/** Every known field; any other dotted path may be used as well. */
export const queryFields: readonly QueryField[] = [...aliasFields, ...recordFields, ...identityFields];
